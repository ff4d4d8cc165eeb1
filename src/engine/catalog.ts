// All commands by name. Nothing else knows which commands there are.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { CommandDoc } from '../session/protocol.ts'
import type { Command } from './command.ts'
import { families } from './commands/index.ts'
import { errors } from './errors.ts'
import { Names } from './values/names.ts'

/** Every command, subcommands too, in the order of the docs. */
export const catalog: readonly Command[] = families.flat()

const byName = new Map(catalog.map((command) => [command.name, command]))
const containers = new Set(catalog.filter(({ words }) => words === 2).map(({ name }) => name.split(' ')[0]!))

/** Commands that one word names, in the ways that people write it: found without asking further. */
const plain = catalog
  .filter(({ words, name }) => words === 1 && !containers.has(name))
  .flatMap((command) => [command, command])
const spelled = new Names(false)
for (const [i, { name }] of plain.entries()) spelled.add(latin(i % 2 === 0 ? name : name.toLowerCase()), i)

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
