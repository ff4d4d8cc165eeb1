// All commands by name. Nothing else knows which commands there are. The families of commands/index.ts are here from the
// start; the late ones join when whole.ts is loaded, and only then the catalog may say that there is no such command.
import type { Bytes } from '../wire/bytes.ts'
import type { CommandDoc } from '../session/protocol.ts'
import type { Command } from './command.ts'
import { families } from './commands/index.ts'
import { errors } from './errors.ts'

const all: Command[] = []
/** Every command, subcommands too, in the order of the docs. */
export const catalog: readonly Command[] = all

const byName = new Map<string, Command>()
const containers = new Set<string>()
/**
 * Commands that one word names, in the ways that people write it: found without asking further. A table of words, each at
 * the first free place from the one that its length and four of its letters tell.
 */
const PLACES = 2048
const spelled = new Array<string>(PLACES).fill('')
const plain = new Array<Command | undefined>(PLACES).fill(undefined)

/** The word that was asked for last: a client that pipelines mostly says the same again, and by the very same string. */
let asked = ''
let answer: Command | undefined

function placeOf(word: string): number {
  const { length } = word
  const front = word.charCodeAt(0) * 37 + word.charCodeAt(length >> 2) * 61
  const back = word.charCodeAt(length >> 1) * 149 + word.charCodeAt(length - 1)
  return ((front + back) * 11 + length) & (PLACES - 1)
}

/** The place of a word, or the free one where it would be. */
function spot(word: string): number {
  const { length } = word
  let place = length === 0 ? 0 : placeOf(word)
  for (; ; place = (place + 1) & (PLACES - 1)) {
    const other = spelled[place]!
    if (other === '') return place
    let i = other.length === length ? 0 : -1
    while (i >= 0 && i < length) i = other.charCodeAt(i) === word.charCodeAt(i) ? i + 1 : -1
    if (i === length) return place
  }
}

/** Takes families in. A name is a container's or a plain command's for good: its family comes as a whole. */
export function enroll(more: readonly (readonly Command[])[]): void {
  const commands = more.flat()
  asked = ''
  answer = undefined
  all.push(...commands)
  for (const command of commands) byName.set(command.name, command)
  for (const { words, name } of commands) if (words === 2) containers.add(name.split(' ')[0]!)
  for (const command of commands.filter(({ words, name }) => words === 1 && !containers.has(name)))
    for (const name of [command.name, command.name.toLowerCase()]) {
      const place = spot(name)
      spelled[place] = name
      plain[place] = command
    }
}
enroll(families)

/** The command that these words name. Throws what the server answers where there is none. */
export const lookup = (argv: readonly Bytes[]): Command => plainly(argv) ?? search(argv)

/** The same for what can be told by the first word as people write it; else undefined. */
export function plainly(argv: readonly Bytes[]): Command | undefined {
  const name = argv[0]!
  if (name === asked) return answer
  asked = name
  return (answer = plain[spot(name)])
}

function search(argv: readonly Bytes[]): Command {
  const name = argv[0]!.toUpperCase()
  const found = byName.get(name)
  if (found?.words === 1 && (argv.length === 1 || !containers.has(name))) return found
  if (!containers.has(name)) throw errors.unknownCommand(argv)
  if (argv.length === 1) throw errors.arity(name.toLowerCase())
  const sub = byName.get(`${name} ${argv[1]!.toUpperCase()}`)
  if (!sub) throw errors.unknownSubcommand(name, argv[1]!)
  return sub
}

/** True for the name of a command, or of a container of subcommands. */
export const isKnown = (name: Bytes): boolean => byName.has(name.toUpperCase()) || isContainer(name)

/** True for the name of a command that has subcommands. */
export const isContainer = (name: Bytes): boolean => containers.has(name.toUpperCase())

/** What the page needs to know of each command. */
export const docs = (): CommandDoc[] =>
  catalog.map(({ name, summary, since, group, complexity, arity, flags, usage, keys }) => ({
    name,
    summary,
    since,
    group,
    complexity,
    arity,
    flags: [...flags],
    usage,
    keys,
  }))
