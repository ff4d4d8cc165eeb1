// What start.mjs and test.mjs stand on: the project's folder, the packages, the built site. Node's own parts only, since
// all of this runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Runs a program in the project's folder, with our own output; true where it ended well. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options })
  if (error) console.error(`${program}: ${error.message}`)
  return status === 0
}

/** Runs a package's program by Node, without a shell: paths may hold spaces. */
export function runTool(script, args, options = {}) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options)
}

/** Installs the packages of the lock file, where they are not all there. */
export function installPackages() {
  if (hasPackages()) return true
  console.log('Installing packages …')
  // Not `npm ci`: it refuses a lock file in which another platform's optional parts are absent. This installs what the lock
  // file says and leaves it as it is.
  const args = ['install', '--no-save', '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  if (npm?.endsWith('.js')) return run(process.execPath, [npm, ...args])
  return run('npm', args, { shell: process.platform === 'win32' })
}

/** Compares the lock file with the copy of it that npm leaves beside the packages. */
function hasPackages() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
  const there = read(installed)
  return Object.entries(read(join(root, 'package-lock.json'))).every(([path, { version, optional }]) => {
    const found = there[path]
    return path === '' || (found ? found.version === version : optional === true)
  })
}

const sources = ['src', 'public', 'lessons', 'package-lock.json', 'vite.config.ts']

/** Builds the site, where dist/ is missing or not what the sources say. */
export function buildSite() {
  const stamp = join(root, '.cache', 'built')
  const now = fingerprint()
  if (existsSync(join(root, 'dist', 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now)
    return true
  console.log('Building the site …')
  if (!runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'])) return false
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
  return true
}

/** A digest of the names, sizes and times of everything that the site is built from. */
function fingerprint() {
  const digest = createHash('sha256')
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path))
    digest.update(`${path}\0${size}\0${mtimeMs}\n`)
  }
  for (const source of sources.filter((path) => existsSync(join(root, path)))) {
    if (!statSync(join(root, source)).isDirectory()) add(source)
    else for (const entry of filesIn(source)) add(entry)
  }
  return digest.digest('hex')
}

const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort()
