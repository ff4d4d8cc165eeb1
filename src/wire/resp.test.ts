import { describe, expect, it } from 'vitest'
import { latin, toArray, utf8, type Bytes } from './bytes.ts'
import { words } from './line.ts'
import { double, failure, map, NIL_ARRAY, OK, setOf, type Reply } from './reply.ts'
import {
  BULK_MAX,
  encode,
  encodeRequest,
  INLINE_MAX,
  ProtocolError,
  ReplyDecoder,
  RequestDecoder,
  type Ahead,
  type Decoded,
} from './resp.ts'
import { showDouble } from './show.ts'

function requests(...chunks: string[]): Decoded[] {
  const decoder = new RequestDecoder()
  const found: Decoded[] = []
  for (const chunk of chunks) {
    decoder.push(latin(chunk))
    for (let one = decoder.next(); one; one = decoder.next()) found.push(one)
  }
  return found
}

const asked = (...argv: string[]): Decoded => argv as Bytes[]
const refused = (text: string): Decoded => new ProtocolError(latin(`ERR Protocol error: ${text}`))

const nested: Reply = [
  1,
  -7n,
  latin('a\r\nb'),
  null,
  OK,
  failure('ERR no'),
  true,
  false,
  double(1.5),
  { kind: 'big', digits: '12345678901234567890' },
  { kind: 'verbatim', format: 'txt', text: latin('v\n') },
  map([[latin('k'), [setOf([1]), []]]]),
  { kind: 'push', items: [latin('message')] },
  { kind: 'attribute', pairs: [[latin('ttl'), 3]], reply: latin('real') },
]

