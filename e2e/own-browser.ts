// A browser of its own, with a profile of its own, that a test may kill, start again, and give a disk that gets full.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { systemChromium } from '../src/tools/chromium.mjs'
import { launchOptions } from './chromium.ts'
import { Playground } from './playground.ts'

export class OwnBrowser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'rediscover-'))
  readonly #url: string
  /** The size of its disk, as mount has it; null: the machine's own. */
  readonly #disk: string | null
  #process: ChildProcess | null = null
  #browser: Browser | null = null

  constructor(url: string, disk: string | null = null) {
    this.#url = url
    this.#disk = disk
  }

  /** Starts it, and opens the page as a tab that knows no session. */
  async start(): Promise<Playground> {
    // The whole browser, as a person has it: the one without windows keeps its files in a way of its own.
    const program = systemChromium() ?? chromium.executablePath()
    const args = [
      ...launchOptions.args,
      '--headless=new',
      '--disable-gpu',
      '--disable-extensions',
      '--mute-audio',
      '--no-default-browser-check',
      '--no-sandbox',
      '--lang=en-US',
      '--remote-debugging-port=0',
      `--user-data-dir=${this.#profile}`,
      'about:blank',
    ]
    const [command, ...rest] = this.#disk ? this.#onDisk(this.#disk, program, args) : [program, ...args]
    this.#process = spawn(command!, rest, { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    this.#browser = await chromium.connectOverCDP(await address(this.#process))
    const page = await this.#browser.contexts()[0]!.newPage()
    return this.open(page)
  }

  async open(page: Page): Promise<Playground> {
    const playground = new Playground(page)
    // As wide as the others': both clients are in view.
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${this.#url}?lang=en`)
    await playground.ready()
    return playground
  }

  /** A small file system over the profile, which only this process sees and which goes with it. */
  #onDisk(size: string, program: string, args: readonly string[]): string[] {
    const rights = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
    const script = `mount -t tmpfs -o size=${size} tmpfs "$0" && exec "$@"`
    return ['unshare', ...rights, '--mount', 'sh', '-c', script, this.#profile, program, ...args]
  }

  /** As if the power of the machine's process had gone: nobody is asked, nothing is said. */
  async kill(): Promise<void> {
    const child = this.#process
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    // Its whole group, which is its own.
    process.kill(-child.pid, 'SIGKILL')
    await gone
    await this.#browser?.close().catch(() => undefined)
  }

  async end(): Promise<void> {
    await this.kill()
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Where it listens, as it says itself. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = ''
    child.stderr!.on('data', (data: Buffer) => {
      said += data.toString()
      const at = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (at) found(at)
    })
    child.once('exit', () => failed(new Error(`the browser did not start: ${said}`)))
  })
}
