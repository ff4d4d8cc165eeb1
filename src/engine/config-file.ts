// The configuration file, as the server reads it when it starts. Each line is a directive with its words, by the rules of
// quoting that redis-cli has; the first line that is wrong ends the start, with the server's own words. We read on, so that
// somebody who writes the file sees all that is wrong at once. The file lies on the simulated disk, as if the server were
// started by `redis-server redis.conf` there.
import type { ConfigFault, ConfigLine } from '../session/protocol.ts'
import { fromArray, latin, type Bytes } from '../wire/bytes.ts'
import { words } from '../wire/line.ts'
import { Config } from './config.ts'
import { parameters } from './config-parameters.ts'
import { effective, readAtStart, several } from './config-start.ts'
import { Refusal } from './config-values.ts'
import type { Disk } from './disk.ts'
import { VERSION } from './server.ts'

/** Where it lies. */
export const CONFIG_FILE = 'redis.conf'

/** What a line says that the server refuses. `when`: at once, or only when all lines were read. */
interface Bad {
  readonly is: 'bad'
  readonly why: Bytes
  readonly when: 'line' | 'include' | 'module' | 'unknown' | 'locale'
  /** Of what is unknown: how the server names it in the end. */
  readonly name?: string
}
type Line = Exclude<ConfigLine, { is: 'bad' }> | Bad

/** The directive of a line, its other words, and what the lines before it have set. */
interface Given {
  readonly config: Config
  readonly name: string
  readonly args: readonly Bytes[]
  readonly seen: ReadonlySet<string>
}

const bad = (why: string, when: Bad['when'] = 'line'): Bad => ({ is: 'bad', why: latin(why), when })
const UNKNOWN = 'Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting'
const misplaced = bad('Bad directive or wrong number of arguments')