describe('replies as bytes', () => {
  it.each<[string, Reply, string, string]>([
    ['null', null, '$-1\r\n', '_\r\n'],
    ['nil array', NIL_ARRAY, '*-1\r\n', '_\r\n'],
    ['integer', 12345, ':12345\r\n', ':12345\r\n'],
    ['64 bits', 9223372036854775807n, ':9223372036854775807\r\n', ':9223372036854775807\r\n'],
    ['string', utf8('안'), '$3\r\n\xec\x95\x88\r\n', '$3\r\n\xec\x95\x88\r\n'],
    ['true', true, ':1\r\n', '#t\r\n'],
    ['false', false, ':0\r\n', '#f\r\n'],
    ['double', double(3.141), '$5\r\n3.141\r\n', ',3.141\r\n'],
    ['infinity', double(-Infinity), '$4\r\n-inf\r\n', ',-inf\r\n'],
    ['status', OK, '+OK\r\n', '+OK\r\n'],
    ['error on one line', failure('ERR a\r\nb'), '-ERR a  b\r\n', '-ERR a  b\r\n'],
    ['array', [0, []], '*2\r\n:0\r\n*0\r\n', '*2\r\n:0\r\n*0\r\n'],
    ['set', setOf([0, 1]), '*2\r\n:0\r\n:1\r\n', '~2\r\n:0\r\n:1\r\n'],
    ['map', map([[0, false]]), '*2\r\n:0\r\n:0\r\n', '%1\r\n:0\r\n#f\r\n'],
    ['push', { kind: 'push', items: [1] }, '*1\r\n:1\r\n', '>1\r\n:1\r\n'],
    ['big number', { kind: 'big', digits: '123' }, '$3\r\n123\r\n', '(123\r\n'],
    ['verbatim', { kind: 'verbatim', format: 'txt', text: latin('ab') }, '$2\r\nab\r\n', '=6\r\ntxt:ab\r\n'],
    ['attribute', { kind: 'attribute', pairs: [[1, 2]], reply: 3 }, ':3\r\n', '|1\r\n:1\r\n:2\r\n:3\r\n'],
  ])('%s', (_, reply, resp2, resp3) => {
    expect(encode(reply, 2)).toBe(resp2)
    expect(encode(reply, 3)).toBe(resp3)
  })

  it.each([
    [1e17, '100000000000000000'],
    [123456789012345680, '123456789012345680'],
    [4e18, '4000000000000000000'],
    [4.7e18, '4.7e+18'],
    [1.2345678901234567e19, '12345678901234567000'],
    [1.234567e21, '1.234567e+21'],
    [1e-5, '0.00001'],
    [1.234e-5, '1.234e-5'],
    [-0.000123, '-0.000123'],
    [1e-7, '1e-7'],
    [-0, '-0'],
    [NaN, 'nan'],
    [12345678.9, '12345678.9'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [5e-324, '5e-324'],
  ])('writes the double %d as the server does', (value, text) => expect(showDouble(value)).toBe(text))
})

describe('requests from bytes', () => {
  const stream =
    '*2\r\n$4\r\nECHO\r\n$5\r\na\r\n\0b\r\n' +
    '\r\nSET "a\\x41" \'b c\'\r\nPING\n' +
    '*0\r\n*-1\r\n*1\r\n$4\r\nPINGxx*1\r\n$0\r\n\r\n*x\r\nPING\r\n'
  const meant = [
    asked('ECHO', 'a\r\n\0b'),
    asked('SET', 'aA', 'b c'),
    asked('PING'),
    asked('PING'),
    asked(''),
    refused('invalid multibulk length'),
  ]

  it('come the same however the bytes are cut', () => {
    expect(requests(stream)).toEqual(meant)
    expect(requests(...stream.split(''))).toEqual(meant)
    for (let cut = 0; cut <= stream.length; cut++)
      expect(requests(stream.slice(0, cut), stream.slice(cut))).toEqual(meant)
  })

  it.each([
    ['*x\r\n', 'invalid multibulk length'],
    ['*\r\n', 'invalid multibulk length'],
    ['*01\r\n', 'invalid multibulk length'],
    ['*2147483648\r\n', 'invalid multibulk length'],
    ['*1\r\n+PING\r\n', "expected '$', got '+'"],
    ['*1\r\n\r\n', "expected '$', got ' '"],
    ['*1\r\n$x\r\n', 'invalid bulk length'],
    ['*1\r\n$-1\r\n', 'invalid bulk length'],
    [`*1\r\n$${BULK_MAX + 1}\r\n`, 'invalid bulk length'],
    ['set "a\r\n', 'unbalanced quotes in request'],
    ["ECHO 'a'b\r\n", 'unbalanced quotes in request'],
    ['a'.repeat(INLINE_MAX + 1), 'too big inline request'],
    [`*${'1'.repeat(INLINE_MAX + 1)}`, 'too big mbulk count string'],
    [`*1\r\n$${'1'.repeat(INLINE_MAX + 1)}`, 'too big bulk count string'],
  ])('refuses %j', (bytes, text) => {
    expect(requests(bytes)).toEqual([refused(text)])
    expect(requests(bytes, 'PING\r\n')).toEqual([refused(text)])
  })

  it('waits, as Redis does', () => {
    for (const bytes of ['*2147483647\r\n', 'PI\0NG\r\nPING\r\n', '*1\0\r\n$4\r\nPING\r\n', '*1\r\n$4\r\nPING\r'])
      expect(requests(bytes)).toEqual([])
  })

  it('takes a line that is as long as it may be', () => {
    expect(requests(`${'a'.repeat(INLINE_MAX)}\n`)).toEqual([asked('a'.repeat(INLINE_MAX))])
  })

  it('ends a word at its closing quote and a line at a zero byte', () => {
    expect(requests('ECHO "a"\vb\n')).toEqual([asked('ECHO', 'a', 'b')])
    expect(words(latin('a\0 b'))?.map((word) => word.bytes)).toEqual(['a'])
  })

  it('reads what encodeRequest wrote', () => {
    const argv = ['SET', 'k', '\0\r\n\xff'].map(latin)
    expect(requests(encodeRequest(argv))).toEqual([argv])
  })
})

describe('replies from bytes', () => {
  function replies(...chunks: string[]): Reply[] {
    const decoder = new ReplyDecoder()
    const found: Reply[] = []
    for (const chunk of chunks) {
      decoder.push(latin(chunk))
      for (let one = decoder.next(); one !== undefined; one = decoder.next()) found.push(one)
    }
    return found
  }

  it('come the same however the bytes are cut', () => {
    const bytes = encode(nested, 3) + encode(latin('next'), 3)
    const meant = [nested.map((item) => (item === -7n ? -7 : item)), 'next']
    expect(replies(bytes)).toEqual(meant)
    for (let cut = 0; cut <= bytes.length; cut++) expect(replies(bytes.slice(0, cut), bytes.slice(cut))).toEqual(meant)
  })

  it('knows the nils of RESP2 and numbers of 64 bits', () => {
    expect(replies('$-1\r\n*-1\r\n:9223372036854775807\r\n')).toEqual([null, NIL_ARRAY, 9223372036854775807n])
  })

  it('reads nesting of any depth', () => {
    const deep = 100_000
    const [reply] = replies('*1\r\n'.repeat(deep) + ':1\r\n')
    let depth = 0
    for (let at = reply; Array.isArray(at); at = at[0] as Reply) depth++
    expect(depth).toBe(deep)
  })

  it('throws at what is no reply', () => expect(() => replies('PONG\r\n')).toThrow('not a reply'))
})

it('shows the requests that come next, and gives them one by one', () => {
  const decoder = new RequestDecoder()
  const ahead = (most: number) => meant(decoder.ahead(most))
  decoder.push(
    latin('*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n*2\r\n$3\r\nGET\r\n$1\r\nb\r\nPING\r\n*2\r\n$3\r\nG'),
  )
  expect(ahead(2)).toEqual([['PING'], ['GET', 'a']])
  expect(decoder.next()).toEqual(['PING'])
  // Not before all of them were taken.
  expect(ahead(2)).toEqual([])
  expect(decoder.next()).toEqual(['GET', 'a'])
  expect(ahead(2)).toEqual([['GET', 'b']])
  expect(decoder.next()).toEqual(['GET', 'b'])
  // What is unusual, or not whole, is left to `next`.
  expect(ahead(2)).toEqual([])
  expect(decoder.next()).toEqual(['PING'])
  expect(ahead(2)).toEqual([])
  expect(decoder.next()).toBeNull()
  decoder.push(latin('ET\r\n$1\r\nc\r\n'))
  expect(decoder.next()).toEqual(['GET', 'c'])
})

const meant = ({ requests, count }: Ahead) => requests.slice(0, count)

it('tells where the words of those requests begin in the piece that came last', () => {
  const decoder = new RequestDecoder()
  const push = (piece: string) => decoder.push(latin(piece), toArray(latin(piece)))
  const ahead = (most: number) => meant(decoder.ahead(most))
  push('*2\r\n$3\r\nGET\r\n$1\r\na\r\n*2\r\n$3\r\nGET\r\n$')
  expect(Array.from(decoder.ahead(9).starts.subarray(0, 2))).toEqual([8, 17])
  expect(decoder.next()).toEqual(['GET', 'a'])
  push('2\r\nbc\r\n*1\r\n$4\r\nPING\r\n')
  // A request that came in two pieces is no longer looked at beforehand.
  expect(ahead(9)).toEqual([])
  expect(decoder.next()).toEqual(['GET', 'bc'])
  const next = decoder.ahead(9)
  expect(meant(next)).toEqual([['PING']])
  expect(next.array![next.starts[0]!]).toBe(0x50)
})
