// Bytes that were damaged: by chance, or by who knows the format. What a checksum would catch at once proves nothing, so it
// is mostly set right again.
import { crc64 } from '../../rdb/crc64.ts'
import { writePayload } from '../../rdb/payload.ts'
import type { Field, RdbValue, ScoredMember } from '../../rdb/value.ts'
import { fromArray, latin, toArray, type Bytes } from '../../wire/bytes.ts'
import type { Chance } from '../chance.ts'

/** Version and checksum at the end of a payload; the checksum at the end of a file. */
const FOOT = 10
const SUM = 8
/** Once in so many the checksum stays wrong. */
const UNSUMMED = 12
/** Bytes that mean something: lengths of every width, special strings, ends, the ends of ranges. */
const telling = [
  0, 1, 2, 5, 0x3f, 0x40, 0x7f, 0x80, 0x81, 0xc0, 0xc1, 0xc2, 0xc3, 0xe0, 0xf0, 0xf1, 0xf4, 0xfc, 0xfe, 0xff,
]

/** A file with some of its bytes changed, behind its head. `other`: another one, of which pieces may come. */
export function mutateFile(file: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array {
  const cut = chance.once(20) ? 0 : 9
  const body = mutate(file.subarray(0, -SUM), other, cut, chance)
  return chance.once(UNSUMMED) ? joined(body, file.subarray(-SUM)) : joined(body, crc64(body))
}

/** The same of a payload. */
export function mutatePayload(payload: Bytes, other: Bytes, chance: Chance): Bytes {
  const bytes = toArray(payload)
  const body = mutate(bytes.subarray(0, -FOOT), toArray(other), 0, chance)
  const version = chance.once(50) ? [chance.below(256), chance.below(2)] : [...bytes.subarray(-FOOT, -SUM)]
  const whole = joined(body, Uint8Array.from(version))
  return fromArray(joined(whole, chance.once(UNSUMMED) ? bytes.subarray(-SUM) : crc64(whole)))
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** One to three changes behind `from`. */
function mutate(bytes: Uint8Array, other: Uint8Array, from: number, chance: Chance): Uint8Array {
  let changed = bytes
  for (let left = chance.once(3) ? 3 : 1; left > 0; left--) changed = chance.one(changes)(changed, other, from, chance)
  return changed
}

type Change = (bytes: Uint8Array, other: Uint8Array, from: number, chance: Chance) => Uint8Array

const somewhere = (bytes: Uint8Array, from: number, chance: Chance) =>
  Math.min(bytes.length, from + chance.below(Math.max(1, bytes.length - from)))

const changed = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = bytes.slice()
  if (at < copy.length) copy[at] = value
  return copy
}

/** Changes a byte by one bit, to another, or to one that means something. */
const bit: Change = (bytes, _, from, chance) => {
  const at = somewhere(bytes, from, chance)
  return changed(bytes, at, bytes[at]! ^ (1 << chance.below(8)))
}
const byte: Change = (bytes, _, from, chance) => changed(bytes, somewhere(bytes, from, chance), chance.below(256))
const word: Change = (bytes, _, from, chance) => changed(bytes, somewhere(bytes, from, chance), chance.one(telling))

const changes: readonly Change[] = [
  bit,
  bit,
  byte,
  word,
  word,
  // One more or one less, as a length that is wrong by one.
  (bytes, _, from, chance) => {
    const at = somewhere(bytes, from, chance)
    return changed(bytes, at, bytes[at]! + chance.one([-1, 1]))
  },
  // The first bytes say what follows.
  (bytes, _, from, chance) => changed(bytes, from, chance.below(27)),
  (bytes, other, from, chance) => word(bytes, other, from, chance),
  // Some bytes go, stand there twice, come from elsewhere, or all behind them goes.
  (bytes, _, from, chance) => {
    const at = somewhere(bytes, from, chance)
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + chance.below(6)))
  },
  (bytes, _, from, chance) => {
    const at = somewhere(bytes, from, chance)
    const end = at + 1 + chance.below(30)
    return joined(bytes.subarray(0, end), bytes.subarray(at))
  },
  (bytes, other, from, chance) => {
    const at = somewhere(bytes, from, chance)
    const start = chance.below(other.length)
    const piece = other.subarray(start, start + 1 + chance.below(30))
    return joined(bytes.subarray(0, at), piece, bytes.subarray(at + (chance.once(2) ? piece.length : 0)))
  },
  (bytes, _, from, chance) => bytes.subarray(0, somewhere(bytes, from, chance)),
  // A length of eight bytes, far beyond all there is.
  (bytes, _, from, chance) => {
    const at = somewhere(bytes, from, chance)
    const huge = Uint8Array.from([0x81, ...Array.from({ length: 8 }, () => (chance.once(3) ? 255 : chance.below(256)))])
    return joined(bytes.subarray(0, at), huge, bytes.subarray(at + 1))
  },
]

// ---------------------------------------------------------------- by who knows the format

/** A payload that is well formed and says what no server would: elements twice, out of order, none, times and scores that are none. */
export function crookedPayload(value: RdbValue, chance: Chance): Bytes {
  return writePayload(crooked(value, chance), chance.once(2))
}

function crooked(value: RdbValue, chance: Chance): RdbValue {
  switch (value.type) {
    case 'string':
      return { ...value, value: latin(value.value + value.value) }
    case 'list':
      return { ...value, nodes: bent(value.nodes, chance, (node) => ({ ...node, items: bent(node.items, chance) })) }
    case 'set':
      return value.packed === 'intset' && chance.once(2)
        ? { ...value, packed: 'listpack', members: bent(value.members, chance) }
        : { ...value, members: bent(value.members, chance) }
    case 'zset':
      return {
        ...value,
        packed: chance.once(4) ? !value.packed : value.packed,
        members: bent(value.members, chance, ([member]): ScoredMember => [member, chance.one(scores)]),
      }
    case 'hash':
      return {
        ...value,
        packed: chance.once(4) ? chance.one([true, false, 'listpackex'] as const) : value.packed,
        fields: bent(value.fields, chance, ([field, held]): Field => [field, held, chance.one(times)]),
      }
  }
}

const scores = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, 1e308]
const times = [null, 1, 5e12, 2 ** 48 - 1, 2 ** 48, 2 ** 53]

/** One thing more, less, elsewhere or otherwise. */
function bent<T>(items: readonly T[], chance: Chance, otherwise: (item: T) => T = (item) => item): T[] {
  const at = chance.below(items.length)
  const item = items[at]!
  switch (chance.below(6)) {
    case 0:
      return [...items, item]
    case 1:
      return items.toSpliced(at, 1)
    case 2:
      return items.toReversed()
    case 3:
      return []
    default:
      return items.with(at, otherwise(item))
  }
}
