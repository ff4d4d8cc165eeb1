// Configuration files, given to the real server and to our engine: both start or both refuse, at the same line and in the same
// words, and after a start CONFIG GET says the same of everything. A server listens on a socket of its own folder, so that
// none is in another's way.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Engine } from '../engine/engine.ts'
import { configFault } from '../engine/config-file.ts'
import { differences, parameters } from '../engine/config-parameters.ts'
import { latin, text, utf8, type Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import { show } from '../wire/show.ts'
import { Chance } from './chance.ts'
import { bad, good } from './config-cases.ts'
import { Connection } from './connection.ts'
import type { Report } from './report.ts'

/** What the command line says, so that the server runs where it stands. */
const given = (folder: string) => ({ port: '0', unixsocket: join(folder, 'here.sock'), daemonize: 'no' })
/** Servers at a time. */
const LANES = 2
const PATIENCE = 15_000

/** What became of a start: what CONFIG GET * says, or what was printed last. */
type Started = { readonly settings: ReadonlyMap<string, string> } | { readonly words: readonly string[] }

/** One line for each parameter, of a form that chance takes; what is right of it is right by chance. */
const formsOf = (name: string): readonly string[] =>
  ['', ' ""', ' zz', ' 7', ' yes no', ' -1', ' 99999999999999999999', ' a/b', ' 1k', ' NO', ' 10%'].map(
    (value) => name + value,
  )
/** What is of the command line, or would need a file, a port or another server; one says nothing of a start, one takes 2^64. */
const left: ReadonlySet<string> = new Set(
  'port unixsocket daemonize tls-port cluster-enabled cluster-port aclfile logfile dir replicaof slaveof databases loglevel maxmemory-clients'.split(
    ' ',
  ),
)
/** Parameters of which a run tries a line each. */
const TRIED = 40

/** `path`: of the real server. */
export async function checkConfigFiles(path: string, seed: number, report: Report): Promise<void> {
  const chance = new Chance(seed)
  const names = Object.keys(parameters).filter((name) => !left.has(name))
  const tried = Array.from({ length: TRIED }, () => `${chance.one(formsOf(chance.one(names)))}\n`)
  const files = [...good, ...bad, ...tried].toReversed()
  const lane = async () => {
    for (let file = files.pop(); file !== undefined; file = files.pop()) {
      const one = file
      await report.check(`redis.conf: ${JSON.stringify(one)}`, () => compare(path, one))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

async function compare(path: string, file: string): Promise<void> {
  const theirs = await real(path, file)
  const mine = ours(file)
  if ('words' in theirs || 'words' in mine) {
    const said = 'words' in mine ? mine.words : ['(it starts)']
    const heard = 'words' in theirs ? theirs.words.slice(-said.length) : ['(it starts)']
    if (said.join('\n') !== heard.join('\n'))
      throw new Error(`redis-server: ${heard.join(' / ')}; ours: ${said.join(' / ')}`)
    return
  }
  for (const [name, value] of theirs.settings) {
    const has = mine.settings.get(name)
    if (has !== value && !differs(name, file)) throw new Error(`${name}: redis-server ${value}, ours ${has}`)
  }
}

/** It is as the command line has it, or is as at first, which is another value here. */
const differs = (name: string, file: string) =>
  Object.hasOwn(given(''), name) ||
  (Object.hasOwn(differences, name) && !new RegExp(`^\\s*"?${name}["\\s]`, 'im').test(file))

function ours(file: string): Started {
  const engine = new Engine({ seed: 1, at: 0 })
  engine.apply({ do: 'put', at: 0, path: latin('redis.conf'), bytes: utf8(file) })
  const fault = configFault(engine.disk)
  engine.apply({ do: 'connect', at: 0, client: 1, name: 'A', db: 0 })
  engine.apply({ do: 'restart', at: 0 })
  if (engine.clients.length > 0 !== (fault !== null)) throw new Error('a restart does not do what it says')
  if (fault) return { words: fault.words.map(text) }
  engine.apply({ do: 'connect', at: 0, client: 2, name: 'A', db: 0 })
  const ask = (...argv: string[]) =>
    engine.apply({ do: 'send', at: 0, client: 2, argv: argv.map(latin) }).find(({ on }) => on === 'reply')
  const password = /^requirepass (\S+)$/m.exec(file)?.[1]
  if (password) ask('AUTH', password)
  const answer = ask('CONFIG', 'GET', '*')
  return { settings: settingsOf(answer?.on === 'reply' ? answer.reply : null) }
}

function settingsOf(reply: Reply): ReadonlyMap<string, string> {
  if (!Array.isArray(reply)) throw new Error(`CONFIG GET * answered ${show(reply)}`)
  const words = (reply as readonly Bytes[]).map(text)
  return new Map(words.flatMap((word, i) => (i % 2 === 0 ? [[word, words[i + 1]!] as const] : [])))
}

async function real(path: string, file: string): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-conf-'))
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'redis.conf'), file)
  const options = Object.entries(given(folder)).flatMap(([name, value]) => [`--${name}`, value])
  const child = spawn(path, ['redis.conf', ...options], { cwd: folder })
  try {
    return await outcome(child, folder, file)
  } finally {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function outcome(child: ChildProcess, folder: string, file: string): Promise<Started> {
  let printed = ''
  const ready = await new Promise<boolean>((done, failed) => {
    const late = setTimeout(() => failed(new Error(`nothing came of it: ${printed}`)), PATIENCE)
    const end = (well: boolean) => {
      clearTimeout(late)
      done(well)
    }
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString()
        if (printed.includes('Ready to accept connections')) end(true)
      })
    child.once('close', () => end(false))
  })
  if (!ready)
    return { words: printed.split('\n').flatMap((line) => line.replace(/^\d+:[A-Z] .{20,24} [-.*#] /, '') || []) }
  const connection = await Connection.open(given(folder).unixsocket)
  const password = /^requirepass (\S+)$/m.exec(file)?.[1]
  if (password) await connection.ask('AUTH', password)
  const settings = new Map(settingsOf(await connection.ask('CONFIG', 'GET', '*')))
  connection.close()
  settings.set('dir', relative(folder, settings.get('dir')!) || './')
  return { settings }
}
