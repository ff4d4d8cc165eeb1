// Runs a script's commands, one after the other, as if they were typed into their clients' consoles: there their rows
// appear, and from there undo takes them back. The next command goes when the one before has answered, or waits (BLPOP):
// then other clients go on, and only a line for the client that waits holds the script up. An error stops it, unless the
// script says that it comes.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { join } from '../../wire/line.ts'
import { text } from '../../wire/bytes.ts'
import { isError } from '../../wire/reply.ts'
import { argvOf, ownWords, wishOf } from '../stores/cli.ts'
import type { Entry } from '../stores/console.ts'
import type { Stores } from '../stores/index.ts'
import { carried } from './carry.ts'
import { holds } from './expect.ts'
import type { Command } from './split.ts'

/** A command that was sent, and what came of it. */
export interface Result extends Command {
  readonly id: number
  readonly client: string
  readonly state: 'runs' | 'waits' | 'done' | 'failed'
  /** Its row in the console; null before there is one, and where it leaves none (clear). */
  readonly row: Entry | null
  /** Whether it answered what the script says; null where it says nothing, or there is no answer yet. */
  readonly holds: boolean | null
}

export interface RunState {
  readonly results: readonly Result[]
  /** Commands that are still to be sent. */
  readonly todo: readonly Command[]
  /** Of how many commands this run is, and how many of them were sent. */
  readonly total: number
  readonly sent: number
  /** The client that the next command waits for. */
  readonly held: string | null
  /** Why the run ended before its end, and what it left. */
  readonly stopped: { readonly failed: Result | null; readonly rest: readonly Command[] } | null
}

export interface Runner {
  readonly store: StoreApi<RunState>
  /** Runs these commands; where a run is held up by a client that waits, they go first. */
  readonly run: (commands: readonly Command[], client: string) => void
  readonly stop: () => void
  /** Runs what was left when it stopped. */
  readonly goOn: (client: string) => void
  readonly letGo: () => void
  readonly leave: () => void
}

const nothing: RunState = { results: [], todo: [], total: 0, sent: 0, held: null, stopped: null }

/** Rows before this one were there before the command. */
interface Flight {
  readonly id: number
  readonly command: Command
  readonly client: string
  readonly after: number
}

