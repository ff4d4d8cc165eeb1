// Random keys of every kind, encoding and size, the same for the same seed: the fuzzer's families make small odd ones, the
// lines here what these have not: long values that LZF packs and raw bytes that it cannot, lists of many nodes and with large
// elements, intsets of every width, fields that expire, several databases, deadlines, and what a policy counts.
import { latin, utf8, type Bytes } from '../../wire/bytes.ts'
import { Chance } from '../chance.ts'
import { families } from '../fuzz/index.ts'
import { generate } from '../fuzz/generate.ts'

export interface Dataset {
  /** Parameters that hold while it is made and loaded. */
  readonly parameters: readonly Bytes[]
  readonly commands: readonly (readonly Bytes[])[]
}

/** What ends a server or a client, lets one wait, sets parameters, or holds the whole machine up. */
const left =
  /^(?:config|debug|shutdown|client|hello|reset|save|bgsave|bgrewriteaof|multi|exec|discard|watch|monitor|swapdb|flush.*|[ps]*(?:un)?subscribe|b[lrz].*|wait.*|auth)$/i
const databases = ['0', '0', '0', '3', '15']
const policies = ['noeviction', 'noeviction', 'allkeys-lru', 'volatile-lru', 'allkeys-lfu', 'volatile-lfu']
/** Year 2100: nothing expires while a run lasts. */
const FAR = 4_102_444_800_000

/** `small`: some keys of few bytes each, for what is changed byte by byte. `plain`: all thresholds as a server has them at first. */
export function dataset(seed: number, { small = false, plain = false } = {}): Dataset {
  const chance = new Chance(seed)
  const commands: (readonly Bytes[])[] = []
  const made = generate(families, seed, small ? 40 : 150).filter(({ argv }) => !left.test(argv[0] ?? ''))
  const odd = Array.from({ length: small ? 5 : 12 }, () => oddKey(chance, small))
  const total = made.length + odd.length
  for (let i = 0, next = 0; i < total; i++) {
    if (chance.once(small ? 12 : 20)) commands.push([latin('SELECT'), latin(chance.one(databases))])
    if (next < odd.length && chance.once(Math.ceil(total / odd.length))) commands.push(...odd[next++]!)
    else if (i < made.length) commands.push(made[i]!.argv)
  }
  return { parameters: parameters(chance, plain), commands }
}

function parameters(chance: Chance, plain: boolean): Bytes[] {
  const policy = chance.one(policies)
  const set = ['rdbcompression', chance.once(3) ? 'no' : 'yes', 'maxmemory-policy', policy]
  // Without a limit the server lets keys share small integers, and with them what it counts of their use.
  if (policy !== 'noeviction') set.push('maxmemory', '1000000000')
  // What LFU counts goes down with each minute of a clock, and two clocks are not the same.
  set.push('lfu-decay-time', '0')
  if (plain) return set.map(latin)
  for (const name of ['hash-max-listpack', 'set-max-listpack', 'zset-max-listpack']) {
    if (chance.once(2)) set.push(`${name}-entries`, String(chance.below(9)))
    if (chance.once(3)) set.push(`${name}-value`, String(chance.below(20)))
  }
  if (chance.once(2)) set.push('set-max-intset-entries', String(chance.below(9)))
  if (chance.once(2)) set.push('list-max-listpack-size', String(chance.one([-1, -3, 1, 2, 5])))
  return set.map(latin)
}

/** A key that the families do not make. */
function oddKey(chance: Chance, small: boolean): (readonly Bytes[])[] {
  const key = chance.once(8) ? rawBytes(chance, chance.below(40)) : latin(`odd:${chance.below(60)}`)
  const many = (most: number) => 1 + chance.below(small ? 8 : most)
  const make = chance.one(makers)
  const lines = make(key, chance, many, small)
  if (chance.once(3)) lines.push([latin('PEXPIREAT'), key, latin(String(FAR + chance.below(1e9)))])
  return [[latin('DEL'), key], ...lines]
}

type Maker = (key: Bytes, chance: Chance, many: (most: number) => number, small: boolean) => (readonly Bytes[])[]

