// What a command changed, as the line under its reply says it: facts that are kept with the row (plain JSON, cut to what
// a line has room for), and the sentence made of them in the language that is on.
import type { Change, Kind, KeySummary, Spot, UnitReport } from '../../session/protocol.ts'
import { text, type Bytes } from '../../wire/bytes.ts'
import type { Messages } from '../i18n/index.ts'

const mostKeys = 3
const mostSpots = 3
const mostCharacters = 40
/** Characters of several keys before "and so many more". */
const mostTogether = 40

/** One key's change, with no more places than are told. */
export interface Told {
  readonly key: Bytes
  /** Null: in the database in which the client was. */
  readonly db: number | null
  readonly event: string
  readonly was: KeySummary | null
  readonly now: KeySummary | null
  readonly spots: readonly Spot[]
  /** How many places more. */
  readonly more: number
}

export interface Changes {
  readonly command: string
  /** Engine time. */
  readonly at: number
  readonly keys: readonly Told[]
  /** How many keys more, which are not told. */
  readonly more: number
}

/** What is kept of a unit of work; null where nothing changed. */
export function changesOf(unit: UnitReport, db: number): Changes | null {
  const { changes, more, command, at } = unit
  const real = changes.filter(isReal)
  if (real.length + more === 0) return null
  const keys = real.slice(0, mostKeys).map((change): Told => {
    const spots = change.spots.slice(0, mostSpots)
    const { key, event, was, now } = change
    return {
      key,
      db: change.db === db ? null : change.db,
      event,
      was,
      now,
      spots,
      more: change.spots.length - spots.length,
    }
  })
  return { command: command?.toUpperCase() ?? '', at, keys, more: more + real.length - keys.length }
}

/** A key that was not there before and is not there after (a list that was filled and emptied) is not worth a word. */
const isReal = ({ was, now }: Change) => was !== null || now !== null

/** The whole sentence. Of many keys as many are told as leave room for how many there are. */
export function changeLine(t: Messages, { keys, more, ...unit }: Changes): string {
  const told = keys.map((each) => one(t, each, unit))
  const room = keys.length + more > mostKeys && told.join(' · ').length > mostTogether ? 1 : told.length
  const rest = more + told.length - room
  return [...told.slice(0, room), ...(rest > 0 ? [t.moreKeys(rest)] : [])].join(' · ')
}

function one(t: Messages, told: Told, unit: { command: string; at: number }): string {
  const { was, now } = told
  const key = `${told.db === null ? '' : `[${told.db}] `}${clipped(told.key)}`
  if (!now) return `− ${key}${told.event === 'expired' ? ` ${t.expired}` : ''}`
  if (!was) return `+ ${key} ${[held(t, now), ttlOfNew(t, now, unit.at)].join(', ')}`
  const said = [...became(t, told, was, now), ...ttl(t, was, now, unit)]
  return `~ ${key} ${said.length > 0 ? said.join(', ') : t.written}`
}

/** What a new key holds. */
const held = (t: Messages, now: KeySummary): string =>
  whole(now) === null
    ? `${t.typeWord(now.kind)}, ${t.size(now.kind, now.size)}`
    : `${t.typeWord(now.kind)} ${value(now.peek!)}`

/** A string that is known to its end. */
const whole = (summary: KeySummary): Bytes | null =>
  summary.kind === 'string' && summary.peek !== undefined && summary.size <= summary.peek.length ? summary.peek : null

function became(t: Messages, told: Told, was: KeySummary, now: KeySummary): string[] {
  if (was.kind !== now.kind) return [`${t.typeWord(was.kind)} → ${held(t, now)}`]
  if (now.kind === 'string') return string(t, was, now)
  const spots = told.spots.flatMap((spot) => place(now.kind, spot))
  if (spots.length === 0) return was.size === now.size ? [] : [resized(t, was, now)]
  const rest = told.more > 0 ? [t.moreOf(now.kind, told.more)] : []
  return now.kind === 'list' && was.size !== now.size ? [...spots, ...rest, resized(t, was, now)] : [...spots, ...rest]
}

const resized = (t: Messages, was: KeySummary, now: KeySummary) =>
  `${was.size.toLocaleString('en')} → ${t.size(now.kind, now.size)}`

function string(t: Messages, was: KeySummary, now: KeySummary): string[] {
  const [before, after] = [whole(was), whole(now)]
  if (before === null || after === null) return was.size === now.size ? [] : [resized(t, was, now)]
  return before === after ? [] : [`${value(before)} → ${value(after)}`]
}

function place(kind: Kind, spot: Spot): string[] {
  switch (spot.at) {
    case 'field':
      return [moved(clipped(spot.field), spot.before && value(spot.before), spot.after && value(spot.after))]
    case 'member':
      return kind === 'set'
        ? [`${spot.after === null ? '−' : '+'}${clipped(spot.member)}`]
        : [moved(clipped(spot.member), score(spot.before), score(spot.after))]
    case 'index':
      return [moved(`[${spot.index}]`, spot.before && value(spot.before), spot.after && value(spot.after))]
    default:
      return []
  }
}

const score = (of: number | null) => (of === null ? null : String(of))

function moved(name: string, before: string | null, after: string | null): string {
  if (after === null) return `−${name}`
  return before === null ? `+${name} ${after}` : `${name} ${before} → ${after}`
}

function ttlOfNew(t: Messages, { expireAt }: KeySummary, at: number): string {
  return expireAt === null ? t.noExpiry : t.ttlSet(duration(t, expireAt - at))
}

function ttl(
  t: Messages,
  was: KeySummary,
  now: KeySummary,
  { command, at }: { command: string; at: number },
): string[] {
  if (was.expireAt === now.expireAt) return was.expireAt === null ? [] : [t.ttlKept]
  if (was.expireAt === null) return [t.ttlSet(duration(t, now.expireAt! - at))]
  const before = duration(t, was.expireAt - at)
  return [now.expireAt === null ? t.ttlRemoved(command, before) : t.ttlMoved(before, duration(t, now.expireAt - at))]
}

/** A time in its two greatest units, as people say it. */
export function duration(t: Messages, ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (ms < 1000) return t.timeSpan([[Math.max(0, Math.round(ms)), 'ms']])
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  return t.timeSpan(parts.slice(first, first + 2).filter(([count]) => count > 0))
}

const number = /^-?\d+(?:\.\d+)?$/

/** A value as a person reads it: numbers as they are, all else in quotes. */
export const value = (bytes: Bytes): string => (number.test(bytes) && bytes.length < 24 ? bytes : `"${clipped(bytes)}"`)

/** A name that may be long. */
export function clipped(bytes: Bytes): string {
  const shown = text(bytes.slice(0, 4 * mostCharacters) as Bytes)
  return shown.length > mostCharacters ? `${shown.slice(0, mostCharacters - 1)}…` : shown
}
