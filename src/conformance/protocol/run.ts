// The fuzzer of the protocol itself: good and broken bytes, whole and in pieces, to our host and to the real server. Every
// byte that comes back must be the same, and so must the end: the connection goes on, waits, or is closed.
import { repr } from '../../wire/line.ts'
import { cutDown } from '../fuzz/cut.ts'
import { Divergence, type FuzzOptions, type FuzzResult } from '../fuzz/run.ts'
import type { Report } from '../report.ts'
import { allKinds, write, type Conversation } from './grammar.ts'
import { Lane, type Outcome } from './lane.ts'

/** Conversations under way at once. */
const LANES = 8

/** As many lanes on either side. */
export interface Lanes {
  readonly ours: readonly Lane[]
  readonly real: readonly Lane[]
}

export async function openLanes(ourPort: number, realPort: number): Promise<Lanes> {
  const open = (port: number) => Promise.all(Array.from({ length: LANES }, () => Lane.open(port)))
  return { ours: await open(ourPort), real: await open(realPort) }
}

export function closeLanes({ ours, real }: Lanes): void {
  for (const lane of [...ours, ...real]) lane.close()
}

/** True where these groups name it; no group: all are meant. */
export const speaksOfBytes = (groups: readonly string[]): boolean => groups.length === 0 || groups.includes('protocol')

/**
 * Broken bytes answer with errors by their nature, so that this group has a rule of its own: each kind of sentence was sent,
 * and each end was reached by at least so large a share of the conversations.
 */
const LEAST = { answers: 0.25, closes: 0.15, waits: 0.02 } as const

interface Pair {
  readonly ours: Outcome
  readonly real: Outcome
}

/** Of a protocol conversation a "command" is a sentence: mostly one request, at times an empty line or several requests. */
export async function speak(lanes: Lanes, options: FuzzOptions, report: Report): Promise<FuzzResult> {
  const reached = new Reached()
  let fine = true
  let commands = 0
  for (let from = 0; from < options.sequences && (fine || options.all); from += lanes.ours.length) {
    const batch = lanes.ours.map((_, lane) => options.seed * 1_000_003 + from + lane)
    const found = await Promise.all(
      batch.map(async (seed, lane) => {
        const conversation = write(seed)
        return {
          conversation,
          seed,
          lane,
          pair: await playTwice(conversation, seed, lanes.ours[lane]!, lanes.real[lane]!),
        }
      }),
    )
    const passed = await report.check(`protocol: seed ${options.seed}, from ${from}`, async () => {
      for (const { conversation, seed, lane, pair } of found) {
        if (differs(pair)) throw new Divergence(await explain(conversation, seed, lanes.ours[lane]!, lanes.real[lane]!))
        commands += conversation.sentences.length
        reached.note(conversation, pair.real)
      }
    })
    fine = fine && passed
  }
  if (fine) fine = await report.check(`protocol: what seed ${options.seed} has reached`, () => reached.check())
  return { commands, fine, share: reached.share('answers') }
}

async function play(conversation: Conversation, seed: number, ours: Lane, real: Lane): Promise<Pair> {
  const [mine, judge] = await Promise.all([ours.play(conversation, seed), real.play(conversation, seed)])
  return { ours: mine, real: judge }
}

const differs = ({ ours, real }: Pair) => ours.bytes !== real.bytes || ours.end !== real.end

/** That a server is quiet is known by asking it; on a busy machine its end may come a little later. So a difference must show twice. */
async function playTwice(conversation: Conversation, seed: number, ours: Lane, real: Lane): Promise<Pair> {
  const found = await play(conversation, seed, ours, real)
  return differs(found) ? play(conversation, seed, ours, real) : found
}

async function explain(conversation: Conversation, seed: number, ours: Lane, real: Lane): Promise<string> {
  let least = conversation
  const retry = async (candidate: Conversation) => {
    if (!differs(await play(candidate, seed, ours, real))) return false
    least = candidate
    return true
  }
  await retry({ ...conversation, cuts: 'whole' })
  await cutDown(conversation.sentences, async (sentences) =>
    (await retry({ ...least, sentences })) ? sentences : null,
  )
  const found = await play(least, seed, ours, real)
  const told = ({ bytes, end }: Outcome) => `${end} ${repr(bytes)}`
  const lines = least.sentences.map(({ kind, bytes }) => `${kind}: ${repr(bytes)}`)
  return `cut: ${least.cuts}\n${lines.join('\n')}\nredis-server: ${told(found.real)}\nours:         ${told(found.ours)}`
}

/** What a run has seen. */
class Reached {
  readonly #kinds = new Set<string>()
  readonly #ends = { answers: 0, closes: 0, waits: 0 }
  #conversations = 0

  note({ sentences }: Conversation, { end }: Outcome): void {
    this.#conversations++
    this.#ends[end]++
    for (const { kind } of sentences) this.#kinds.add(kind)
  }

  share(end: Outcome['end']): number {
    return this.#ends[end] / Math.max(1, this.#conversations)
  }

  check(): void {
    const missed = allKinds.filter((kind) => !this.#kinds.has(kind))
    if (missed.length > 0) throw new Divergence(`never sent:\n  ${missed.join('\n  ')}`)
    for (const end of ['answers', 'closes', 'waits'] as const)
      if (this.share(end) < LEAST[end]) throw new Divergence(`too few conversations in which the server ${end}`)
  }
}
