// What only the start of a server needs to know of parameters: how those are read that no CONFIG SET takes, and which
// of all do something here.
import { parameters } from './config-parameters.ts'
import { INT32, integer, oneOf, Refusal, text, yesNo, type Parameter } from './config-values.ts'

const refuse = (why: string): never => {
  throw new Refusal(why)
}

/** A file's name without a folder. */
const named = (name: string, what: string, empty: boolean): Parameter => ({
  ...text(''),
  read(word) {
    if (word === '' && !empty) return refuse(`${name} can't be empty`)
    return word.includes('/') ? refuse(`${name} can't be a path, just a ${what}`) : word
  },
})

/** Octal rights of a file. */
const rights: Parameter = {
  ...text(''),
  read(word) {
    if (!/^[0-7]{0,20}$/.test(word)) return refuse("argument couldn't be parsed as an octal number")
    const number = Number.parseInt(word || '0', 8)
    return number > 0o777 ? refuse('argument must be between 0 and 777 inclusive') : number.toString(8)
  },
}

/** A server of which this is a replica: its host and port. */
const leader: Parameter = {
  ...text(''),
  read(word) {
    const parts = word.split(' ')
    if (parts.length !== 2) return refuse('wrong number of arguments')
    if (parts.join().toLowerCase() === 'no,one') return ''
    return /^[0-9]+$/.test(parts[1]!) && Number(parts[1]) <= 65535 ? word : refuse('Invalid master port')
  },
}

/** Addresses to listen on. */
const addresses: Parameter = {
  ...text(''),
  read: (word) => (word.split(' ').length > 16 ? refuse('Too many bind addresses specified.') : word),
}

/** A folder, from the one that is current; './' is where the server runs. Every folder is there. */
const folder: Parameter = {
  ...text(''),
  read(word, current) {
    if (word === '') return refuse('No such file or directory')
    const whole = word.startsWith('/') ? word : `${current}/${word}`
    const parts: string[] = []
    for (const part of whole.split('/'))
      if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
      else if (part === '..' && whole.startsWith('/')) continue
      else if (part !== '' && part !== '.') parts.push(part)
    const path = parts.join('/')
    return whole.startsWith('/') ? `/${path}` : path || './'
  },
}

const allowed = oneOf('no', 'no', 'yes', 'local')
const facilities = ['user', ...Array.from({ length: 8 }, (_, i) => `local${i}`)]

/** How the start of the server reads what CONFIG SET does not take, or takes otherwise. */
const atStart: Readonly<Record<string, Parameter>> = {
  'always-show-logo': yesNo(''),
  appenddirname: named('appenddirname', 'dirname', false),
  appendfilename: named('appendfilename', 'filename', false),
  bind: addresses,
  'cluster-enabled': yesNo(''),
  'cluster-port': integer('', 0, 65535),
  daemonize: yesNo(''),
  databases: integer('', 1, INT32),
  dbfilename: named('dbfilename', 'filename', true),
  dir: folder,
  'disable-thp': yesNo(''),
  'enable-debug-command': allowed,
  'enable-module-command': allowed,
  'enable-protected-configs': allowed,
  'io-threads': integer('', 1, 128),
  rdbchecksum: yesNo(''),
  replicaof: leader,
  'set-proc-title': yesNo(''),
  'socket-mark-id': integer('', 0, 4294967295),
  supervised: oneOf('', 'upstart', 'systemd', 'auto', 'no'),
  'syslog-enabled': yesNo(''),
  'syslog-facility': oneOf('', ...facilities),
  'tcp-backlog': integer('', 0, INT32),
  unixsocketperm: rights,
}

/** How the start of the server reads a parameter. */
export const readAtStart = (name: string): Parameter => atStart[name] ?? parameters[name]!

/** Parameters of several words. */
export const several: ReadonlySet<string> = new Set([
  'bind',
  'client-output-buffer-limit',
  'latency-tracking-info-percentiles',
  'oom-score-adj-values',
  'replicaof',
  'save',
  'shutdown-on-sigint',
  'shutdown-on-sigterm',
])

/** Parameters that change what this server does. All others are kept and shown, without effect. */
export const effective: ReadonlySet<string> = new Set(
  [
    'save',
    'stop-writes-on-bgsave-error',
    'dbfilename',
    'dir',
    'rdbcompression',
    'rdbchecksum',
    'maxmemory',
    'maxmemory-policy',
    'maxmemory-samples',
    'lfu-log-factor',
    'lfu-decay-time',
    'notify-keyspace-events',
    'requirepass',
    'slowlog-log-slower-than',
    'slowlog-max-len',
    ...Object.keys(parameters).filter((name) => parameters[name]!.limit !== undefined),
  ].flatMap((name) => [name, ...Object.keys(parameters).filter((other) => parameters[other]!.alias === name)]),
)
