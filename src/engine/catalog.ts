// All commands by name. Nothing else knows which commands there are. The families of commands/index.ts are here from the
// start; the late ones join when whole.ts is loaded, and only then the catalog may say that there is no such command.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { CommandDoc } from '../session/protocol.ts'
import type { Command } from './command.ts'
import { families } from './commands/index.ts'
import { errors } from './errors.ts'
import { Names } from './values/names.ts'

const all: Command[] = []
/** Every command, subcommands too, in the order of the docs. */
export const catalog: readonly Command[] = all

const byName = new Map<string, Command>()
const containers = new Set<string>()
/** Commands that one word names, in the ways that people write it: found without asking further. */
const plain: Command[] = []
const spelled = new Names(false)

/** Takes families in. A name is a container's or a plain command's for good: its family comes as a whole. */
export function enroll(more: readonly (readonly Command[])[]): void {
  const commands = more.flat()
  all.push(...commands)
  for (const command of commands) byName.set(command.name, command)
  for (const { words, name } of commands) if (words === 2) containers.add(name.split(' ')[0]!)
  for (const command of commands.filter(({ words, name }) => words === 1 && !containers.has(name)))
    for (const name of [command.name, command.name.toLowerCase()]) spelled.add(latin(name), plain.push(command) - 1)
}
enroll(families)

/** The command that these words name. Throws what the server answers where there is none. */
export const lookup = (argv: readonly Bytes[]): Command => plain[spelled.find(argv[0]!)] ?? search(argv)

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
