// How often each command was compared with the real server: the replies of transcripts and of fuzzers that had to be the
// same. What was queued counts with its EXEC; a reply of which only the kind was looked at does not count.
import { isTagged, type Reply } from '../wire/reply.ts'
import type { Bytes } from '../wire/bytes.ts'
import { nameIn } from './fuzz/coverage.ts'

export class Compared {
  readonly #counts = new Map<string, number>()

  note(argv: readonly Bytes[], reply?: Reply): void {
    if (reply !== undefined && isTagged(reply) && reply.kind === 'status' && reply.text === 'QUEUED') return
    const name = nameIn(argv)
    if (name !== null) this.#counts.set(name, this.of(name) + 1)
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }
}
