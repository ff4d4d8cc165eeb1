// The consoles: one lane a client, each a list of entries. An entry is a typed line and what came of it. Lines typed
// while a command still runs wait in a queue, as keys typed ahead in a terminal do; so every prompt is the one that
// redis-cli would have shown, and a pasted text runs line by line and stops at the first error.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { stopped, type Session } from '../../session/client.ts'
import type { ClientId, ClientState, Cost, Event, Opened, UnitReport, Why } from '../../session/protocol.ts'
import { latin, text, type Bytes } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { isError, isTagged, type Reply } from '../../wire/reply.ts'
import type { Gone } from '../rows/reasons.ts'
import type { Reason } from '../rows/reason.ts'
import { changesOf, type Changes } from '../rows/changes.ts'
import { argvOf, stepsOf, wishOf, type Call } from './cli.ts'
import { calledName, quietName, type Notice, type SessionStore } from './session.ts'

/** A local remark under a row, said in the language that is on. */
export type Remark =
  | 'help'
  | 'unanswered'
  /** The person stopped it while it ran. */
  | 'stopped'
  | 'too-long'
  /** Replies are drawn with or without quotes from here on. */
  | 'raw'
  | 'no-raw'
  /** A call of redis-cli whose lines follow, each a row. */
  | 'as-lines'
  | Lost
  | { readonly help: string }
  | Notice

/** Why a client is not connected: the server closed its connection, or was shut down, or the person closed it; or it
 *  has yet to come. */
export type Lost = 'closed' | 'down' | 'left' | 'new'

/** The clients that there may be. The letter is a client's name for good; its colour goes with it. */
export const letters: readonly string[] = ['A', 'B', 'C', 'D', 'E', 'F']

export interface Entry {
  /** Unique in its lane. */
  readonly id: number
  /** Its place in the session's log; null for what never went there, or was taken back for good. */
  readonly seq: number | null
  readonly prompt: string
  readonly line: string
  readonly reply?: Reply
  readonly why?: Why
  /** The name of the client that `why` is about. */
  readonly by?: string | null
  /** Why it is an error, or nil; found by the page. */
  readonly reason?: Reason
  /** What the command changed. */
  readonly changes?: Changes
  /** How long the worker took over it, in ms. */
  readonly took?: number
  readonly cost?: Cost
  /** What redis-cli itself says, without asking a server. */
  readonly local?: string
  readonly remark?: Remark
  readonly cancelled?: true
  /** Drawn as redis-cli --raw does. */
  readonly raw?: true
  /** It was given to the engine. */
  readonly sent?: true
  /** A message that came by itself. */
  readonly pushed?: true
  /** In place of so many messages of a flood that are not shown. */
  readonly unseen?: number
  /** What became of a command that was queued in a transaction. */
  readonly outcome?: 'ran' | 'dropped'
  /** EXEC: the lines whose results these are, in order. */
  readonly ran?: readonly string[]
  /** Taken back by undo, or lost with the page before it was stored. */
  readonly fate?: 'taken' | 'lost'
}

export interface Lane {
  /** 0 while it is not connected. */
  readonly client: ClientId
  /** Null: it is connected. Its next command connects it again. */
  readonly lost: Lost | null
  readonly name: string
  /** What the person calls it; empty where it is only a letter. */
  readonly title: string
  readonly entries: readonly Entry[]
  /** Rows that were left out to keep the page quick. */
  readonly dropped: number
  /** Lines typed, oldest first. */
  readonly history: readonly string[]
  readonly draft: string
  /** Lines that wait until the running command has answered. */
  readonly queue: readonly Queued[]
  /** Replies are drawn as redis-cli --raw does. */
  readonly raw?: boolean
  /** A pasted text that runs, or stopped. */
  readonly pasted: Pasted | null
}

export interface Pasted {
  readonly id: number
  /** The line that runs, or that it stopped at, counted from 1. */
  readonly at: number
  readonly total: number
  /** Where it stopped: at an error of that line, or because the person said so (null). */
  readonly stopped: { readonly line: string | null; readonly rest: readonly string[] } | null
}

interface Queued {
  readonly line: string
  /** Lines pasted together stop together. */
  readonly paste: number
  /** They are taken back together, too. */
  readonly together?: true
  /** How often it is still to run: what `5 INCR x` left behind. Its rows are replies alone. */
  readonly again?: number
  readonly raw?: boolean
}

