// A lesson as data. It comes from Markdown (format.ts) and is drawn by components; nothing in it is HTML or code to run
// in the page. Machine parts (setup, run, check, solution, expect) live once; prose and hints are per language.
import type { Bytes } from '../wire/bytes.ts'
import type { Language } from '../wire/text.ts'

export interface Lesson {
  /** Stable: progress and links name it. */
  readonly id: string
  /** The track it belongs to: its folder's name without the number before it. */
  readonly track: string
  /** Language of the prose. */
  readonly language: Language
  readonly title: string
  readonly minutes: number
  /** Names of the learner's clients, A first. */
  readonly clients: readonly string[]
  /** Names of others who act on cue, each with a client of its own. */
  readonly actors: readonly string[]
  readonly db: number
  /** Run once, quietly, before the first step; each line by its client, on the lesson's database. */
  readonly setup: readonly Line[]
  readonly steps: readonly Step[]
}

export interface Step {
  readonly id: string
  readonly title: string
  /** Prose and runnable lines, in reading order. */
  readonly body: readonly Block[]
  readonly checks: readonly Check[]
  /** From a nudge to the command itself. */
  readonly hints: readonly (readonly Block[])[]
  /** Hints that come by themselves, when something is seen. */
  readonly reactions: readonly Reaction[]
  /** What others do, each thing once in the step. */
  readonly cues: readonly Cue[]
  readonly solution: readonly Line[]
}

/** A hint that comes by itself as soon as its test holds. */
export interface Reaction {
  readonly when: Test
  readonly says: readonly Block[]
}

/** Actors run these lines as soon as the test holds; null: when the step begins. */
export interface Cue {
  readonly when: Test | null
  readonly lines: readonly (Typed | Befall)[]
}

/** One thing that happens when a lesson is played. */
export type Line = Typed | Skip | Interrupt | Befall

/** A line typed by a client, and what redis-cli prints for it (whenever that comes) where the lesson states it. */
export interface Typed {
  readonly client: string
  readonly line: string
  readonly expect?: string
}

/** The clock is moved ahead. */
export interface Skip {
  /** Ms of engine time. */
  readonly skip: number
}

/** Ctrl+C in a client's console: what it waits for is given up. */
export interface Interrupt {
  readonly interrupt: string
}

/** What is done to the server by nobody's command. */
export interface Befall {
  /** It is killed, or ended and started again; its disk is full, or no longer. */
  readonly server: 'crash' | 'restart' | 'full' | 'free'
}

export const isTyped = (line: Line): line is Typed => 'line' in line

export type Block =
  | { readonly kind: 'paragraph'; readonly text: readonly Inline[] }
  | { readonly kind: 'heading'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  /** Code that is only shown. */
  | { readonly kind: 'code'; readonly language: string; readonly code: string }
  /** Lines that can be run with a click, each in its client; `interrupts`: one that waits there is freed first. */
  | { readonly kind: 'run'; readonly lines: readonly Line[]; readonly interrupts?: true }
  /** One line whose reply is to be foretold: chosen from `choices` (the true one among them), or typed where there are none. */
  | {
      readonly kind: 'predict'
      readonly typed: Typed & { readonly expect: string }
      readonly choices: readonly string[]
    }
  /** The same in redis-py, with what Python prints. */
  | { readonly kind: 'python'; readonly code: string }

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly text: readonly Inline[] }
  /** https: only; the format refuses others. */
  | { readonly kind: 'link'; readonly href: string; readonly text: readonly Inline[] }

/** One line of the goal strip: `says` is the sentence shown, `test` is what must hold. */
export interface Check {
  /** The sentence in the lesson's language, as plain text. */
  readonly says: string
  readonly test: Test
  /** Once true stays true, or must hold now. */
  readonly mode: 'latched' | 'live'
}

export type Test = Probe | Replied | State | Befell

/** A read-only command by peek; its answer satisfies `wants`. */
export interface Probe {
  readonly kind: 'probe'
  readonly db: number
  readonly argv: readonly Bytes[]
  readonly wants: Wants
}

/** What a client's command was answered since the step began. */
export interface Replied {
  readonly kind: 'replied'
  /** Null: any client. */
  readonly client: string | null
  /** The command's name in any case, then words that are among its arguments, in any order, as they are. */
  readonly command: readonly Bytes[]
  readonly wants: Wants
}

/** What the server went through since the step began. */
export interface Befell {
  readonly kind: 'befell'
  /** `restarted`: by SHUTDOWN, too. `saved`: a snapshot was written whole. */
  readonly what: 'crashed' | 'restarted' | 'saved'
}

/** A client's state now. */
export interface State {
  readonly kind: 'state'
  readonly client: string
  readonly is: 'in transaction' | 'blocked' | 'watching' | 'subscribed' | 'on database'
  /** The key it watches or waits for, the channel or pattern it listens to, its database's number; null: any. */
  readonly key: Bytes | null
}

/** What an answer must be; answers are compared by the text that redis-cli shows for them. */
export type Wants =
  | { readonly op: 'is'; readonly shown: string }
  | { readonly op: 'is not'; readonly shown: string }
  /** One of the array's elements is this. */
  | { readonly op: 'has'; readonly shown: string }
  /** Anything but an error. */
  | { readonly op: 'any' }
  /** Anything at all. */
  | { readonly op: 'whatever' }
  /** An error that begins with these words. */
  | { readonly op: 'fails'; readonly code: string }
  /** Compared as integers. */
  | { readonly op: 'between'; readonly low: number; readonly high: number }

/** What a test found; `seen` says what was there, as redis-cli would show it; empty where nothing was answered yet. */
export interface Finding {
  readonly holds: boolean
  readonly seen: string
}
