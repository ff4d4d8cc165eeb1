// Configuration files, given to the real server and to our engine: both start or both refuse, at the same line and in the same
// words, and after a start CONFIG GET says the same of everything. A server listens on a socket of its own folder, so that
// none is in another's way.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Engine } from '../engine/engine.ts'
import { configFault } from '../engine/config-file.ts'
import { differences, parameters } from '../engine/config-parameters.ts'
import { fromArray, latin, text, utf8, type Bytes } from '../wire/bytes.ts'
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

/** What became of a start: what CONFIG GET * says, and the file as CONFIG REWRITE leaves it; or what was printed last. */
type Started =
  | { readonly settings: ReadonlyMap<string, string>; readonly rewritten: readonly string[] }
  | { readonly words: readonly string[] }

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

/** What clients set before CONFIG REWRITE. */
const changes = [
  ['save', '60 1 300 10', 'appendfsync', 'always', 'maxmemory', '300mb', 'maxmemory-policy', 'allkeys-lfu', 'hz', '20'],
  [
    'save',
    '',
    'notify-keyspace-events',
    'KEA',
    'masterauth',
    'x"y\\',
    'client-output-buffer-limit',
    'pubsub 1024 3000 2',
  ],
  [
    'oom-score-adj-values',
    '1 2 3',
    'shutdown-on-sigterm',
    'save now',
    'latency-tracking-info-percentiles',
    '50 99.5',
    'save',
    '5 5',
  ],
  ['timeout', '0', 'maxmemory-clients', '5%', 'stream-node-max-bytes', '8192', 'slowlog-max-len', '5', 'save', '9 9'],
]

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
  if (!isPlain(file)) return
  const [there, here] = [theirs.rewritten.join('\n'), mine.rewritten.join('\n')]
  if (there !== here) throw new Error(`CONFIG REWRITE: redis-server writes\n${there}\nours\n${here}`)
}

/** CONFIG REWRITE breaks lines that are very long, and loses some that have a zero byte. */
const isPlain = (file: string) => !/\0|.{1000}/.test(file)

/** Sets something and has the file rewritten. `file` is what the server was started with. */
function* asked(file: string): Generator<string[], void, Reply> {
  yield ['CONFIG', 'SET', ...changes[file.length % changes.length]!]
  const answer = yield ['CONFIG', 'REWRITE']
  if (show(answer) !== 'OK') throw new Error(`CONFIG REWRITE answered ${show(answer)}`)
}

/** A rewritten file; what was added stands in no order. Lines that tell of the folder, the command line or users are left out. */
function linesOf(file: string): readonly string[] {
  const mine = new Set(['dir', 'user', ...Object.keys(given(''))])
  const lines = file.split('\n').filter((line) => !mine.has(line.split(' ', 1)[0]!))
  const end = lines.indexOf('# Generated by CONFIG REWRITE')
  return end < 0 ? lines : [...lines.slice(0, end), ...lines.slice(end).toSorted()]
}

/** The password that a file gives, in lines that have one word. */
const passwordOf = (file: string) => /^requirepass (\S+)$/m.exec(file)?.[1]

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
  const ask = (argv: readonly string[]): Reply => {
    const answer = engine
      .apply({ do: 'send', at: 0, client: 2, argv: argv.map(latin) })
      .find(({ on }) => on === 'reply')
    return answer?.on === 'reply' ? answer.reply : null
  }
  const password = passwordOf(file)
  if (password) ask(['AUTH', password])
  const settings = settingsOf(ask(['CONFIG', 'GET', '*']))
  const asks = asked(file)
  for (let next = asks.next(); !next.done;) next = asks.next(ask(next.value))
  return { settings, rewritten: linesOf(text(fromArray(engine.disk.files.get('redis.conf')!.bytes))) }
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
  const exit = () => child.kill('SIGKILL')
  process.once('exit', exit)
  try {
    return await outcome(child, folder, file)
  } finally {
    process.off('exit', exit)
    exit()
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
  const password = passwordOf(file)
  if (password) await connection.ask('AUTH', password)
  const settings = new Map(settingsOf(await connection.ask('CONFIG', 'GET', '*')))
  settings.set('dir', relative(folder, settings.get('dir')!) || './')
  const asks = asked(file)
  for (let next = asks.next(); !next.done;) next = asks.next(await connection.ask(...next.value))
  connection.close()
  return { settings, rewritten: linesOf(readFileSync(join(folder, 'redis.conf'), 'utf8')) }
}