export interface SavedLane {
  readonly name: string
  readonly entries: readonly Entry[]
  readonly history: readonly string[]
  readonly draft: string
  readonly title?: string
  readonly lost?: Lost | null
  readonly raw?: boolean
}

export interface ConsoleState {
  readonly lanes: readonly Lane[]
  /** The client that was used last. */
  readonly active: string
  /** Those in view where there is room for several, the one used last first. */
  readonly shown: readonly string[]
  /** Raised to ask the active prompt for the focus. */
  readonly focus: number

  readonly type: (name: string, draft: string) => void
  /** Runs what the prompt holds, or `line`. */
  readonly submit: (name: string, line: string) => void
  /** Runs several lines, one after the other; the rest is dropped after an error. `together`: undo takes all back at once. */
  readonly paste: (name: string, text: string, together?: true) => void
  /** Puts a line into the prompt without running it. */
  readonly write: (name: string, line: string) => void
  /** Brings a client into view. */
  readonly bring: (name: string) => void
  /** Brings a client into view and its prompt into focus. */
  readonly use: (name: string) => void
  /** One more client, of the first letter that is free. */
  readonly add: () => void
  readonly rename: (name: string, title: string) => void
  /** Takes a client out of view, where others are in view. */
  readonly hide: (name: string) => void
  /** Closes a client's connection; its rows can be read until it is removed. */
  readonly close: (name: string) => void
  /** Forgets a client that is not connected, with its rows. */
  readonly remove: (name: string) => void
  readonly cancel: (name: string) => void
  /** The lines of a pasted text that were left when it stopped: runs them, or forgets them. */
  readonly goOn: (name: string) => void
  readonly letGo: (name: string) => void
  readonly clear: (name: string) => void
  /** A command of it is not answered yet, or lines wait behind one. */
  readonly busy: (name: string) => boolean
  readonly restore: (opened: Opened, saved: readonly SavedLane[], shown?: readonly string[]) => void
}

export type ConsoleStore = StoreApi<ConsoleState>

const mostRows = 2000
const mostHistory = 500
const longestTitle = 24
const mostGone = 2000
/** Messages in a row that are shown; of a flood these are the newest. */
const mostPushed = 200
const hidden = (name: string) => name.startsWith(quietName)

/** The prompt redis-cli shows for a client in this state, with the blank after it. */
export function promptOf(
  state: Pick<ClientState, 'db' | 'queued' | 'subscribed'> | undefined,
  lost: Lost | null = null,
): string {
  if (lost !== null && lost !== 'new') return 'not connected> '
  const db = state && state.db > 0 ? `[${state.db}]` : ''
  const tx = state && state.queued !== null ? '(TX)' : ''
  const listens = state && Object.values(state.subscribed).some((names) => names.length > 0) ? '(subscribed mode)' : ''
  return `127.0.0.1:6379${db}${tx}${listens}> `
}

/** A pasted text as lines to run: prompts are taken off, and where there are prompts, lines without one are replies. */
export function pastedLines(text: string): string[] {
  const lines = text.split(/\r\n?|\n/)
  const prompt =
    /^\s*(?:not connected|(?:\d+\.\d+\.\d+\.\d+|localhost|redis)(?::\d+)?(?:\[\d+\])?(?:\(TX\))?(?:\(subscribed mode\))?)>\s?/
  const prompted = lines.filter((line) => prompt.test(line))
  const chosen = prompted.length > 0 ? prompted.map((line) => line.replace(prompt, '')) : lines
  return chosen.filter((line) => line.trim() !== '')
}

/** Told of each command that was answered. */
export type Answered = (client: string, argv: readonly Bytes[], reply: Reply) => void

/** Words of the page that the console only passes on. A line that comes back is written into the prompt. */
export interface Teacher {
  readonly hint: () => Notice
  readonly solution: (client: string) => { readonly says: Notice; readonly line: string | null }
}

