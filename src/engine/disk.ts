// The simulated disk of the simulated server: not what we keep for the person, but what the server keeps, and what a
// learner may lose on purpose. A save takes simulated time, so that LASTSAVE and INFO behave as they do on a real server.
import type { Reader, Writer } from './binary.ts'

/** Simulated ms that a background save takes. */
const SAVE_TAKES = 20

export class Disk {
  /** When the last save succeeded (at first: when the server began), ms since 1970. */
  lastSave: number
  /** The background save under way. `dirty` is what it will have written. */
  saving: { readonly doneAt: number; readonly dirty: number } | null = null
  saves = 0

  constructor(now: number) {
    this.lastSave = now
  }

  /** A save in the foreground: done at once. */
  save(now: number): void {
    this.lastSave = now
    this.saves++
  }

  begin(now: number, dirty: number): void {
    this.saving = { doneAt: now + SAVE_TAKES, dirty }
  }

  write(to: Writer): void {
    to.double(this.lastSave)
    to.uint(this.saves)
    to.flag(this.saving !== null)
    if (!this.saving) return
    to.double(this.saving.doneAt)
    to.uint(this.saving.dirty)
  }

  restore(from: Reader): void {
    this.lastSave = from.double()
    this.saves = from.uint()
    this.saving = from.flag() ? { doneAt: from.double(), dirty: from.uint() } : null
  }
}
