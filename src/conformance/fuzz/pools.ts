// The words that templates are filled with. Few keys, so that types meet and values are found; odd numbers and bytes.
import { latin, utf8, type Bytes } from '../../wire/bytes.ts'
import type { Chance } from '../chance.ts'

const bytes = (texts: readonly string[]): Bytes[] => texts.map(utf8)

export const keys = bytes(['a', 'b', 'c', 'user:1', 'user:2', '키'])
const integers = bytes(['0', '1', '-1', '2', '3', '5', '10', '100', '-100'])
const oddIntegers = bytes([
  '9223372036854775807',
  '-9223372036854775808',
  '9223372036854775808',
  '9223372036854775806',
  '4294967296',
  '2147483648',
  '9007199254740993',
  '-0',
  '01',
  '+1',
  ' 1',
  '1 ',
  '1.0',
  '1e2',
  '0x10',
  'abc',
  '',
])
const floats = bytes(['0.1', '1.5', '-2.25', '3.0', '5e3', '1e-7', '0.30000000000000004', '200', '10.50'])
const oddFloats = bytes([
  'inf',
  '-inf',
  '+inf',
  'nan',
  'infinity',
  '1e400',
  '5e-324',
  '1e17',
  ' 1.5',
  '1.5x',
  '.5',
  '5.',
])
const texts = bytes(['', 'x', 'hello', 'Hello World', '안녕', 'a"b\\c', 'foo:bar', 'naïve'])
const oddTexts = [
  latin('\0\xff\r\n'),
  latin('\xed\xa0\x80'),
  utf8('v'.repeat(44)),
  utf8('v'.repeat(45)),
  utf8('v'.repeat(70)),
]
const names = bytes(['f1', 'f2', 'f3', 'f4', '1', '2', '-7', '이름', ''])
const patterns = bytes(['*', 'a', 'user:*', '?', '[ab]', '[^a]', 'user:?', '[a-', '\\a', '*:*', '키', 'nothing*', ''])

const scores = bytes(['0', '0', '1', '2', '-1', '0.5', '-0', '1e3', 'inf', '-inf'])
const bounds = bytes(['-inf', '+inf', '(0', '0', '1', '(1', '-1', '2', '(2', '0.5', '(inf', '1e3'])
const oddBounds = bytes(['', '(', 'x', '(x', 'nan', '0x1', ' 1', '1e400', '-infinity', '((1'])
const nameBounds = bytes(['-', '+', '[f1', '(f1', '[f3', '(f4', '[', '(', '[1', '(7', '[이름'])

/** Mostly from the first, once in `rare` from the second. */
const mostly = (common: readonly Bytes[], odd: readonly Bytes[], rare: number) => (chance: Chance) =>
  chance.one(chance.once(rare) ? odd : common)

const integer = mostly(integers, oddIntegers, 4)
const number = mostly([...floats, ...integers], [...oddFloats, ...oddIntegers], 4)
const text = mostly(texts, oddTexts, 6)

export const pools: Readonly<Record<string, (chance: Chance) => Bytes>> = {
  key: (chance) => chance.one(keys),
  int: integer,
  float: number,
  text,
  value: (chance) => chance.one([text, text, integer, number])(chance),
  field: mostly(names, oddTexts, 20),
  member: mostly(names, [...texts, ...oddTexts, ...oddIntegers], 8),
  index: mostly(bytes(['0', '1', '-1', '2', '-2', '3', '-3', '7', '-7']), oddIntegers, 12),
  /** A length or place in a string: never so large that a value of hundreds of megabytes comes of it. */
  offset: mostly(bytes(['0', '1', '5', '10', '45', '100']), bytes(['-1', '536870912', '9223372036854775807', 'x']), 10),
  count: mostly(bytes(['1', '2', '3', '0', '-1', '-2', '100']), oddIntegers, 12),
  score: mostly(scores, [...floats, ...oddFloats, ...oddIntegers], 8),
  bound: mostly(bounds, oddBounds, 12),
  lex: mostly(nameBounds, bytes(['', 'f1', '+x', '-x', '*']), 14),
  db: mostly(bytes(['0', '1']), bytes(['15', '16', '-1', 'x', '2147483648']), 8),
  pattern: (chance) => chance.one(patterns),
  /** Moments so far off that nothing expires while a run lasts; or past ones, which remove at once. */
  second: mostly(
    bytes(['4102444800', '4102444801', '4200000000']),
    bytes(['0', '-1', '1', '9223372036854775807', 'x']),
    6,
  ),
  milli: mostly(bytes(['4102444800000', '4102444800001']), bytes(['0', '-1', '1', '9223372036854775807', 'x']), 6),
  ttl: mostly(bytes(['1000000', '2000000000']), bytes(['0', '-1', '9223372036854775807', 'x', '9223372036854775']), 5),
}