export function createConsoleStore(
  session: Session,
  sessionStore: SessionStore,
  answered: Answered,
  teacher?: Teacher,
): ConsoleStore {
  let nextId = 1
  let pastes = 0
  let head = 0
  /** Per lane: the entry that has no reply yet. */
  const flying = new Map<string, number>()
  const connecting = new Map<string, Promise<ClientId>>()
  /** Clients whose connection the person closes. */
  const leaving = new Set<ClientId>()
  /** Messages of this turn that are not shown yet. */
  const arrived = new Map<ClientId, Reply[]>()
  /** Keys that went, by database and name: who took them, and when. The newest are kept. */
  const gone = new Map<string, Gone>()
  /** Per lane: the entry that was answered last. */
  const lastEnded = new Map<string, number>()

  const store = createStore<ConsoleState>()((set, get) => {
    const change = (name: string, how: (lane: Lane) => Lane) =>
      set({ lanes: get().lanes.map((lane) => (lane.name === name ? how(lane) : lane)) })

    const append = (name: string, entry: Omit<Entry, 'id' | 'prompt'> & { prompt?: string }): number => {
      const id = nextId++
      const lane = get().lanes.find((each) => each.name === name)
      const prompt = entry.prompt ?? promptOf(stateOf(lane?.client), lane?.lost)
      change(name, (old) => capped({ ...old, entries: [...old.entries, { ...entry, id, prompt }] }))
      return id
    }
    const amend = (name: string, id: number, how: Partial<Entry>) =>
      change(name, (lane) => ({
        ...lane,
        entries: lane.entries.map((entry) => (entry.id === id ? { ...entry, ...how } : entry)),
      }))
    /** Connects a lane's client, once, whoever asks meanwhile. */
    const connect = (name: string): Promise<ClientId> => {
      const asked =
        connecting.get(name) ??
        session
          .ask({ do: 'connect', name })
          .then(({ client }) => client)
          .finally(() => connecting.delete(name))
      connecting.set(name, asked)
      return asked
    }
    /** The lane of that letter is there: a lesson may name a client that nobody has opened yet. */
    const ensure = (name: string) => {
      const { lanes } = get()
      if (letters.includes(name) && !lanes.some((lane) => lane.name === name))
        set({ lanes: inOrder([...lanes, { ...emptyLane(0, name), lost: 'new' }]) })
    }
    const toFront = (name: string) => {
      const there = get().lanes.some((lane) => lane.name === name)
      if (there && get().shown[0] !== name) set({ shown: [name, ...get().shown.filter((each) => each !== name)] })
    }
    const stateOf = (client: ClientId | undefined) =>
      sessionStore.getState().clients.find((state) => state.client === client)
    /** What is left of a pasted text stays where it is, until the person says what is to become of it. */
    const dropPaste = (name: string, paste: number, line: string | null) =>
      change(name, (lane) => {
        const queue = lane.queue.filter((queued) => queued.paste !== paste)
        const rest = lane.queue.filter((queued) => queued.paste === paste).map((queued) => queued.line)
        const { pasted } = lane
        if (pasted?.id !== paste || pasted.stopped) return { ...lane, queue }
        return { ...lane, queue, pasted: rest.length > 0 ? { ...pasted, stopped: { line, rest } } : null }
      })
    /** One more line of a pasted text begins. */
    const step = (name: string, paste: number) =>
      change(name, (lane) =>
        lane.pasted?.id === paste ? { ...lane, pasted: { ...lane.pasted, at: lane.pasted.at + 1 } } : lane,
      )
    const endPaste = (name: string) =>
      change(name, (lane) => {
        const { pasted, queue } = lane
        const goes = pasted && !pasted.stopped && !queue.some(({ paste }) => paste === pasted.id)
        return goes ? { ...lane, pasted: null } : lane
      })
    const begin = (name: string, lines: readonly string[], at: number, together?: true) => {
      const paste = ++pastes
      change(name, (lane) => ({
        ...lane,
        queue: [...lane.queue, ...lines.map((line) => ({ line, paste, ...(together ? { together } : {}) }))],
        pasted: lines.length > 1 || at > 0 ? { id: paste, at, total: at + lines.length, stopped: null } : null,
      }))
      drain()
    }
    const pasteOf = new Map<number, number>()

    /** Words of the page's own. They never wait: undo must reach a client that blocks. */
    const local: Record<string, (name: string, line: string) => void> = {
      clear: (name) => get().clear(name),
      undo: (name, line) => own(name, line, sessionStore.getState().undo()),
      redo: (name, line) => own(name, line, sessionStore.getState().redo()),
      reset: (name, line) => own(name, line, sessionStore.getState().reset()),
      hint: (name, line) => append(name, { seq: null, line, remark: teacher?.hint() ?? 'help' }),
      solution(name, line) {
        const found = teacher?.solution(name)
        append(name, { seq: null, line, remark: found?.says ?? 'help' })
        if (found && found.line !== null) get().write(name, found.line)
      },
    }
    const isOwn = (line: string) => Object.hasOwn(local, line.trim()) || line.trim().toLowerCase() === 'clear'
    const own = (name: string, line: string, work: Promise<Notice>) => {
      const id = append(name, { seq: null, line })
      flying.set(name, id)
      const end = (remark: Notice) => {
        amend(name, id, { remark })
        if (flying.get(name) === id) flying.delete(name)
        drain()
      }
      work.then(end, (error: unknown) => end(() => (error instanceof Error ? error.message : String(error))))
    }

    const run = (name: string, { line, paste, again, raw, together }: Queued) => {
      const word = local[line.trim()] ?? local['clear']!
      if (again === undefined && isOwn(line)) return word(name, line.trim())
      const wish = wishOf(line)
      switch (wish.do) {
        case 'nothing':
          return
        case 'say':
          append(name, { seq: null, line, local: wish.words })
          return dropPaste(name, paste, line)
        case 'help':
          return void append(name, { seq: null, line, remark: wish.topic === '' ? 'help' : { help: wish.topic } })
        case 'draw':
          change(name, (lane) => ({ ...lane, raw: wish.raw }))
          return void append(name, { seq: null, line, remark: wish.raw ? 'raw' : 'no-raw' })
        case 'call':
          return call(name, line, paste, wish)
        case 'send': {
          const row = { line, ...(again === undefined ? {} : { prompt: '' }), ...(raw === undefined ? {} : { raw }) }
          if (wish.times > 1)
            first(name, [
              {
                line: join(wish.argv, text),
                paste: ++pastes,
                again: wish.times - 1,
                ...(row.raw === undefined ? {} : { raw: row.raw }),
              },
            ])
          return dispatch(name, row, wish.argv, paste, together)
        }
      }
    }

    /** Puts lines before all that wait. */
    const first = (name: string, lines: readonly Queued[]) =>
      change(name, (lane) => ({ ...lane, queue: [...lines, ...lane.queue] }))

    /** A call of redis-cli: this client stands in for the connection that redis-cli would make. */
    const call = (name: string, line: string, paste: number, wish: Call) => {
      const db = stateOf(get().lanes.find((each) => each.name === name)?.client)?.db ?? 0
      const { before, after } = stepsOf(wish, db)
      const raw = wish.raw === null ? {} : { raw: wish.raw }
      const command = join(wish.argv, text)
      if (wish.argv.length === 0 && wish.raw !== null) change(name, (lane) => ({ ...lane, ...raw }))
      const again = wish.times > 1 ? [{ line: command, paste: ++pastes, again: wish.times - 1, ...raw }] : []
      if (before.length === 0 && wish.argv.length > 0) {
        first(name, again)
        return dispatch(name, { line, ...raw }, wish.argv, paste)
      }
      append(name, { seq: null, line, ...(before.length > 0 ? { remark: 'as-lines' } : {}) })
      const steps = wish.argv.length === 0 ? [] : [{ line: command, paste, ...raw }, ...again]
      first(name, [
        ...before.map((each) => ({ line: each, paste })),
        ...steps,
        ...after.map((each) => ({ line: each, paste: ++pastes })),
      ])
      drain()
    }

    const dispatch = (
      name: string,
      row: { readonly line: string; readonly prompt?: string; readonly raw?: boolean },
      argv: readonly Bytes[],
      paste: number,
      together?: true,
    ) => {
      const lane = get().lanes.find((each) => each.name === name)
      if (!lane) return
      const { raw = lane.raw ?? false, ...shown } = row
      const id = append(name, { seq: null, sent: true, ...shown, ...(raw ? { raw } : {}) })
      flying.set(name, id)
      pasteOf.set(id, paste)
      const accepted = ([seq]: readonly number[]) => {
        advance(seq!)
        amend(name, id, { seq: seq! })
      }
      const refused = (message: string) => {
        amend(name, id, { remark: message === stopped ? stopped : () => message })
        if (flying.get(name) === id) flying.delete(name)
        dropPaste(name, paste, row.line)
        drain()
      }
      const failed = (error: unknown) => refused(error instanceof Error ? error.message : String(error))
      const group = together && paste
      if (lane.lost === null) session.send(lane.client, [argv], accepted, refused, group)
      else
        connect(name)
          .then((client) => session.send(client, [argv], accepted, refused, group))
          .catch(failed)
    }

    /** A client has come: one that was lost is there again, or it is another. */
    const connected = ({ client, name }: ClientState) => {
      const { lanes } = get()
      if (hidden(name) || lanes.some((lane) => lane.client === client)) return
      const known = lanes.some((lane) => lane.name === name && lane.lost !== null)
      if (known) change(name, (lane) => ({ ...lane, client, lost: null }))
      else if (!lanes.some((lane) => lane.name === name)) {
        set({ lanes: inOrder([...lanes, emptyLane(client, name)]) })
        toFront(name)
      }
    }

    const disconnected = (client: ClientId, seq: number, lost: Lost) => {
      const lane = get().lanes.find((each) => each.client === client)
      if (!lane) return
      receive()
      advance(seq)
      const last = flying.get(lane.name)
      flying.delete(lane.name)
      if (lane.pasted && !lane.pasted.stopped) dropPaste(lane.name, lane.pasted.id, null)
      change(lane.name, (old) => ({ ...old, client: 0, lost, queue: [] }))
      // What it was doing has no answer, and this is why. Else it is a row of its own, taken back with what did it.
      if (last !== undefined) amend(lane.name, last, { remark: lost })
      else append(lane.name, { seq, prompt: '', line: '', remark: lost })
    }

    /** A new input after an undo: what was taken back can no longer come again. */
    const advance = (seq: number) => {
      if (seq <= head) return
      head = seq
      if (!get().lanes.some((lane) => lane.entries.some((entry) => entry.fate === 'taken' && entry.seq !== null)))
        return
      set({
        lanes: get().lanes.map((lane) => ({
          ...lane,
          entries: lane.entries.map((entry) => (entry.fate === 'taken' ? { ...entry, seq: null } : entry)),
        })),
      })
    }

    const drain = () => {
      for (const { name, queue } of get().lanes) {
        const next = queue[0]
        if (!next || flying.has(name)) continue
        const rest = (next.again ?? 1) > 1 ? [{ ...next, again: next.again! - 1 }] : []
        change(name, (lane) => ({ ...lane, queue: [...rest, ...lane.queue.slice(1)] }))
        step(name, next.paste)
        run(name, next)
        if (!flying.has(name)) endPaste(name)
        drain()
      }
    }

    const ended = (client: ClientId, seq: number, how: Partial<Entry>) => {
      const lane = get().lanes.find((each) => each.client === client)
      const entry = lane?.entries.findLast((each) => each.seq === seq)
      if (!lane || !entry) return
      change(lane.name, (old) => ({
        ...old,
        entries: old.entries.map((row) => (row.id === entry.id ? { ...unended(row), ...how } : row)),
      }))
      lastEnded.set(lane.name, entry.id)
      if (flying.get(lane.name) === entry.id) flying.delete(lane.name)
      const failed = how.reply !== undefined && isError(how.reply)
      if (failed || how.cancelled) dropPaste(lane.name, pasteOf.get(entry.id) ?? 0, failed ? entry.line : null)
      else endPaste(lane.name)
      if (how.reply !== undefined && entry.prompt.includes('(TX)')) closed(lane, entry, how.reply)
      pasteOf.delete(entry.id)
      if (how.reply !== undefined && !how.why && wantsReason(how.reply, entry.line))
        ask(lane, entry.id, entry.line, how.reply).catch(() => undefined)
      if (how.reply !== undefined) answered(lane.name, argvOf(entry.line), how.reply)
    }

    /** EXEC, DISCARD or RESET ended a transaction: its queued rows learn what became of them. */
    const closed = (lane: Lane, end: Entry, reply: Reply) => {
      const word = argvOf(end.line)[0]?.toUpperCase()
      const results = word === 'EXEC' && Array.isArray(reply) ? (reply as readonly Reply[]) : null
      if (word !== 'EXEC' && !((word === 'DISCARD' || word === 'RESET') && !isError(reply))) return
      const queued: Entry[] = []
      for (const entry of lane.entries.slice(0, lane.entries.indexOf(end)).toReversed()) {
        if (entry.pushed || entry.seq === null || entry.fate) continue
        if (entry.prompt !== '' && !entry.prompt.includes('(TX)')) break
        if (entry.reply !== undefined && isQueued(entry.reply)) queued.unshift(entry)
      }
      for (const { id } of queued) amend(lane.name, id, { outcome: results ? 'ran' : 'dropped' })
      if (results && results.length === queued.length && queued.length > 0)
        amend(lane.name, end.id, { ran: queued.map(({ line }) => line) })
    }

    /** Finds out why, where the reply alone does not say it. */
    const ask = async (lane: Lane, id: number, line: string, reply: Reply) => {
      const { reasonOf } = await import('../rows/reasons.ts')
      const { catalog, now } = sessionStore.getState()
      const db = stateOf(lane.client)?.db ?? 0
      const reason = await reasonOf({
        argv: argvOf(line),
        reply,
        catalog,
        peek: (...argv) => session.ask({ do: 'peek', db, argv: argv.map((each) => latin(each)) }),
        gone: (key) => gone.get(`${db} ${key}`),
        now: now(),
        nameOf,
      })
      if (reason) amend(lane.name, id, { reason })
    }
    const wantsReason = (reply: Reply, line: string) =>
      isError(reply) ||
      reply === null ||
      (isTagged(reply) && reply.kind === 'nil-array') ||
      (Array.isArray(reply) && /^\s*exec\s*$/i.test(line) && (reply as readonly Reply[]).some(isError))

    /** Remembers of keys that went who took them. */
    const remember = (unit: UnitReport) => {
      for (const { db, key, was, now, event } of unit.changes) {
        const id = `${db} ${key}`
        gone.delete(id)
        if (now !== null || was === null) continue
        const expired = event === 'expired' || unit.client === null
        const at = expired ? (was.expireAt ?? unit.at) : unit.at
        gone.set(id, { command: expired ? null : (unit.command?.toUpperCase() ?? ''), by: unit.client, at })
        if (gone.size > mostGone) gone.delete(gone.keys().next().value!)
      }
    }

    /** A client's unit comes right behind its reply; one that had waited is served in the unit of another's command. */
    const changed = (unit: UnitReport) => {
      const lane = get().lanes.find((each) => each.client === unit.client)
      const id = lane && lastEnded.get(lane.name)
      const changes = changesOf(unit, stateOf(lane?.client)?.db ?? 0)
      if (lane && id !== undefined && changes) amend(lane.name, id, { changes })
    }

    const nameOf = (client: ClientId | null) => {
      const name = client === null ? undefined : stateOf(client)?.name
      return name === undefined ? null : calledName(name)
    }

    const hear = (event: Event) => {
      switch (event.on) {
        case 'reply': {
          const told = event.why
            ? { why: event.why, by: event.why.kind === 'raced' ? nameOf(event.why.by) : null }
            : undefined
          return ended(event.client, event.seq, {
            reply: event.reply,
            ...told,
            ...(event.took === undefined ? {} : { took: event.took }),
            ...(event.cost ? { cost: event.cost } : {}),
          })
        }
        case 'cancelled':
          return ended(event.client, event.seq, { cancelled: true })
        case 'push': {
          const waiting = arrived.get(event.client)
          if (waiting) waiting.push(event.message)
          else arrived.set(event.client, [event.message])
          return
        }
        case 'client':
          return connected(event.state)
        case 'gone':
          return disconnected(
            event.client,
            event.seq,
            event.down ? 'down' : leaving.delete(event.client) ? 'left' : 'closed',
          )
        case 'unit':
          advance(event.unit.seq)
          remember(event.unit)
          return changed(event.unit)
        case 'replaced':
          return replaced(event.head, event.clients, event.resumed ? 'lost' : 'taken')
        default:
      }
    }

    const replaced = (to: number, clients: readonly ClientState[], fate: 'taken' | 'lost') => {
      head = to
      gone.clear()
      const reopened = new Set<number>()
      set({ lanes: get().lanes.map((lane) => ({ ...lane, ...placeOf(lane, clients) })) })
      for (const state of clients) connected(state)
      for (const lane of get().lanes) {
        const isOpen = clients.find((state) => state.client === lane.client)?.queued !== null
        for (const entry of isOpen ? lane.entries.filter(({ seq }) => seq !== null && seq <= to).toReversed() : []) {
          if (!entry.prompt.includes('(TX)')) break
          reopened.add(entry.id)
        }
        const blocked = clients.find((state) => state.client === lane.client)?.blocked
        const waits = blocked && lane.entries.find((entry) => entry.seq === blocked.seq)
        if (waits) flying.set(lane.name, waits.id)
        else flying.delete(lane.name)
      }
      set({
        lanes: get().lanes.map((lane) => ({
          ...lane,
          entries: lane.entries.map((row) => {
            const entry = row.outcome && reopened.has(row.id) ? queuedAgain(row) : row
            if (entry.seq === null || entry.fate === 'lost' || entry.seq > to === (entry.fate === 'taken')) return entry
            const { fate: _, ...kept } = entry
            return entry.seq > to ? { ...kept, fate } : kept
          }),
        })),
      })
    }

    /** The messages of one turn, in one go; the flood's older part is only counted. */
    const receive = () => {
      for (const [client, messages] of arrived) {
        const lane = get().lanes.find((each) => each.client === client)
        if (lane) change(lane.name, (old) => capped({ ...old, entries: withPushed(old.entries, messages) }))
      }
      arrived.clear()
    }
    const withPushed = (entries: readonly Entry[], messages: readonly Reply[]): readonly Entry[] => {
      const before = entries.findLastIndex(({ pushed }) => !pushed) + 1
      const run = entries.slice(before).filter(({ unseen }) => unseen === undefined)
      const known = entries[before]?.unseen ?? 0
      const room = messages.slice(-mostPushed)
      const kept = run.slice(Math.max(0, run.length + room.length - mostPushed))
      const unseen = known + run.length - kept.length + messages.length - room.length
      const row = { seq: null, prompt: '', line: '', pushed: true } as const
      const counted = unseen === 0 ? [] : [{ ...row, id: known > 0 ? entries[before]!.id : nextId++, unseen }]
      return [
        ...entries.slice(0, before),
        ...counted,
        ...kept,
        ...room.map((reply) => ({ ...row, id: nextId++, reply })),
      ]
    }

    session.listen(hear)
    session.settled(() => {
      if (arrived.size > 0) receive()
      drain()
    })

    return {
      lanes: [],
      active: 'A',
      shown: [],
      focus: 0,

      type: (name, draft) => change(name, (lane) => ({ ...lane, draft })),
      bring(name) {
        ensure(name)
        toFront(name)
        if (get().active !== name) set({ active: name })
      },
      use(name) {
        toFront(name)
        set({ active: name, focus: get().focus + 1 })
      },
      add() {
        const name = letters.find((letter) => !get().lanes.some((lane) => lane.name === letter))
        if (name === undefined) return
        ensure(name)
        get().use(name)
        connect(name).catch(() => undefined)
      },
      rename: (name, title) => change(name, (lane) => ({ ...lane, title: title.trim().slice(0, longestTitle) })),
      hide(name) {
        const rest = get().shown.filter((each) => each !== name)
        if (rest.length === 0) return
        set({ shown: rest })
        if (get().active === name) get().use(rest[0]!)
      },
      close(name) {
        const lane = get().lanes.find((each) => each.name === name)
        if (!lane || lane.client === 0) return
        leaving.add(lane.client)
        session.ask({ do: 'disconnect', client: lane.client, act: true }).catch(() => leaving.delete(lane.client))
      },
      remove(name) {
        const { lanes, shown, active } = get()
        const rest = lanes.filter((lane) => lane.name !== name)
        if (rest.length === 0 || rest.length === lanes.length || lanes.some((l) => l.name === name && l.client !== 0))
          return
        flying.delete(name)
        const left = shown.filter((each) => each !== name)
        set({ lanes: rest, shown: left })
        if (active === name || left.length === 0) get().use(left[0] ?? rest[0]!.name)
      },
      submit(name, line) {
        if (line.trim() === '') return
        ensure(name)
        toFront(name)
        const lane = get().lanes.find((each) => each.name === name)
        if (!lane) return
        if (get().active !== name) set({ active: name })
        if (lane.history.at(-1) !== line)
          change(name, (old) => ({ ...old, history: [...old.history, line].slice(-mostHistory) }))
        if (lane.pasted?.stopped) get().letGo(name)
        const paste = ++pastes
        const waits = stateOf(lane.client)?.blocked
        if (flying.has(name) && !(waits && isOwn(line)))
          change(name, (old) => ({ ...old, queue: [...old.queue, { line, paste }] }))
        else run(name, { line, paste })
      },
      paste(name, text, together) {
        const lines = pastedLines(text)
        change(name, (lane) => ({ ...lane, history: [...lane.history, ...lines].slice(-mostHistory) }))
        begin(name, lines, 0, together)
      },
      goOn(name) {
        const pasted = get().lanes.find((each) => each.name === name)?.pasted
        if (pasted?.stopped) begin(name, pasted.stopped.rest, pasted.at)
      },
      letGo: (name) => change(name, (lane) => ({ ...lane, pasted: null })),
      write(name, line) {
        ensure(name)
        toFront(name)
        change(name, (lane) => ({ ...lane, draft: line }))
        set({ active: name, focus: get().focus + 1 })
      },
      cancel(name) {
        const lane = get().lanes.find((each) => each.name === name)
        if (!lane) return
        if (lane.pasted && !lane.pasted.stopped) dropPaste(name, lane.pasted.id, null)
        change(name, (old) => ({ ...old, queue: [] }))
        if (stateOf(lane.client)?.blocked)
          void session.ask({ do: 'cancel', client: lane.client }).catch(() => undefined)
      },
      clear: (name) =>
        change(name, (lane) => ({
          ...lane,
          dropped: 0,
          entries: lane.entries.filter((entry) => entry.id === flying.get(name) && entry.seq !== null),
        })),
      busy: (name) => flying.has(name) || get().lanes.some((lane) => lane.name === name && lane.queue.length > 0),
      restore(opened, saved, inView) {
        head = opened.head
        flying.clear()
        const shown = opened.clients.filter((state) => !hidden(state.name))
        const names = new Set([...saved, ...shown].map(({ name }) => name))
        const lanes = Array.from(names, (name): Lane => {
          const state = shown.find((each) => each.name === name)
          const kept = saved.find((each) => each.name === name)
          const lane = { ...emptyLane(0, name), ...kept, queue: [], dropped: 0, pasted: null }
          const entries = lane.entries.map((entry) => {
            const back = { ...returned(entry, opened.head, state), id: nextId++ }
            if (back.seq !== null && back.seq === state?.blocked?.seq) flying.set(name, back.id)
            return back
          })
          return { ...lane, ...placeOf(lane, shown), entries }
        })
        const known = inView?.filter((name) => names.has(name)) ?? []
        set({
          lanes: inOrder(lanes),
          shown: known.length > 0 ? known : inOrder(lanes).map(({ name }) => name),
          active: lanes.some((lane) => lane.name === get().active) ? get().active : (lanes[0]?.name ?? 'A'),
        })
      },
    }
  })
  return store
}