export function createRunner({
  console: consoles,
  session,
  script,
}: Pick<Stores, 'console' | 'session' | 'script'>): Runner {
  const store = createStore<RunState>()(() => nothing)
  const { getState: now, setState: set } = store
  let ids = 0
  let flights: readonly Flight[] = []
  let chosen = 'A'
  let asked = false

  const laneOf = (name: string) => consoles.getState().lanes.find((lane) => lane.name === name)
  const waits = (name: string) =>
    session.getState().clients.some(({ client, blocked }) => blocked && client === laneOf(name)?.client)
  const amend = (id: number, how: Partial<Result>) =>
    set({ results: now().results.map((result) => (result.id === id ? { ...result, ...how } : result)) })

  function send(command: Command, client: string): void {
    const flight = { id: ++ids, command, client, after: laneOf(client)?.entries.at(-1)?.id ?? 0 }
    const result: Result = { ...command, id: flight.id, client, state: 'runs', row: null, holds: null }
    const others = now().results.filter(({ line, end }) => end < command.line || line > command.end)
    const results = [...others, result].toSorted((a, b) => a.line - b.line)
    set({ results, todo: now().todo.slice(1), sent: now().sent + 1, held: null })
    flights = [...flights, flight]
    consoles.getState().submit(client, command.text)
  }

  /** What became of the commands under way. */
  function look(): void {
    for (const flight of flights) {
      const { row, ended } = found(flight)
      const state: Result['state'] = ended ? outcome(flight.command, row) : waits(flight.client) ? 'waits' : 'runs'
      const known = now().results.find(({ id }) => id === flight.id)
      const result = { state, row, holds: ended ? verdict(flight.command, row) : null }
      if (known && (known.state !== state || known.row !== row)) amend(flight.id, result)
      if (!ended) continue
      flights = flights.filter((each) => each !== flight)
      // Freed or taken back by the person, it is no failure of the command's.
      const isHalted = row?.cancelled === true || row?.fate !== undefined
      if (state === 'failed') halt(known && !isHalted ? { ...known, ...result } : null)
    }
  }

  /** The row that tells what came of a command, as far as it has come. */
  function found({ command, client, after }: Flight): { readonly row: Entry | null; readonly ended: boolean } {
    const rows = laneOf(client)?.entries.filter(({ id, pushed }) => id > after && !pushed) ?? []
    const wish = wishOf(command.text)
    const isOne = wish.do !== 'call' && (wish.do !== 'send' || wish.times === 1)
    if (isOne && rows[0]) return { row: rows[0], ended: isOver(rows[0]) }
    const lines = [command.text, join(argvOf(command.text), text)]
    const row = rows.findLast(({ line }) => lines.includes(line)) ?? rows.at(-1) ?? null
    return { row, ended: !consoles.getState().busy(client) }
  }

  function halt(failed: Result | null): void {
    const { todo, stopped } = now()
    // What it was stopped in the middle of, ends later: that is no news.
    if (stopped && todo.length === 0) return
    set({ todo: [], held: null, stopped: todo.length > 0 || failed ? { failed, rest: todo } : null })
  }

  function go(): void {
    look()
    for (let next = now().todo[0]; next; next = now().todo[0]) {
      if (flights.some(({ client }) => !waits(client))) return
      const client = next.client ?? chosen
      if (consoles.getState().busy(client)) {
        if (now().held !== client) set({ held: client })
        return
      }
      send(next, client)
      look()
    }
  }

  /** The stores may be in the middle of a change: what follows from it waits until it is done. */
  function soon(): void {
    if (asked || (flights.length === 0 && now().todo.length === 0)) return
    asked = true
    queueMicrotask(() => {
      asked = false
      go()
    })
  }

  const leaves = [
    consoles.subscribe(soon),
    session.subscribe(soon),
    script.subscribe((after, before) => {
      if (after.opened !== before.opened) {
        flights = []
        return set(nothing)
      }
      if (after.text === before.text) return
      const move = <T extends Command>(list: readonly T[]) => carried(list, before.text, after.text)
      const { stopped, results, todo } = now()
      set({ results: move(results), todo: move(todo), stopped: stopped && { ...stopped, rest: move(stopped.rest) } })
    }),
  ]

  function run(commands: readonly Command[], client: string): void {
    const { todo, held, total, sent } = now()
    if (commands.length === 0 || (todo.length > 0 && held === null)) return
    if (todo.length === 0) chosen = client
    // Those that go first are meant for the client that is chosen now; those behind them for the one chosen then.
    const first = commands.map((command) => ({ ...command, client: command.client ?? client }))
    const more = todo.length > 0
    set({
      todo: [...first, ...todo],
      total: (more ? total : 0) + commands.length,
      sent: more ? sent : 0,
      held: null,
      stopped: null,
    })
    go()
  }

  return {
    store,
    run,
    stop() {
      halt(null)
      for (const { client } of flights) consoles.getState().cancel(client)
    },
    goOn: (client) => run(now().stopped?.rest ?? [], client),
    letGo: () => set({ stopped: null }),
    leave: () => leaves.forEach((each) => each()),
  }
}

const isOver = ({ reply, cancelled, local, remark, fate }: Entry): boolean =>
  reply !== undefined || local !== undefined || remark !== undefined || cancelled === true || fate !== undefined

const isOwn = ({ text: line }: Command): boolean => {
  const { do: wish } = wishOf(line)
  return wish === 'help' || wish === 'draw' || ownWords.includes(line.trim())
}

function verdict({ expected, text: line }: Command, row: Entry | null): boolean | null {
  if (expected === null) return null
  if (row?.reply === undefined) return row?.local !== undefined && expected.join('\n') === row.local
  return holds(expected, argvOf(line), row.reply)
}

function outcome(command: Command, row: Entry | null): 'done' | 'failed' {
  if (row === null || isOwn(command)) return 'done'
  if (row.reply !== undefined && !isError(row.reply)) return 'done'
  return verdict(command, row) ? 'done' : 'failed'
}
