// What a page and the frame that it embeds say to each other, by postMessage: types only, one union each way. Every
// message bears the version; what does not fit these types is ignored. Texts are texts (UTF-8), never bytes.

/** In each message, both ways. */
export interface Envelope {
  readonly rediscover: 1
}

export type Mode = 'full' | 'lesson' | 'console' | 'console+keys'
export type Theme = 'light' | 'dark' | 'auto'
export type Language = 'en' | 'ko'

// ---------------------------------------------------------------- the page asks

export type Asked =
  /** Opens a lesson, at a step (its id, or its number from 1), or what a link holds (the whole link, or from its # on). */
  | { readonly do: 'load'; readonly lesson: string; readonly step?: string | number }
  | { readonly do: 'load'; readonly link: string }
  /** Runs lines in a client's console, one after the other, as if they were typed there. Stops behind an error. */
  | { readonly do: 'run'; readonly lines: readonly string[]; readonly client?: string }
  /** Begins the lesson again, or only its step; without a lesson, empties the server. */
  | { readonly do: 'reset'; readonly what?: 'all' | 'step' }
  | { readonly do: 'setLanguage'; readonly language: Language }
  | { readonly do: 'setTheme'; readonly theme: Theme }
  | { readonly do: 'getState' }
  /** A link to the session as it is now; null where it is too large for one. */
  | { readonly do: 'link' }

/** `id` is the asker's own: the answer bears it. */
export type Ask = Envelope & Asked & { readonly id: string | number }

export interface Answers {
  load: State
  run: readonly Result[]
  reset: State
  setLanguage: State
  setTheme: State
  getState: State
  link: string | null
}

/** A line that was run. */
export interface Result {
  readonly client: string
  readonly line: string
  /** As redis-cli shows it, at most 20,000 characters; null: none came (it was stopped, or is no command). */
  readonly reply: string | null
  readonly isError: boolean
}

export interface State {
  readonly mode: Mode
  readonly language: Language
  readonly theme: Theme
  readonly lesson: Where | null
  /** The consoles there are. */
  readonly clients: readonly string[]
  /** Keys in all databases. */
  readonly keys: number
  /** False: nothing can be stored here, and the work goes with the page. */
  readonly isKept: boolean
}

/** Where the learner is in a lesson. */
export interface Where {
  readonly lesson: string
  readonly title: string
  /** The step's id, and its number from 1. */
  readonly step: string
  readonly number: number
  /** How many steps there are, and the ids of those that are done. */
  readonly steps: number
  readonly done: readonly string[]
}

// ---------------------------------------------------------------- the frame says

export type Said =
  /** The session is open: the frame hears from now on. */
  | { readonly on: 'ready'; readonly state: State }
  /** A command was sent; `seq` is its place in the session's log. */
  | { readonly on: 'command'; readonly client: string; readonly line: string; readonly seq: number }
  | ({ readonly on: 'reply'; readonly seq: number } & Result)
  /** Keys that one command changed, at most 100; `more` counts the rest. */
  | { readonly on: 'change'; readonly keys: readonly ChangedKey[]; readonly more: number }
  /** Another step is open, or one more is done. */
  | ({ readonly on: 'step' } & Where)
  /** The last open step was done. */
  | { readonly on: 'completed'; readonly receipt: Receipt }
  | { readonly on: 'error'; readonly message: string }
  /** How high the frame would like to be, in px. */
  | { readonly on: 'resize'; readonly height: number }
  /** What an ask came to. */
  | { readonly on: 'answer'; readonly id: string | number; readonly value: Answers[keyof Answers] }
  | { readonly on: 'refusal'; readonly id: string | number; readonly message: string }

export type Message = Envelope & Said

export interface ChangedKey {
  readonly db: number
  readonly key: string
  /** The keyspace event's name, as Redis has it: set, hset, del, expired … */
  readonly event: string
  /** What the key holds now; null: it is gone. */
  readonly type: string | null
}

/** What a learner did to complete a lesson. */
export interface Receipt {
  readonly lesson: string
  readonly title: string
  readonly steps: readonly {
    readonly id: string
    readonly title: string
    /** Done only after its solution was shown. */
    readonly isShown: boolean
    /** Commands that were run while it was open. */
    readonly attempts: number
  }[]
  readonly attempts: number
  /** Commands of the session that were not taken back. */
  readonly commands: number
  /** From when the lesson was first opened here until now, in ms. */
  readonly duration: number
  /** Those commands, the newest 1,000, each reply cut at 2,000 characters. */
  readonly log: readonly Result[]
}
