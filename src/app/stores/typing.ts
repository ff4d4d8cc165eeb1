// What is known of the line being typed, in the prompt that is used: what may follow, what could complete it, what is
// wrong with it, which command it is about. What the line itself tells is there at once; what the server must be asked
// comes a turn later, one round of questions at a time, and an answer to an older line is thrown away.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Session } from '../../session/client.ts'
import type { CommandDoc } from '../../session/protocol.ts'
import { latin, utf8, type Bytes } from '../../wire/bytes.ts'
import type { Arg } from '../typing/grammar.ts'
import { grammarOf, keysIn, misplaced, missing, wrongType, type Peek } from '../typing/looking.ts'
import { following, goesOn, named, offered, type Option } from '../typing/options.ts'
import { catalogOf, early, read, type Catalog, type Reading, type Warning } from '../typing/reading.ts'
import type { ConsoleStore } from './console.ts'
import type { SessionStore } from './session.ts'

/** Searching the lines typed before, backwards: Ctrl+R. */
export interface Search {
  readonly query: string
  /** The line found, its place in the history; null where there is none. */
  readonly at: number | null
  /** What the prompt held before. */
  readonly draft: string
}

export interface TypingState {
  /** The client whose prompt this is about. */
  readonly lane: string
  readonly reading: Reading | null
  /** What completes the word being typed, and what may follow it. */
  readonly rest: string
  readonly ghost: string
  readonly options: readonly Option[]
  /** The option that stands in the line, or -1. */
  readonly chosen: number
  /** The list of options is shown. */
  readonly shown: boolean
  readonly warning: Warning | null
  /** The command being typed, or the one that was typed last. */
  readonly doc: CommandDoc | null
  readonly search: Search | null

  /** A person typed: only then a list opens by itself. */
  readonly type: (lane: string, draft: string) => void
  /** Puts the next or the last option into the line. True where there was one. */
  readonly choose: (by: 1 | -1) => boolean
  /** Puts this option into the line and goes on behind it. */
  readonly take: (option: Option) => void
  /** Puts what completes the word into the line. True where there was something. */
  readonly accept: () => boolean
  /** Closes the list. True where it was shown. */
  readonly close: () => boolean

  readonly searching: {
    readonly begin: () => void
    readonly find: (query: string) => void
    /** Goes to the one before, or behind. */
    readonly step: (by: -1 | 1) => void
    /** Ends it; the line found stays, or what was there comes back. */
    readonly end: (keep: boolean) => void
  }
}

export type TypingStore = StoreApi<TypingState>

/** Longer lines were pasted: nobody waits for hints about them. */
const mostLooked = 2000

const nothing = {
  reading: null,
  rest: '',
  ghost: '',
  options: [],
  chosen: -1,
  shown: false,
  warning: null,
} as const satisfies Partial<TypingState>

/** What the server said of a line. */
interface Found {
  readonly reading: Reading
  readonly lane: string
  readonly db: number
  readonly options: readonly Option[]
  readonly warning: Warning | null
}

