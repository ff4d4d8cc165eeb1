import type { Spot } from '../../../session/protocol.ts'
import { text, type Bytes } from '../../../wire/bytes.ts'

/** A value in the quotes that set it apart; not escaped as redis-cli would, but as a person reads it. */
export const quoted = (bytes: Bytes) => `"${text(bytes)}"`

/** What the last command did to one place. */
export type SpotOf<A extends Spot['at']> = Extract<Spot, { at: A }>

export function spotsAt<A extends Spot['at']>(spots: readonly Spot[], at: A): SpotOf<A>[] {
  return spots.filter((spot): spot is SpotOf<A> => spot.at === at)
}

/** What stood there before, struck through. */
export function Before({ value }: { value: string | null }) {
  return value === null ? null : <s>{value}</s>
}
