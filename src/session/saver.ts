// Keeps a session in the store as it grows: the log's new inputs, the page's notebook, now and then a whole image. One
// save after the other, each all or nothing; what could not be saved stays due and is tried again. What the person is
// told (saving, saved, not saved and why) is what is true.
import { storeError, type StoreError } from '../storage/disk.ts'
import type { Moment, Save, Store, Stored } from '../storage/store.ts'
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
/** An image of so many bytes at most is made each time the page may go. */
const SMALL_IMAGE = 1 << 20
/** A save that takes longer is told: what was done is not kept yet. */
const SLOW_MS = 1500
/** After a save that failed: the store may be full, and heals when there is room. */
const AGAIN_MS = 3000

export interface SaverHost {
  /** Ms since 1970, whole. */
  now(): number
  /** Calls back once, after so many ms. */
  later(afterMs: number, work: () => void): void
  readonly store: Store
  /** Why the store does not last; null where it does. */
  readonly storeProblem: StoreError | null
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
  #imageBytes = 0
  #logBytes = 0
  /** Another tab has the session: nothing of it is written any more. */
  #isLost = false
  /** The last save failed, and it is tried again now and then. */
  #isFailing = false

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
    this.#imageBytes = stored.latest?.image.length ?? stored.base?.length ?? 0
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
    this.#isLost = false
    this.#isFailing = false
  }

  /** Another tab has taken the session. */
  lost(): void {
    this.#isLost = true
    this.#tell({ state: 'taken' })
  }

  get isLost(): boolean {
    return this.#isLost
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
    if (this.#planned || this.#isLost || this.#info.id === '') return
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

  /**
   * Saves what is not saved yet. Never rejects: what went wrong is told. The page may go: then with an image, where that
   * is small; or `whole`, in any case.
   */
  save(image?: 'small' | 'whole'): Promise<void> {
    this.#planned = false
    this.#lastAt = this.#host.now()
    this.#saving = this.#saving.then(() => this.#saveNow(image))
    return this.#saving
  }

  async #saveNow(image?: 'small' | 'whole'): Promise<void> {
    const isBehind = image && this.#sinceImage > 0 && (image === 'whole' || this.#imageBytes <= SMALL_IMAGE)
    if (this.#info.id === '' || this.#isLost || !(this.#dirty || isBehind)) return
    const upTo = this.#timeline().head
    const { id } = this.#info
    const logBytes = this.#logBytes
    const save = this.#gather(isBehind)
    const due = { inputs: this.#inputs, rewrite: this.#rewrite, notebook: this.#notebookDirty }
    this.#inputs = []
    this.#rewrite = this.#notebookDirty = this.#infoDirty = false
    let isOver = false
    this.#host.later(SLOW_MS, () => {
      if (isOver) return
      this.#tell({ state: 'failed', trouble: 'silent', reason: '' })
      this.#told()
    })
    try {
      await this.#host.store.save(id, save)
      this.#tellSaved(upTo)
    } catch (error) {
      this.#inputs = [...due.inputs, ...this.#inputs]
      this.#rewrite ||= due.rewrite
      this.#notebookDirty ||= due.notebook
      this.#infoDirty = true
      this.#logBytes = logBytes
      if (save.latest) this.#sinceImage = Math.max(this.#sinceImage, IMAGE_EVERY)
      this.#failed(storeError(error))
    } finally {
      isOver = true
    }
  }

  #failed({ trouble, message: reason }: StoreError): void {
    if (trouble === 'taken') return this.lost()
    this.#tell({ state: 'failed', trouble, reason })
    // What the person threw away makes room.
    if (trouble === 'quota') this.#host.store.purge(Infinity).catch(() => undefined)
    if (this.#isFailing) return
    this.#isFailing = true
    this.#tryAgain()
  }

  /** Until it is saved, however many commands come meanwhile. */
  #tryAgain(): void {
    this.#host.later(AGAIN_MS, () => {
      if (!this.#isFailing) return
      void this.save().then(this.#told)
      this.#tryAgain()
    })
  }

  /** Finds out whether another tab has taken the session while this one was not looking. */
  async check(): Promise<void> {
    if (this.#isLost || this.isNew) return
    const owns = await this.#host.store.owns(this.#info.id).catch(() => true)
    if (!owns && !this.#isLost) {
      this.lost()
      this.#told()
    }
  }

  #tellSaved(upTo: number): void {
    const { storeProblem } = this.#host
    this.#isFailing = false
    if (this.#isLost) return
    if (storeProblem) this.#tell({ state: 'memory', trouble: storeProblem.trouble, reason: storeProblem.message })
    else this.#tell({ state: 'saved', at: this.#host.now(), upTo })
    if (this.#dirty) this.#tellSaving()
  }

  /** From the turn in which something happens until it is stored, the page says so; or that it cannot be. */
  #tellSaving(): void {
    if (this.#host.storeProblem === null && !this.#isFailing) this.#tell({ state: 'saving' })
  }

  /** What the next save has to hold. */
  #gather(withImage = false): Save {
    const timeline = this.#timeline()
    const append = encodeLog(this.#inputs)
    this.#logBytes += append.length
    if (this.#logBytes > MOST_LOG) {
      timeline.cut()
      this.#rewrite = true
    }
    const { base, log, undone, nextSeq, floor } = timeline.state
    const isDue = withImage || this.#rewrite || this.#sinceImage >= IMAGE_EVERY
    const image = isDue ? this.#image(timeline) : {}
    const whole = this.#rewrite ? encodeLog(log) : null
    if (whole) this.#logBytes = whole.length
    const keys = timeline.engine.sizes().reduce((sum, size) => sum + size.keys, 0)
    const bytes = this.#imageBytes + base.length + this.#logBytes + (this.#notebook?.length ?? 0)
    this.#info = { ...this.#info, keys, bytes, commands: timeline.commands, usedAt: this.#host.now() }
    const withNotebook = this.#notebook !== null && (this.#notebookDirty || this.#rewrite)
    const common = { info: this.#info, nextSeq, ...image, ...(withNotebook ? { notebook: this.#notebook! } : {}) }
    if (!whole) return { ...common, append, forgets: undone.length === 0 }
    return { ...common, rewrite: { base, log: whole, undone: undone.map(encodeLog), floor } }
  }

  #image(timeline: Timeline): { latest: Moment } {
    this.#sinceImage = 0
    const image = timeline.engine.image()
    this.#imageBytes = image.length
    return { latest: { index: timeline.length, head: timeline.head, image } }
  }
}
