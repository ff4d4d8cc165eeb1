// Where a Chromium is, and how one comes where there is none.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { spawnSync } from 'node:child_process'
import { run, runTool } from './ground.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The same browser without windows: nothing is drawn for nobody, so that a journey takes half the time. */
const shell = 'chromium-headless-shell'

/** A Chromium of this machine: CHROMIUM_PATH, or one on the PATH; undefined where only Playwright's own can serve. */
export function systemChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  return [...names.flatMap(onPath), ...elsewhere].find(isProgram)
}

/** What journeys are made in: the shell where there is one (Playwright's own Chromium is one, too), else the whole browser. */
export const journeyChromium = () =>
  (process.env.CHROMIUM_PATH ? undefined : onPath(shell).find(isProgram)) ?? systemChromium()

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Sees to a Chromium and, where we may, to a font for Korean. False where there is no browser in the end. */
export async function installChromium() {
  const debian = process.getuid?.() === 0 && existsSync('/etc/debian_version') && isDebian()
  const packages = []
  if (!systemChromium() && !(await hasOwn())) packages.push('chromium', shell)
  if (debian && !hasKorean()) packages.push('fonts-noto-cjk')
  if (debian && packages.length > 0) installDebian(packages)
  if (systemChromium() || (await hasOwn())) return true
  console.log('Downloading a Chromium for the tests (playwright install chromium) …')
  return runTool('playwright/cli.js', ['install', 'chromium'])
}

const isDebian = () => /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))

const hasKorean = () => spawnSync('fc-list', [':lang=ko'], { encoding: 'utf8' }).stdout?.trim().length > 0

function installDebian(packages) {
  console.log(`Installing ${packages.join(' and ')} (apt-get) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const stdio = ['ignore', 'ignore', 'inherit']
  run('apt-get', ['-qq', 'update'], { env, stdio })
  return run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], { env, stdio })
}

/** True where Playwright has downloaded its own Chromium before. */
async function hasOwn() {
  const { chromium } = await import('playwright')
  return existsSync(chromium.executablePath())
}
