// Finds the real redis-server 8.0, starts it on a free port in a folder of its own, and ends it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { Connection } from './connection.ts'

export interface RealServer {
  readonly port: number
  /** As it says itself: "8.0.2". */
  readonly version: string
  /** Its redis-cli, or null where none was found beside it or on the PATH. */
  readonly cli: string | null
  stop(): Promise<void>
}

const wanted = '8.0.'

/** Where a redis-server 8.0 is, or null. REDIS_SERVER goes first, then the PATH, then what .ci/run has unpacked. */
export function findServer(): { readonly path: string; readonly version: string } | null {
  const named = process.env['REDIS_SERVER']
  const places = named ? [named] : [...onPath('redis-server'), resolve('.cache/oracle/bin/redis-server')]
  for (const path of places) {
    const version = isProgram(path) ? versionOf(path) : null
    if (version?.startsWith(wanted)) return { path, version }
    if (named)
      throw new Error(`REDIS_SERVER (${path}) is ${version ?? 'no program'}; redis-server ${wanted}x is wanted`)
  }
  return null
}

const onPath = (program: string) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program))

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const versionOf = (path: string) =>
  /v(?:=| |er=)?(\d+\.\d+\.\d+)|redis-cli (\d+\.\d+\.\d+)/
    .exec(execFileSync(path, ['--version'], { encoding: 'utf8' }))
    ?.slice(1)
    .find((found) => found !== undefined) ?? null

/** Starts the server; resolves when it answers. */
export async function startServer({ path, version }: { path: string; version: string }): Promise<RealServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'))
  const options = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
  const child = spawn(path, [...options.map(String), '--enable-debug-command', 'yes'], { stdio: 'ignore' })
  const exit = () => child.kill('SIGKILL')
  process.once('exit', exit)
  await answers(port, child)
  const cli = [join(dirname(path), 'redis-cli'), ...onPath('redis-cli')].find(
    (candidate) => isProgram(candidate) && versionOf(candidate)?.startsWith(wanted),
  )
  const stop = async () => {
    process.off('exit', exit)
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { port, version, cli: cli ?? null, stop }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 15_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`redis-server ended at once with code ${child.exitCode}`)
    try {
      const connection = await Connection.open(port)
      await connection.ask('PING')
      connection.close()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((done) => setTimeout(done, 20))
    }
  }
}
