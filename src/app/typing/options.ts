// What could complete the word at a line's end, and what may follow it: the console's prompt and the script ask the same.
import type { CommandDoc, Kind } from '../../session/protocol.ts'
import { text, utf8 } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { ownWords } from '../stores/cli.ts'
import { firsts, remains, usage, word, type Arg } from './grammar.ts'
import { elementsLike, keysIn, keysLike, kindsOf, takesElement, useHere, type KeyUse, type Peek } from './looking.ts'
import { inCaseOf, type Catalog, type Reading } from './reading.ts'

const mostOptions = 50

/** One way to complete the word at the line's end. */
export interface Option {
  readonly kind: 'command' | 'own' | 'subcommand' | 'token' | 'key' | 'element' | 'topic'
  /** What stands in the line when it is taken. */
  readonly insert: string
  readonly doc?: CommandDoc
  readonly type?: Kind
}

/** What the catalog alone offers: names of commands, of subcommands, of what there is help on. */
export function named(reading: Reading, catalog: Catalog): readonly Option[] {
  switch (reading.place) {
    case 'command':
      return commands(reading.partial, catalog)
    case 'subcommand':
      return subcommands(reading, catalog)
    case 'topic':
      return topics(reading, catalog)
    default:
      return []
  }
}

function commands(partial: string, catalog: Catalog): readonly Option[] {
  if (partial === '') return []
  const upper = partial.toUpperCase()
  const names = [...catalog.firsts.keys()].filter((name) => name.startsWith(upper))
  const sorted = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
  const own = ownWords.filter((each) => each.startsWith(partial) && each !== '?')
  return [
    ...own.map((insert) => ({ kind: 'own', insert }) as const),
    ...sorted.map((name) => {
      const doc = catalog.firsts.get(name)
      return { kind: 'command', insert: inCaseOf(partial, name), ...(doc ? { doc } : {}) } as const
    }),
  ].slice(0, mostOptions)
}

function subcommands({ head, partial }: Reading, catalog: Catalog): readonly Option[] {
  const container = `${head[0]!.toUpperCase()} `
  const wanted = container + partial.toUpperCase()
  return catalog.docs
    .filter(({ name }) => name.startsWith(wanted))
    .map((doc) => {
      const insert = inCaseOf(partial === '' ? text(head[0]!) : partial, doc.name.slice(container.length))
      return { kind: 'subcommand', insert, doc } as const
    })
}

function topics({ head, partial }: Reading, { docs, byName }: Catalog): readonly Option[] {
  const typed = [...head.slice(1).map(text), partial].join(' ').toUpperCase()
  const groups = [...new Set(docs.map(({ group }) => `@${group}`))].toSorted()
  const found = [...groups, ...docs.map(({ name }) => name)].filter((name) => name.toUpperCase().startsWith(typed))
  const cut = typed.length - partial.length
  return found.slice(0, mostOptions).map((name) => {
    const doc = byName.get(name)
    return { kind: 'topic', insert: inCaseOf(partial, name).slice(cut), ...(doc ? { doc } : {}) } as const
  })
}

// What the server is asked for: keys, and options of the command by its grammar.
export async function offered(
  peek: Peek,
  reading: Reading,
  args: readonly Arg[],
  goes: () => boolean,
): Promise<readonly Option[]> {
  const { doc, place, partial, head, named } = reading
  if (place !== 'argument' || !doc) return []
  const left = remains(args, head.slice(named).map(text))
  const next = left ? firsts(left) : { tokens: [], key: false, names: [] }
  const tokens = next.tokens
    .filter((token) => token.startsWith(partial.toUpperCase()))
    .map((token) => ({ kind: 'token', insert: inCaseOf(partial === '' ? text(head[0]!) : partial, token) }) as const)
  if (takesElement(doc, next.names)) return [...tokens, ...(await elementOptions(peek, reading, goes))]
  const use = await useHere(peek, reading)
  if (!use && !next.key) return tokens
  return [...tokens, ...(await keyOptions(peek, reading, use, goes))]
}

/** Fields and members of the line's first key. */
async function elementOptions(peek: Peek, { doc, partial, head }: Reading, goes: () => boolean) {
  const [use] = await keysIn(peek, doc!, head)
  const found = use && goes() ? await elementsLike(peek, doc!, use.key, utf8(partial), goes) : []
  return found.map((each) => ({ kind: 'element', insert: join([each], text) }) as const)
}

async function keyOptions(peek: Peek, { doc, partial }: Reading, use: KeyUse | null, goes: () => boolean) {
  const wanted = use?.access.includes('OW') ? null : kindsOf(doc!)
  const keys = await keysLike(peek, utf8(partial), wanted, goes)
  const types =
    wanted?.length === 1
      ? keys.map(() => wanted[0]!)
      : await Promise.all(keys.map(async (key) => word(await peek('TYPE', key))))
  return keys.map((key, i) => {
    const type = types[i]
    const kind: { type?: Kind } = type && type !== 'none' ? { type: type as Kind } : {}
    return { kind: 'key', insert: join([key], text), ...kind } as const
  })
}

/** What completes the word being typed by its first option, and what may follow it by the grammar, as far as that is known. */
export function following(
  reading: Reading,
  options: readonly Option[],
  args: readonly Arg[] | undefined,
): { rest: string; ghost: string } {
  const { partial, place } = reading
  const first = partial === '' ? undefined : options[0]
  const rest = first?.insert.startsWith(partial) ? first.insert.slice(partial.length) : ''
  const behind = (words: string) => (words === '' ? '' : partial === '' ? words : ` ${words}`)
  if (place === 'command' || place === 'subcommand') {
    const doc = first?.doc ?? reading.doc
    return { rest, ghost: doc ? behind(doc.usage) : '' }
  }
  const { doc } = reading
  if (place !== 'argument' || !doc) return { rest, ghost: '' }
  const typed = reading.head.slice(reading.named).map(text)
  if (!args) return { rest, ghost: typed.length === 0 && partial === '' ? doc.usage : '' }
  const left = remains(args, partial === '' ? typed : [...typed, partial + rest])
  return { rest, ghost: left ? behind(usage(left)) : '' }
}

/** True where something follows the option, so that a blank is put behind it. */
export function goesOn(option: Option, from: Reading, args: readonly Arg[] | undefined): boolean {
  if (option.kind === 'topic' || option.kind === 'own') return false
  if (option.kind === 'command') return (option.doc?.usage ?? 'subcommand') !== ''
  if (option.kind === 'subcommand') return option.doc?.usage !== ''
  const left = args && remains(args, [...from.head.slice(from.named).map(text), option.insert])
  return left ? left.length > 0 : false
}
