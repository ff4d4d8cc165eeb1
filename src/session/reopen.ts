// A stored session becomes a timeline again. Its images are the truth, for they are read, not computed; the log goes on
// from there. What another version of the engine wrote last is believed only where this one plays it to the very same
// image; else history begins at the image. What came after the image has to be done again by this engine, and that is
// told. Loaded when there is a session to be opened.
import type { Moment, Stored } from '../storage/store.ts'
import { decodeLog } from './log-reading.ts'
import { Timeline, type Played, type TimelineState } from './timeline.ts'

export interface Reopened {
  readonly timeline: Timeline
  /** Commands of another engine's that were done again. */
  readonly replayed: number
  /** The store is to be written anew. */
  readonly differs: boolean
}

export function reopen(stored: Stored, build: string, played: Played): Reopened {
  const log = decodeLog(stored.log)
  const undone = stored.undone.map(decodeLog)
  const { base, nextSeq, floor, latest } = stored
  const differs = stored.mended !== null
  if (latest && (!base || latest.index > log.length)) {
    const state = { base: latest.image, log: log.slice(latest.index), undone, nextSeq, floor: latest.head }
    return { timeline: new Timeline(state), replayed: 0, differs }
  }
  const state = { base: base!, log, undone, nextSeq, floor }
  if (stored.build !== build) return fromAnother(state, latest)
  return { timeline: new Timeline(state, latest ?? undefined, played), replayed: 0, differs }
}

function fromAnother(state: TimelineState, latest: Moment | null): Reopened {
  const { log, nextSeq } = state
  const rest = log.slice(latest?.index ?? 0)
  const replayed = rest.filter(({ input }) => input.do === 'send').length
  const timeline =
    !latest || isPlayedTo(state, latest)
      ? new Timeline(state, latest ?? undefined)
      : new Timeline({ base: latest.image, log: rest, undone: [], nextSeq, floor: latest.head })
  return { timeline, replayed, differs: true }
}

function isPlayedTo({ base, log, floor, nextSeq }: TimelineState, { index, image }: Moment): boolean {
  try {
    const played = new Timeline({ base, log: log.slice(0, index), undone: [], nextSeq, floor }).engine.image()
    return played.length === image.length && played.every((byte, i) => byte === image[i])
  } catch {
    return false
  }
}
