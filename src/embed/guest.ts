// The frame's side of the messages. The page around is nobody's friend: it may be any page. So the frame speaks to one
// origin alone, which the address that it was opened with names, and hears only its own parent, from that very origin. A
// page that names another origin than its own hears nothing and is not heard. What is not a message of ours, whole and
// within bounds, is as if it had not come.
import type { Answers, Ask, Asked, Message, Said } from './protocol.ts'

export type Desk = {
  readonly [what in Asked['do']]: (asked: Extract<Asked, { do: what }>) => Promise<Answers[what]>
}

/** The little of a window that is used. */
export interface Surroundings {
  readonly parent: Pick<Window, 'postMessage'>
  addEventListener(type: 'message', hear: (event: MessageEvent) => void): void
}

/** Asks that may wait for their answers at once; more are refused. */
const mostWaiting = 100
const mostLines = 1000
const mostCharacters = 100_000
const longestName = 100

/** The origin that is meant, or null: only that of a page by http or https can be told from others. */
export function hostOf(told: string | null): string | null {
  try {
    const { origin, protocol } = new URL(told ?? '')
    return origin === told && /^https?:$/.test(protocol) ? origin : null
  } catch {
    return null
  }
}

export interface Guest {
  readonly say: (said: Said) => void
  /** The session is open: asks are answered from now on, and those that came before. */
  readonly begin: (ready: Extract<Said, { on: 'ready' }>, desk: Desk) => void
}

/**
 * `host` is the origin to speak with; null: with nobody. `isOpaque`: this frame has no origin that the page could name
 * when it writes (a bare sandbox), so its `ready` brings a port to write to, which nobody else can have.
 */
export function createGuest(around: Surroundings, host: string | null, isOpaque: boolean): Guest {
  const { parent } = around
  const isTop = parent === (around as unknown)
  if (host === null || isTop) return { say: () => {}, begin: () => {} }

  let desk: Desk | null = null
  let waiting = 0
  const early: Ask[] = []

  const say = (said: Said, ports: MessagePort[] = []) => {
    const message: Message = { rediscover: 1, ...said }
    parent.postMessage(message, host, ports)
  }

  function take(data: unknown): void {
    const ask = readAsk(data)
    if (!ask) return
    const { id } = ask
    if (waiting >= mostWaiting) return say({ on: 'refusal', id, message: 'too many asks at once' })
    waiting++
    if (desk) answer(desk, ask)
    else early.push(ask)
  }

  function answer(desk: Desk, ask: Ask): void {
    const { id } = ask
    const work = desk[ask.do] as (asked: Asked) => Promise<Answers[keyof Answers]>
    work(ask)
      .then(
        (value) => say({ on: 'answer', id, value }),
        (error: unknown) => say({ on: 'refusal', id, message: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => waiting--)
  }

  if (!isOpaque)
    around.addEventListener('message', ({ source, origin, data }) => {
      if (source === parent && origin === host) take(data)
    })

  return {
    say,
    begin(ready, given) {
      desk = given
      if (isOpaque) {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = ({ data }) => take(data)
        say(ready, [port2])
      } else say(ready)
      for (const ask of early.splice(0)) answer(given, ask)
    },
  }
}

type Found = Readonly<Partial<Record<string, unknown>>>

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most
const isName = (value: unknown): value is string => isText(value, longestName)
const isOneOf =
  (...values: readonly string[]) =>
  (value: unknown) =>
    typeof value === 'string' && values.includes(value)
const isAbsentOr = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value)
const isStep = (value: unknown) => isName(value) || (Number.isSafeInteger(value) && (value as number) > 0)
const isId = (value: unknown): value is string | number => isName(value) || Number.isFinite(value)
const areLines = (value: unknown) =>
  Array.isArray(value) &&
  value.length <= mostLines &&
  value.every((line) => isText(line, mostCharacters)) &&
  (value as readonly string[]).reduce((sum, { length }) => sum + length, 0) <= mostCharacters

/** The fields of each ask; where there are two sets, one of them. */
const shapes: Readonly<Record<Asked['do'], readonly Readonly<Record<string, (value: unknown) => boolean>>[]>> = {
  load: [{ lesson: isName, step: isAbsentOr(isStep) }, { link: (link) => isText(link, mostCharacters) }],
  run: [{ lines: areLines, client: isAbsentOr(isOneOf('A', 'B', 'C', 'D', 'E', 'F')) }],
  reset: [{ what: isAbsentOr(isOneOf('all', 'step')) }],
  setLanguage: [{ language: isOneOf('en', 'ko') }],
  setTheme: [{ theme: isOneOf('light', 'dark', 'auto') }],
  getState: [{}],
  link: [{}],
}

/** The ask that this is, or null. Nothing is taken over but the fields of its shape. */
export function readAsk(data: unknown): Ask | null {
  if (typeof data !== 'object' || data === null) return null
  const found = data as Found
  const { rediscover, id, do: what } = found
  if (rediscover !== 1 || !isId(id) || typeof what !== 'string' || !Object.hasOwn(shapes, what)) return null
  const fits = shapes[what as Asked['do']].find((shape) =>
    Object.entries(shape).every(([field, is]) => is(own(found, field))),
  )
  if (!fits) return null
  const fields = Object.keys(fits).flatMap((field) => {
    const value = own(found, field)
    return value === undefined ? [] : [[field, value] as const]
  })
  return { rediscover, id, do: what, ...Object.fromEntries(fields) } as unknown as Ask
}

const own = (found: Found, field: string) => (Object.hasOwn(found, field) ? found[field] : undefined)
