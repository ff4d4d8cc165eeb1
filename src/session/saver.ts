// Keeps a session in the store as it grows: the log's new inputs, the page's notebook, now and then a whole image. One
// save after the other, each all or nothing; what could not be saved stays due and is tried again. What the person is
// told (saving, saved, not saved and why) is what is true.
import type { Save, Store, Stored } from '../storage/store.ts'
import { encodeLog } from './log.ts'
import type { ClockState, LoggedInput, SaveState, SessionInfo } from './protocol.ts'
import type { Timeline } from './timeline.ts'

/** A log above this many bytes begins anew: what was before can no longer be taken back. */
const MOST_LOG = 4 << 20
/** Inputs after which a whole image is stored, so that the next start is quick. */
const IMAGE_EVERY = 512
/** A first change is stored almost at once (the page's notebook comes along), what follows it in one go a little later. */
const SOON_MS = 15
const AFTER_MS = 80
/** After a save that failed: the store may be full, and heals when there is room. */
const AGAIN_MS = 5000

export interface SaverHost {
  /** Ms since 1970, whole. */
  now(): number
  /** Calls back once, after so many ms. */
  later(afterMs: number, work: () => void): void
  readonly store: Store
  /** Why the store does not last, for people; null where it does. */
  readonly storeProblem: string | null
}

export class Saver {
  readonly #host: SaverHost
  readonly #timeline: () => Timeline
  readonly #tell: (state: SaveState) => void
  /** Called when something was told outside of a request. */
  readonly #told: () => void
  #info: SessionInfo = { id: '', name: '', createdAt: 0, usedAt: 0, keys: 0, commands: 0 }
  #notebook: string | null = null

  // What the store does not have yet.
  #inputs: LoggedInput[] = []
  /** The whole log is to be written anew: a new session, or one whose past has changed. */
  #rewrite = true
  #notebookDirty = false
  #infoDirty = false

  #planned = false
  #lastAt = 0
  #saving: Promise<void> = Promise.resolve()
  #sinceImage = 0
  #logBytes = 0

  constructor(host: SaverHost, timeline: () => Timeline, tell: (state: SaveState) => void, told: () => void) {
    this.#host = host
    this.#timeline = timeline
    this.#tell = tell
    this.#told = told
  }

  get info(): SessionInfo {
    return this.#info
  }

  get notebook(): string | null {
    return this.#notebook
  }

  /** True where the store does not hold the session itself yet. */
  get isNew(): boolean {
    return this.#rewrite
  }

  // ------------------------------------------------------------------ what is to be saved

  /** Another session from here on: one that the store holds. */
  opened(stored: Stored): void {
    this.#begin(stored.info, stored.notebook)
    this.#rewrite = false
    this.#logBytes = stored.log.length
  }

  /** Another session from here on: one that the store does not hold. A copy brings its notebook along. */
  began(info: SessionInfo, notebook: string | null): void {
    this.#begin(info, notebook)
    this.#rewrite = true
    this.#notebookDirty = notebook !== null
  }

  #begin(info: SessionInfo, notebook: string | null): void {
    this.#info = info
    this.#notebook = notebook
    this.#notebookDirty = false
    this.#inputs = []
    this.#sinceImage = 0
  }

  /** An input has joined the log. */
  logged(entry: LoggedInput): void {
    this.#inputs.push(entry)
    this.#sinceImage++
    this.#plan()
  }

  /** The past has changed: the log is no longer what is stored and some more. */
  rewritten(): void {
    this.#inputs = []
    this.#rewrite = true
    this.#plan()
  }

  keep(notebook: string): void {
    this.#notebook = notebook
    this.#notebookDirty = true
    this.#plan()
  }

  used(): void {
    this.#info = { ...this.#info, usedAt: this.#host.now() }
    this.#infoDirty = true
    this.#plan()
  }

  /** The clock was moved. */
  moved(clock: ClockState): void {
    this.#info = { ...this.#info, clock }
    this.#infoDirty = true
    this.#plan()
  }

  renamed(name: string): void {
    this.#info = { ...this.#info, name }
  }

  /** Something is not stored yet. */
  get #dirty(): boolean {
    return this.#inputs.length > 0 || this.#rewrite || this.#notebookDirty || this.#infoDirty
  }

  // ------------------------------------------------------------------ saving it

  #plan(): void {
    if (this.#planned || this.#info.id === '') return
    this.#planned = true
    this.#tellSaving()
    const isQuiet = this.#host.now() - this.#lastAt >= AFTER_MS
    this.#later(isQuiet ? SOON_MS : AFTER_MS)
  }

  #later(ms: number): void {
    this.#host.later(ms, () => {
      void this.save().then(this.#told)
    })
  }

  /** Saves what is not saved yet. Never rejects: what went wrong is told. */
  save(): Promise<void> {
    this.#planned = false
    this.#lastAt = this.#host.now()
    this.#saving = this.#saving.then(() => this.#saveNow())
    return this.#saving
  }

  async #saveNow(): Promise<void> {
    if (this.#info.id === '' || !this.#dirty) return
    const upTo = this.#timeline().head
    const { id } = this.#info
    const save = this.#gather()
    const due = { inputs: this.#inputs, rewrite: this.#rewrite, notebook: this.#notebookDirty }
    this.#inputs = []
    this.#rewrite = this.#notebookDirty = this.#infoDirty = false
    try {
      await this.#host.store.save(id, save)
      this.#tellSaved(upTo)
    } catch (error) {
      this.#inputs = [...due.inputs, ...this.#inputs]
      this.#rewrite ||= due.rewrite
      this.#notebookDirty ||= due.notebook
      this.#infoDirty = true
      const reason = error instanceof Error && error.message !== '' ? error.message : String(error)
      this.#tell({ state: 'failed', reason })
      this.#later(AGAIN_MS)
    }
  }

  #tellSaved(upTo: number): void {
    const { storeProblem } = this.#host
    if (storeProblem === null) this.#tell({ state: 'saved', at: this.#host.now(), upTo })
    else this.#tell({ state: 'memory', reason: storeProblem })
    if (this.#dirty) this.#tellSaving()
  }

  /** From the turn in which something happens until it is stored, the page says so. */
  #tellSaving(): void {
    if (this.#host.storeProblem === null) this.#tell({ state: 'saving' })
  }

  /** What the next save has to hold. */
  #gather(): Save {
    const timeline = this.#timeline()
    const keys = timeline.engine.sizes().reduce((sum, size) => sum + size.keys, 0)
    this.#info = { ...this.#info, keys, commands: timeline.commands, usedAt: this.#host.now() }
    const append = encodeLog(this.#inputs)
    this.#logBytes += append.length
    if (this.#logBytes > MOST_LOG) {
      timeline.cut()
      this.#rewrite = true
    }
    const { base, log, undone, nextSeq, floor } = timeline.state
    const withNotebook = this.#notebook !== null && (this.#notebookDirty || this.#rewrite)
    const common = { info: this.#info, nextSeq, ...(withNotebook ? { notebook: this.#notebook! } : {}) }
    if (!this.#rewrite) {
      const image = this.#sinceImage >= IMAGE_EVERY ? this.#image(timeline) : {}
      return { ...common, append, forgets: undone.length === 0, ...image }
    }
    const whole = encodeLog(log)
    this.#logBytes = whole.length
    return { ...common, rewrite: { base, log: whole, undone: undone.map(encodeLog), floor }, ...this.#image(timeline) }
  }

  #image(timeline: Timeline): { latest: { index: number; image: Uint8Array } } {
    this.#sinceImage = 0
    return { latest: { index: timeline.length, image: timeline.engine.image() } }
  }
}
