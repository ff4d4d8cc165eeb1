// The simulated disk of the simulated server: not what we keep for the person, but what the server keeps, and what a
// learner may lose on purpose. A save takes simulated time, so that LASTSAVE and INFO behave as they do on a real server.
// One background task at a time, as the server has one child process at a time; another may be scheduled behind it.
import type { Reader, Writer } from './binary.ts'

/** Simulated ms that a background save, or a rewrite of the AOF, takes. */
const TASK_TAKES = 20

export class Disk {
  /** When the last save succeeded (at first: when the server began), ms since 1970. */
  lastSave: number
  /** The background save under way. `dirty` is what it will have written. */
  saving: { readonly since: number; readonly dirty: number } | null = null
  /** Since when the AOF is being rewritten. */
  rewriting: number | null = null
  /** Asked for while the other task ran. */
  saveNext = false
  rewriteNext = false
  saves = 0
  rewrites = 0
  /** Background tasks that were begun, each of which is a fork on a real server. */
  forks = 0
  /** Seconds that the last background save took; -1: there was none. */
  lastTook = -1
  lastRewriteTook = -1

  constructor(now: number) {
    this.lastSave = now
  }

  /** A save in the foreground: done at once. */
  save(now: number): void {
    this.lastSave = now
    this.saves++
  }

  begin(now: number, dirty: number): void {
    this.saving = { since: now, dirty }
    this.saves++
    this.forks++
  }

  beginRewrite(now: number): void {
    this.rewriting = now
    this.rewriteNext = false
    this.rewrites++
    this.forks++
  }

  /** CONFIG RESETSTAT. */
  resetCounts(): void {
    this.saves = this.rewrites = this.forks = 0
  }

  /** A background task is under way. */
  get busy(): boolean {
    return this.saving !== null || this.rewriting !== null
  }

  /** When `pass` has something to do: the task ends, or one is scheduled (then at once). Null: never. */
  get due(): number | null {
    const since = this.saving?.since ?? this.rewriting
    if (since !== null) return since + TASK_TAKES
    return this.saveNext || this.rewriteNext ? 0 : null
  }

  /** Ends the task that is due and starts the one behind it. Returns how much dirt was written. */
  pass(now: number, dirty: number): number {
    const end = this.due
    if (end === null || end > now) return 0
    let written = 0
    if (this.saving) {
      written = this.saving.dirty
      this.lastSave = end
      this.lastTook = 0
      this.saving = null
    } else if (this.rewriting !== null) {
      this.lastRewriteTook = 0
      this.rewriting = null
    }
    if (this.rewriteNext) this.beginRewrite(now)
    else if (this.saveNext) {
      this.saveNext = false
      this.begin(now, dirty - written)
    }
    return written
  }

  /** FLUSHALL ends a background save: what it writes is worth nothing any more. */
  abandon(): void {
    this.saving = null
  }

  write(to: Writer): void {
    to.double(this.lastSave)
    to.uint(this.saves)
    to.uint(this.rewrites)
    to.uint(this.forks)
    to.double(this.lastTook)
    to.double(this.lastRewriteTook)
    to.flag(this.saveNext)
    to.flag(this.rewriteNext)
    to.maybe(this.rewriting)
    to.flag(this.saving !== null)
    if (!this.saving) return
    to.double(this.saving.since)
    to.double(this.saving.dirty)
  }

  restore(from: Reader): void {
    this.lastSave = from.double()
    this.saves = from.uint()
    this.rewrites = from.uint()
    this.forks = from.uint()
    this.lastTook = from.double()
    this.lastRewriteTook = from.double()
    this.saveNext = from.flag()
    this.rewriteNext = from.flag()
    this.rewriting = from.maybe()
    this.saving = from.flag() ? { since: from.double(), dirty: from.double() } : null
  }
}
