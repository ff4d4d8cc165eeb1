// What helps while a script is typed: the console's own completion and documents, for any line of it.
import { latin } from '../../wire/bytes.ts'
import type { CommandDoc } from '../../session/protocol.ts'
import type { Stores } from '../stores/index.ts'
import type { Arg } from '../typing/grammar.ts'
import { grammarOf, type Peek } from '../typing/looking.ts'
import { following, goesOn, named, offered, type Option } from '../typing/options.ts'
import { catalogOf, read, type Catalog, type Reading } from '../typing/reading.ts'
import { expectationAt, isNote, laneOf } from './split.ts'

export interface Offer {
  readonly options: readonly Option[]
  /** Where the word begins that they complete. */
  readonly from: number
  /** Whether something follows this one, so that a blank is put behind it. */
  readonly goesOn: (option: Option) => boolean
  /** What may follow the line as it is. */
  readonly ghost: string
}

export interface Help {
  readonly catalog: () => Catalog
  /** What could come at the end of this part of a line. `asked`: by a key, not by typing. */
  readonly offer: (before: string, asked: boolean, goes: () => boolean) => Promise<Offer | null>
  /** The command that a line names, and where its name ends. */
  readonly docOf: (line: string) => { readonly doc: CommandDoc; readonly from: number; readonly to: number } | null
}

export function createHelp({ console: consoles, session, script, peek: ask }: Stores): Help {
  let known: readonly CommandDoc[] = []
  let catalog = catalogOf(known)
  const grammars = new Map<string, readonly Arg[]>()

  function current(): Catalog {
    if (session.getState().catalog !== known) {
      known = session.getState().catalog
      catalog = catalogOf(known)
      grammars.clear()
    }
    return catalog
  }

  /** Looks at the database on which the line's client is. */
  function peekFor(client: string | null): Peek {
    const name = client ?? script.getState().client ?? consoles.getState().active
    const lane = consoles.getState().lanes.find((each) => each.name === name)
    const db = session.getState().clients.find((each) => each.client === lane?.client)?.db ?? 0
    return (...argv) =>
      ask(
        db,
        argv.map((each) => latin(each)),
      )
  }

  async function argsOf(peek: Peek, { doc }: Reading): Promise<readonly Arg[]> {
    if (!doc) return []
    const args = grammars.get(doc.name) ?? (await grammarOf(peek, doc.name))
    grammars.set(doc.name, args)
    return args
  }

  return {
    catalog: current,
    async offer(before, asked, goes) {
      if (isNote(before) || expectationAt(before) >= 0) return null
      const { client, from } = laneOf(before)
      const reading = read(before.slice(from), current())
      const { partial, place } = reading
      if (!asked && partial === '' && place !== 'subcommand' && place !== 'argument') return null
      const peek = peekFor(client)
      const args = await argsOf(peek, reading)
      const all = place === 'argument' ? await offered(peek, reading, args, goes) : named(reading, current())
      const options = all.filter(({ kind }) => kind !== 'own')
      const { ghost } = following(reading, options, args)
      // As in the prompt: after a blank a list opens by itself for subcommands only.
      const listed = asked || partial !== '' || place === 'subcommand' ? options : []
      return { options: listed, from: from + reading.from, ghost, goesOn: (option) => goesOn(option, reading, args) }
    },
    docOf(line) {
      if (isNote(line)) return null
      const { from } = laneOf(line)
      const end = expectationAt(line)
      const typed = line.slice(from, end < 0 ? undefined : end)
      const { doc, named: words } = read(`${typed.trimEnd()} `, current())
      const name = new RegExp(String.raw`^(?:\+?\d+\s+)?\S+(?:\s+\S+){${words === 2 ? 1 : 0}}`).exec(typed)
      return doc && name ? { doc, from, to: from + name[0].length } : null
    },
  }
}