export function createTypingStore(session: Session, sessions: SessionStore, consoles: ConsoleStore): TypingStore {
  let catalog: Catalog = catalogOf([])
  let known: readonly CommandDoc[] = []
  const grammars = new Map<string, readonly Arg[]>()
  let found: Found | null = null
  /** The options being gone through, and the line that the last of them made. */
  let cycle: { readonly reading: Reading; readonly line: string } | null = null
  let byHand = false
  let asking = false
  let stale = false

  const lane = () => consoles.getState().lanes.find(({ name }) => name === consoles.getState().active)
  const db = () => sessions.getState().clients.find(({ client }) => client === lane()?.client)?.db ?? 0

  const store = createStore<TypingState>()((set, get) => {
    const write = (line: string) => {
      byHand = true
      consoles.getState().type(get().lane, line)
    }
    const search = (query: string, from: number, by: -1 | 1, draft: string) => {
      const history = lane()?.history ?? []
      let at = from
      while (at >= 0 && at < history.length && !(query !== '' && history[at]!.includes(query))) at += by
      const hit = query !== '' && at >= 0 && at < history.length ? at : null
      set({ search: { query, at: hit, draft } })
      consoles.getState().type(get().lane, hit === null ? draft : history[hit]!)
    }
    return {
      lane: '',
      ...nothing,
      doc: null,
      search: null,
      type(name, draft) {
        byHand = true
        consoles.getState().type(name, draft)
        byHand = false
      },
      choose(by) {
        const { options, chosen, reading } = get()
        const from = cycle?.reading ?? reading
        if (!from || options.length === 0) return false
        if (options.length === 1 && chosen < 0) {
          get().take(options[0]!)
          return true
        }
        const first = by > 0 && options[0]!.insert === from.partial ? 1 : by > 0 ? 0 : options.length - 1
        const at = chosen < 0 ? first : (chosen + by + options.length) % options.length
        const line = from.line.slice(0, from.from) + options[at]!.insert
        cycle = { reading: from, line }
        set({ chosen: at, shown: true })
        write(line)
        byHand = false
        return true
      },
      take(option) {
        const from = cycle?.reading ?? get().reading
        if (!from) return
        cycle = null
        write(`${from.line.slice(0, from.from)}${option.insert}${goesOn(option, from, argsFor(from)) ? ' ' : ''}`)
        byHand = false
      },
      accept() {
        const { rest, reading } = get()
        if (rest === '' || !reading) return false
        write(completed(reading, get().options[0]!))
        byHand = false
        return true
      },
      close() {
        if (!get().shown) return false
        cycle = null
        set({ shown: false, chosen: -1 })
        return true
      },
      searching: {
        begin() {
          const draft = lane()?.draft ?? ''
          set({ search: { query: '', at: null, draft }, shown: false, lane: consoles.getState().active })
        },
        find(query) {
          const now = get().search
          if (now) search(query, (lane()?.history.length ?? 0) - 1, -1, now.draft)
        },
        step(by) {
          const now = get().search
          if (!now || now.at === null) return
          const history = lane()?.history ?? []
          // The same line typed twice in a row is one.
          let at = now.at + by
          while (
            at >= 0 &&
            at < history.length &&
            !(history[at]!.includes(now.query) && history[at] !== history[now.at])
          )
            at += by
          if (at >= 0 && at < history.length) search(now.query, at, by, now.draft)
        },
        end(keep) {
          const now = get().search
          if (!now) return
          set({ search: null })
          if (!keep) consoles.getState().type(get().lane, now.draft)
        },
      },
    }
  })

  const argsFor = ({ doc }: Reading) => (doc ? grammars.get(doc.name) : undefined)
  const completed = (reading: Reading, option: Option) => reading.line.slice(0, reading.from) + option.insert

  // ------------------------------------------------------------------ what the line itself tells

  function look(): void {
    const now = lane()
    const { active } = consoles.getState()
    if (sessions.getState().catalog !== known) {
      known = sessions.getState().catalog
      catalog = catalogOf(known)
      grammars.clear()
    }
    const draft = now?.draft ?? ''
    if (draft.trim() === '' || draft.length > mostLooked) {
      cycle = null
      found = null
      store.setState({ lane: active, ...nothing })
      return
    }
    const reading = read(draft, catalog)
    if (cycle?.line === draft) store.setState({ lane: active, reading, ...following(reading, [], argsFor(reading)) })
    else {
      cycle = null
      const options = optionsOf(reading)
      const shown = byHand && opensItself(reading, options)
      store.setState({
        lane: active,
        reading,
        options,
        chosen: -1,
        shown,
        ...following(reading, options, argsFor(reading)),
      })
    }
    const { options, chosen } = store.getState()
    const doc = reading.doc ?? options[Math.max(0, chosen)]?.doc ?? store.getState().doc
    store.setState({ doc, warning: early(reading, catalog) ?? stillTrue(reading) })
    ask()
  }

  /** What is known at once; keys and options of a command as far as the server was asked before. */
  function optionsOf(reading: Reading): readonly Option[] {
    const { place, partial } = reading
    if (place !== 'argument') return named(reading, catalog)
    if (!found || !samePlace(found, reading)) return []
    return found.options.filter(({ insert, kind }) =>
      kind === 'token' ? insert.toUpperCase().startsWith(partial.toUpperCase()) : insert.startsWith(partial),
    )
  }

  /** The same place of the same command, some letters on. */
  const samePlace = (old: Found, { head, partial, from, line }: Reading) =>
    old.lane === consoles.getState().active &&
    old.db === db() &&
    old.reading.from === from &&
    old.reading.line.slice(0, from) === line.slice(0, from) &&
    old.reading.head.length === head.length &&
    partial.startsWith(old.reading.partial)

  /** A list that would offer only what stands there already stays away. */
  function opensItself(reading: Reading, options: readonly Option[]): boolean {
    if (reading.partial === '') return reading.place === 'subcommand' && options.length > 0
    return options.some(({ insert }) => insert.toUpperCase() !== reading.partial.toUpperCase())
  }

  /** What the server said of a key goes on being so while that key stands in the line. */
  function stillTrue({ argv, doc, line }: Reading): Warning | null {
    const old = found?.warning
    if (!old || !found || found.lane !== consoles.getState().active || found.db !== db()) return null
    if (found.reading.doc !== doc || !argv) return null
    if (old.kind === 'wrong-type') return argv.indexOf(old.key) === found.reading.argv?.indexOf(old.key) ? old : null
    return found.reading.line === line ? old : null
  }

  // ------------------------------------------------------------------ what the server tells

  /** One round at a time; whatever happens meanwhile makes one more. */
  function ask(): void {
    if (asking) {
      stale = true
      return
    }
    asking = true
    stale = false
    round()
      .catch(() => undefined)
      .finally(() => {
        asking = false
        if (stale) ask()
      })
  }

  async function round(): Promise<void> {
    const { reading, lane: name } = store.getState()
    if (!reading?.doc) return
    const at = db()
    const goes = () => store.getState().reading === reading && store.getState().lane === name && db() === at
    const peek: Peek = (...argv) => session.ask({ do: 'peek', db: at, argv: argv.map((each) => latin(each)) })
    const { doc } = reading
    if (!grammars.has(doc.name)) grammars.set(doc.name, await grammarOf(peek, doc.name))
    if (goes() && !cycle) store.setState(following(reading, store.getState().options, argsFor(reading)))
    const options = goes() ? await offered(peek, reading, argsFor(reading) ?? [], goes) : []
    const warning = goes() ? await wrong(peek, reading, options, goes) : null
    if (!goes()) return
    found = { reading, lane: name, db: at, options, warning }
    if (!cycle && reading.place === 'argument') {
      const shown = (byHandLast === reading.line || store.getState().shown) && opensItself(reading, options)
      store.setState({ options, shown, ...following(reading, options, argsFor(reading)) })
    }
    store.setState({ warning: early(reading, catalog) ?? warning })
  }

  async function wrong(peek: Peek, reading: Reading, options: readonly Option[], goes: () => boolean) {
    const { doc, argv, partial } = reading
    if (!doc || !argv) return null
    const uses = await keysIn(peek, doc, argv)
    const end: Bytes = utf8(partial)
    const typedOut = (key: Bytes) => partial === '' || key !== end || !options.some(({ kind }) => kind === 'key')
    return (
      (await wrongType(peek, doc, uses)) ??
      (await missing(peek, reading, uses, typedOut, goes)) ??
      misplaced(reading, grammars.get(doc.name) ?? [])
    )
  }

  // ------------------------------------------------------------------ when to look

  /** The last line that a person typed: its list may open when the keys come. */
  let byHandLast = ''
  let seen = { name: '', draft: '' }
  consoles.subscribe(() => {
    const now = { name: consoles.getState().active, draft: lane()?.draft ?? '' }
    if (now.name === seen.name && now.draft === seen.draft) return
    seen = now
    if (byHand) byHandLast = now.draft
    look()
  })
  let touched = false
  session.listen((event) => {
    touched ||= event.on === 'unit' || event.on === 'replaced' || event.on === 'client'
  })
  session.settled(() => {
    // The catalog comes a little after the page: what was typed until then is read again.
    if (sessions.getState().catalog !== known) look()
    else if (touched && store.getState().reading?.doc) ask()
    touched = false
  })
  return store
}
