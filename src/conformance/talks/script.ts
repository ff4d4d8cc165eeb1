// What three clients will say, turn by turn. A turn is what one client writes in one piece; whose turn comes while it is
// blocked says nothing, or is freed by hand (`rescue`), so that not all of them wait for ever.
import { latin, type Bytes } from '../../wire/bytes.ts'
import { Chance } from '../chance.ts'
import { expand, type Family } from '../fuzz/template.ts'

export const clients = ['A', 'B', 'C'] as const
export type Who = (typeof clients)[number]

export interface Turn {
  readonly client: Who
  /** Commands that belong together stand together: those of one template. */
  readonly says: readonly (readonly Bytes[])[]
  /** How CLIENT UNBLOCK ends the wait that this client may be in; null: it stays in it. */
  readonly rescue: 'TIMEOUT' | 'ERROR' | null
}

/** A key that nobody writes. */
export const never = latin('never')

/** Turns with at least `count` commands in all. */
export function write(group: Family, seed: number, count: number): Turn[] {
  const chance = new Chance(seed)
  const turns: Turn[] = []
  for (let said = 0; said < count;) {
    const says = expand(chance.one(group.templates), group, chance)
    while (chance.once(4) && says.length < 6) says.push(...expand(chance.one(group.templates), group, chance))
    // Two waits in one piece, one of which ends by itself: nobody could tell which of them is meant.
    if (says.some((argv) => argv.includes(never)) && says.length > 1) continue
    const rescue = chance.once(2) ? null : chance.once(2) ? 'ERROR' : 'TIMEOUT'
    turns.push({ client: chance.one(clients), says, rescue })
    said += says.length
  }
  return turns
}

/** The first word of a command. */
export const nameOf = (argv: readonly Bytes[]): string => argv[0]!.toUpperCase()
