import { expect, test } from 'vitest'
import { docs } from '../../engine/catalog.ts'
import { catalogOf } from '../typing/reading.ts'
import { tokensOf } from './tokens.ts'

const catalog = catalogOf(docs())
/** The parts of a line that have a colour. */
const parts = (line: string) => {
  const tokens = tokensOf(line, catalog)
  return tokens
    .map(({ from, kind }, i) => [kind, line.slice(from, tokens[i + 1]?.from).trim()])
    .filter(([kind, text]) => text !== '' && kind !== 'word')
}

test.each<[string, readonly (readonly [string, string])[]]>([
  ['# 메모', [['note', '# 메모']]],
  ['  # => OK', [['expected', '# => OK']]],
  [
    'set k "a # b" EX 10  # => OK',
    [
      ['command', 'set'],
      ['string', '"a # b"'],
      ['option', 'EX'],
      ['number', '10'],
      ['expected', '# => OK'],
    ],
  ],
  [
    'B> CONFIG GET max*',
    [
      ['lane', 'B>'],
      ['command', 'CONFIG'],
      ['command', 'GET'],
    ],
  ],
  ['CONFIG NONSENSE', [['command', 'CONFIG']]],
  [
    '5 INCRBY n -3',
    [
      ['number', '5'],
      ['command', 'INCRBY'],
      ['number', '-3'],
    ],
  ],
  ['NOSUCH EX 1', [['number', '1']]],
  [
    "ECHO 'it\\'s'",
    [
      ['command', 'ECHO'],
      ['string', "'it\\'s'"],
    ],
  ],
  [
    'GET "open',
    [
      ['command', 'GET'],
      ['string', '"open'],
    ],
  ],
  ['', []],
])('%s', (line, kinds) => expect(parts(line)).toEqual(kinds))

test('tokens stand in the order of their line', () => {
  const at = tokensOf('  B>  3 SET k "v" # => OK', catalog).map(({ from }) => from)
  expect(at).toEqual(at.toSorted((a, b) => a - b))
})
