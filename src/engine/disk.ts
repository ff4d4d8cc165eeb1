// The disk of the simulated machine: not what we keep for the person, but what the server keeps for itself, and what a learner
// may lose on purpose. It outlives the server: whatever a crash takes from memory, the files are as they were. Only what
// was written whole is there, for the server writes under another name and renames.
import type { Reader, Writer } from './binary.ts'

export interface DiskFile {
  readonly bytes: Uint8Array
  /** When it was written, ms since 1970. */
  readonly at: number
}

export class Disk {
  /** By path, as the server names it: under `dir`. */
  readonly files = new Map<string, DiskFile>()
  /** Nothing more can be written: a person wants to see what happens then. */
  full = false

  /** Writes a file anew; false, and nothing has changed, where the disk is full. */
  put(path: string, bytes: Uint8Array, at: number): boolean {
    if (!this.full) this.files.set(path, { bytes, at })
    return !this.full
  }

  write(to: Writer): void {
    to.flag(this.full)
    to.list([...this.files], ([path, { bytes, at }]) => {
      to.bytes(path)
      to.array(bytes)
      to.double(at)
    })
  }

  restore(from: Reader): void {
    this.full = from.flag()
    for (const [path, bytes, at] of from.list(() => [from.bytes(), from.array(), from.double()] as const))
      this.files.set(path, { bytes, at })
  }
}