const words = ['lorem ', 'ipsum ', '안녕 ', '🙂', 'aaaaaaaaaaaaaaaaaaaaaaa', '0123456789', '\n']

function rawBytes(chance: Chance, length: number): Bytes {
  return latin(Array.from({ length }, () => String.fromCharCode(chance.below(256))).join(''))
}

/** Text that repeats itself, bytes that do not, or an integer. */
function text(chance: Chance, most: number): Bytes {
  const kind = chance.below(4)
  if (kind === 0) return latin(String(Math.floor((chance.next() - 0.5) * 2 ** chance.below(63))))
  if (kind === 1) return rawBytes(chance, chance.below(Math.min(most, 2000)))
  let out = ''
  const length = chance.below(most)
  while (out.length < length) out += chance.one(words)
  return utf8(out)
}

const each = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const lengths = (small: boolean) => (small ? 60 : 300)

const makers: readonly Maker[] = [
  (key, chance, _, small) => [
    [latin('SET'), key, text(chance, small ? 300 : chance.one([100, 100, 3000, 3000, 30_000]))],
  ],
  (key, chance) => [
    [latin('SET'), key, text(chance, 40)],
    [latin('APPEND'), key, text(chance, 40)],
  ],
  (key, chance, many, small) => [
    [
      latin('RPUSH'),
      key,
      ...each(many(chance.one([20, 20, 400])), () => text(chance, chance.once(40) && !small ? 20_000 : 50)),
    ],
  ],
  (key, chance, many) => {
    const bits = chance.one([10, 15, 16, 30, 31, 32, 50])
    return [
      [
        latin('SADD'),
        key,
        ...each(many(chance.one([20, 700])), () => latin(String(Math.floor((chance.next() - 0.5) * 2 ** bits)))),
      ],
    ]
  },
  (key, chance, many, small) => [
    [latin('SADD'), key, ...each(many(chance.one([20, 200])), () => text(chance, lengths(small)))],
  ],
  (key) => [
    // A listpack of integers alone, which is no intset.
    [latin('SADD'), key, latin('1'), latin('x')],
    [latin('SREM'), key, latin('x')],
  ],
  (key, chance, many, small) => [
    [
      latin('ZADD'),
      key,
      ...each(many(chance.one([20, 200])), (i) => [
        score(chance),
        chance.once(3) ? text(chance, lengths(small)) : latin(`m${i}`),
      ]).flat(),
    ],
  ],
  (key, chance, many, small) => [
    [
      latin('HSET'),
      key,
      ...each(many(chance.one([20, 20, 600])), (i) => [
        latin(`f${i}`),
        text(chance, chance.once(9) ? lengths(small) : 20),
      ]).flat(),
    ],
  ],
  (key, chance, many) => {
    const fields = each(many(chance.one([20, 20, 600])), (i) => latin(`f${i}`))
    const timed = fields.filter(() => chance.once(3))
    const at = () => latin(String(FAR + chance.below(1e12)))
    return [
      [latin('HSET'), key, ...fields.flatMap((field) => [field, text(chance, 30)])],
      ...timed
        .slice(0, 20)
        .map((field) => [latin('HPEXPIREAT'), key, at(), latin('FIELDS'), latin('1'), field] as const),
      ...timed
        .slice(20)
        .map((field) => [latin('HPEXPIREAT'), key, latin(String(FAR)), latin('FIELDS'), latin('1'), field] as const),
      ...(chance.once(4) ? [[latin('HPERSIST'), key, latin('FIELDS'), latin('1'), fields[0]!] as const] : []),
    ]
  },
]

function score(chance: Chance): Bytes {
  const kind = chance.below(6)
  if (kind === 0)
    return latin(chance.one(['inf', '-inf', '-0', '0', '1e17', '-1e-7', '5e-324', '1.7976931348623157e308']))
  if (kind < 3) return latin(String(chance.below(2000) - 1000))
  return latin(String((chance.next() - 0.5) * 10 ** (chance.below(40) - 20)))
}
