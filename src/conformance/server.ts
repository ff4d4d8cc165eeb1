// Finds the real redis-server 8.0, starts it on a free port in a folder of its own, and ends it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
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
  /** Ends the process by a signal (null: it ends by itself) and starts it again, with the same port and files. */
  again(signal: 'SIGKILL' | 'SIGTERM' | null): Promise<void>
  /** No snapshot can be written from now on, as on a disk that is full; or again. */
  fill(full: boolean): void
  /** Removes the snapshot. */
  forget(): void
  /** What redis-check-rdb says of a file; throws where it does not hold. */
  approve(file: string): void
}

/** What a server is wanted for: its version, the variable that names it, and where .ci/run unpacks it. */
interface Wanted {
  readonly version: string
  readonly variable: string
  readonly folder: string
}
const today: Wanted = { version: '8.0.', variable: 'REDIS_SERVER', folder: '.cache/oracle' }
/** A server that reads and writes version 10 of RDB files. */
export const older: Wanted = { version: '7.0.', variable: 'REDIS_SERVER_7', folder: '.cache/oracle-7' }

/** Where such a redis-server is, or null. The variable goes first, then the PATH, then what was unpacked. */
export function findServer({ version: wanted, variable, folder } = today): {
  readonly path: string
  readonly version: string
} | null {
  const named = process.env[variable]
  const places = named ? [named] : [...onPath('redis-server'), resolve(`${folder}/bin/redis-server`)]
  for (const path of places) {
    const version = isProgram(path) ? versionOf(path) : null
    if (version?.startsWith(wanted)) return { path, version }
    if (named) throw new Error(`${variable} (${path}) is ${version ?? 'no program'}; redis-server ${wanted}x is wanted`)
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
  const start = () => spawn(path, [...options.map(String), '--enable-debug-command', 'yes'], { stdio: 'ignore' })
  let child = start()
  const exit = () => child.kill('SIGKILL')
  process.once('exit', exit)
  await answers(port, child)
  const cli = [join(dirname(path), 'redis-cli'), ...onPath('redis-cli')].find(
    (candidate) => isProgram(candidate) && versionOf(candidate)?.startsWith(today.version),
  )
  const end = async (signal: 'SIGKILL' | 'SIGTERM' | null) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    if (signal) child.kill(signal)
    await ended
  }
  const file = new Snapshot(folder)
  return {
    port,
    version,
    cli: cli ?? null,
    async stop() {
      process.off('exit', exit)
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
    async again(signal) {
      await end(signal)
      const { full } = file
      file.fill(false)
      child = start()
      await answers(port, child)
      file.fill(full)
    },
    fill: (full) => file.fill(full),
    forget: () => file.forget(),
    approve: (snapshot) => void execFileSync(join(dirname(path), 'redis-check-rdb'), [snapshot], { stdio: 'pipe' }),
  }
}

/** The server's dump.rdb. A folder in its place lets every save fail; meanwhile the file lies beside it. */
class Snapshot {
  full = false
  readonly #path: string
  readonly #aside: string

  constructor(folder: string) {
    this.#path = join(folder, 'dump.rdb')
    this.#aside = join(folder, 'aside.rdb')
  }

  fill(full: boolean): void {
    if (full === this.full) return
    this.full = full
    if (full) {
      if (existsSync(this.#path)) renameSync(this.#path, this.#aside)
      mkdirSync(join(this.#path, 'in-the-way'), { recursive: true })
    } else {
      rmSync(this.#path, { recursive: true, force: true })
      if (existsSync(this.#aside)) renameSync(this.#aside, this.#path)
    }
  }

  forget(): void {
    this.fill(false)
    rmSync(this.#path, { force: true })
  }
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