/** Directives that are no parameters. What the server takes and we have no use for is `unused`. */
const directives: Readonly<Record<string, (args: readonly Bytes[]) => Line | null>> = {
  include([path, more]) {
    if (path === undefined || more !== undefined) return null
    // Where a pattern matches nothing there is nothing to include.
    if (/[*?[]/.test(path)) return { is: 'unused', name: 'include' }
    return bad(`Fatal error, can't open config file '${path}': No such file or directory`, 'include')
  },
  loadmodule: ([path]) =>
    path === undefined ? null : bad(`Can't load module from ${path}: server aborting`, 'module'),
  'rename-command': (args) => (args.length === 2 ? { is: 'unused', name: 'rename-command' } : null),
  user: (args) => (args.length > 0 ? { is: 'unused', name: 'user' } : null),
  sentinel: (args) =>
    args.length === 0 ? { is: 'unused', name: 'sentinel' } : bad('sentinel directive while not in sentinel mode'),
  ...Object.fromEntries(
    ['list-max-ziplist-entries', 'list-max-ziplist-value', 'lua-replicate-commands'].map((name) => [
      name,
      (args: readonly Bytes[]): Line | null => (args.length === 1 ? { is: 'unused', name } : null),
    ]),
  ),
}

/** A directive that nothing knows: of a module perhaps, which is found out only when all modules are there. */
const unknown = (name: string, args: readonly Bytes[]): Bad =>
  args.length === 0 ? misplaced : { ...bad(UNKNOWN, 'unknown'), name: [name, ...args].join(' ') }

/** A parameter's words as one value, as its reader takes it; null: too many or too few. */
function valueOf(name: string, args: readonly Bytes[]): string | null {
  if (!several.has(name)) return args.length === 1 ? args[0]! : null
  if (args.length !== 1) return args.map((word) => word.replaceAll(' ', '\xa0')).join(' ')
  return (words(args[0]!) ?? []).map(({ bytes }) => bytes).join(' ')
}

/** Lines of save points add up; the first of the file has none before it, and one that is empty takes all back. */
function addPoints(before: string, read: string): string {
  return read === '' || before === '' ? read : `${before} ${read}`
}

function setParameter({ config, name, args, seen }: Given): Line {
  const own = parameters[name]!.alias ?? name
  const value = valueOf(own, args)
  if (value === null) return bad('wrong number of arguments')
  const current = config.get(own)!
  try {
    const read = readAtStart(own).read(value, current)
    const kept = own === 'save' && seen.has('save') ? addPoints(current, read) : read
    config.restoreValue(own, kept)
    if (own === 'maxmemory') config.limited = true
    const shown = latin(config.get(own)!)
    return {
      is: 'set',
      name: own,
      value: shown,
      effective: effective.has(own),
      live: parameters[own]!.never === undefined,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (own === 'locale-collate') return bad('Failed to configure LOCALE for invalid locale name.', 'locale')
    return bad(error.message)
  }
}

function readLine(given: Given): Line {
  const { name, args } = given
  if (Object.hasOwn(parameters, name)) return setParameter(given)
  const read = Object.hasOwn(directives, name) ? directives[name]!(args) : null
  return read ?? unknown(name, args)
}

/** What the server makes of the bytes of a file: it reads strings of C, so that a zero byte hides the rest of its line. */
const linesOf = (file: Bytes): Bytes[] =>
  file
    .replaceAll(/\0[^\n]*\n?/g, '')
    .split('\n')
    .map((line) => latin(line.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')))

/** Reads a file into `config`, to the end, whatever is wrong. */
function read(lines: readonly Bytes[], config: Config): Line[] {
  const seen = new Set<string>()
  return lines.map((line) => {
    if (line === '' || line.startsWith('#')) return { is: 'none' }
    const found = words(line)
    if (found === null) return bad('Unbalanced quotes in configuration line')
    const [first, ...args] = found.map(({ bytes }) => bytes)
    if (first === undefined) return { is: 'none' }
    const name = first.toLowerCase()
    const got = readLine({ config, name, args, seen })
    if (got.is === 'set') seen.add(got.name)
    return got
  })
}

/** Why a server does not start with a file that was read so; null: it does. */
function faultIn(lines: readonly Bytes[], found: readonly Line[]): ConfigFault | null {
  const all = found.flatMap((one, i) => (one.is === 'bad' ? [{ ...one, line: i + 1, text: lines[i]! }] : []))
  const at = (...when: readonly Bad['when'][]) => all.find((one) => when.includes(one.when))
  const first = at('line', 'include') ?? at('locale') ?? at('module')
  if (first?.when === 'line')
    return {
      lines: [first.line],
      words: [
        latin(`*** FATAL CONFIG FILE ERROR (Redis ${VERSION}) ***`),
        latin(`Reading the configuration file, at line ${first.line}`),
        latin(`>>> '${first.text}'`),
        first.why,
      ],
    }
  if (first) return { lines: [first.line], words: [first.why] }
  const unknowns = all.filter(({ when }) => when === 'unknown')
  if (unknowns.length === 0) return null
  const named = unknowns.map(({ name }) => latin(`>>> '${name}'`))
  return {
    lines: unknowns.map(({ line }) => line),
    words: [latin('Unresolved Configuration(s) Detected:'), ...named, unknowns[0]!.why],
  }
}

/** What each line of a configuration file is to this server. */
export function readConfigLines(file: Bytes): readonly ConfigLine[] {
  return read(linesOf(file), new Config()).map((line) => (line.is === 'bad' ? { is: 'bad', why: line.why } : line))
}

/** What the file says; null: there is none. */
export const textOf = (disk: Pick<Disk, 'files'>): Bytes | null => {
  const file = disk.files.get(CONFIG_FILE)
  return file ? fromArray(file.bytes) : null
}

/** Why a server would not start from this disk; null: it would. */
export function configFault(disk: Pick<Disk, 'files'>): ConfigFault | null {
  const text = textOf(disk)
  if (text === null) return null
  const lines = linesOf(text)
  return faultIn(lines, read(lines, new Config()))
}

/**
 * Sets what the disk's configuration file says; nothing, where a server would not start with it. Null: there is no such file.
 */
export function configure(
  config: Config,
  disk: Disk,
): { readonly path: string; readonly fault: ConfigFault | null } | null {
  const text = textOf(disk)
  if (text === null) return null
  const fault = configFault(disk)
  if (fault === null) {
    read(linesOf(text), config)
    config.file = CONFIG_FILE
  }
  return { path: CONFIG_FILE, fault }
}