/** Which of these clients is the lane's: the one that it has, or one of its name. */
function placeOf({ client, name, lost }: Lane, clients: readonly ClientState[]): Pick<Lane, 'client' | 'lost'> {
  const own = clients.find((state) => state.client === client && state.name === name)
  const found = own ?? clients.findLast((state) => state.name === name)
  return found ? { client: found.client, lost: null } : { client: 0, lost: lost ?? 'closed' }
}

const inOrder = (lanes: readonly Lane[]) => [...lanes].sort((a, b) => (a.name < b.name ? -1 : 1))

const emptyLane = (client: ClientId, name: string): Lane => ({
  client,
  lost: null,
  name,
  title: '',
  entries: [],
  dropped: 0,
  history: [],
  draft: '',
  queue: [],
  pasted: null,
})

/** A row without what became of it. */
function queuedAgain(row: Entry): Entry {
  const { outcome: _, ...entry } = row
  return entry
}

/** A row without the end that it had before that was taken back. */
function unended(row: Entry): Entry {
  const { reply: _, cancelled: __, remark: ___, ...entry } = row
  return entry
}

/** The engine has it and has said nothing of it yet. */
export const isRunning = ({ sent, seq, reply, remark, cancelled }: Entry): boolean =>
  sent === true && seq === null && reply === undefined && !remark && !cancelled

const isQueued = (reply: Reply) => isTagged(reply) && reply.kind === 'status' && reply.text === 'QUEUED'

function capped(lane: Lane): Lane {
  if (lane.entries.length <= mostRows) return lane
  const cut = mostRows / 10
  return { ...lane, entries: lane.entries.slice(cut), dropped: lane.dropped + cut }
}

/** An entry as it comes back from the notebook: what the store never got is said to be lost. */
function returned(entry: Entry, head: number, state: ClientState | undefined): Entry {
  if (entry.seq === null) return isRunning(entry) ? { ...entry, remark: 'unanswered' } : entry
  if (entry.seq > head) return entry.fate === 'taken' ? entry : { ...entry, fate: 'lost' }
  const answered = entry.reply !== undefined || entry.cancelled || entry.remark
  return answered || state?.blocked?.seq === entry.seq ? entry : { ...entry, remark: 'unanswered' }
}
