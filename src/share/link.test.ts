import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latin } from '../wire/bytes.ts'
import type { Input } from '../session/protocol.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { holdsSecrets, packed, type Cargo } from './cargo.ts'
import { crc32 } from './crc32.ts'
import { FRAGMENT_MOST, LINK_LIMITS, readFile, readLink, writeFile, writeLink } from './link.ts'

const digest = '0123456789abcdef0123456789abcdef01234567'
const send = (at: number, ...argv: string[]): Input => ({ do: 'send', at, client: 1, argv: argv.map(latin) })
const log = (...inputs: Input[]): Cargo => ({
  kind: 'log',
  build: 'b1',
  name: '모자',
  seed: 7,
  began: 1000,
  inputs: [{ do: 'connect', at: 1000, client: 1, name: 'A', db: 0 }, ...inputs],
  digest,
})
const cargoes: readonly Cargo[] = [
  log(send(1000, 'SET', 'k', '\x00\xff"'), { do: 'tick', at: 2000 }, { do: 'cancel', at: 2000, client: 1 }),
  log({ do: 'reset', at: 1001 }, { do: 'disconnect', at: 1002, client: 1 }),
  log(
    { do: 'send', at: 1001, client: 1, argv: [latin('PING')], joins: true },
    { do: 'disconnect', at: 1002, client: 1, act: true },
  ),
  log({ do: 'crash', at: 1001 }, { do: 'restart', at: 1002 }),
  log(
    { do: 'disk', at: 1001, full: true },
    { do: 'disk', at: 1001, full: false },
    { do: 'put', at: 1001, path: latin('dump.rdb'), bytes: latin('REDIS\xff\0') },
  ),
  { kind: 'image', build: 'b1', name: '', image: Uint8Array.from({ length: 999 }, (_, i) => i * 7), digest },
  { kind: 'lesson', mark: { lesson: 'last-hat', step: 'watch' } },
  { kind: 'script', name: '경주', script: 'SET k "안녕"\nGET k # => 1' },
]
const linked = async (cargo: Cargo) => {
  const fragment = await writeLink(cargo)
  expect(fragment).not.toBeNull()
  return fragment!
}
/** A fragment whose checksum is right, whatever it holds. */
const fragmentOf = (squeezed: Uint8Array) => {
  const whole = new Uint8Array(4 + squeezed.length)
  new DataView(whole.buffer).setUint32(0, crc32(squeezed))
  whole.set(squeezed, 4)
  return `1.${toBase64url(whole)}`
}

describe('a link', () => {
  it.each(cargoes)('brings back what it was given: $kind', async (cargo) => {
    const fragment = await linked(cargo)
    expect(fragment).toMatch(/^1\.[\w-]+$/)
    expect(await readLink(fragment)).toEqual(cargo)
  })

  it('is read with what a chat program hangs on to it', async () => {
    const fragment = await linked(cargoes[0]!)
    for (const end of ['.', ')', '>', '"', ' ', '.)', '?']) expect(await readLink(fragment + end)).toEqual(cargoes[0])
  })

  it('is told as too large, going out and coming in', async () => {
    const noise = new Uint8Array(100_000)
    for (let i = 0, x = 1; i < noise.length; i++) {
      x = Math.imul(x, 1103515245) + 12345
      noise[i] = x >>> 16
    }
    const image = {
      ...(cargoes.find(({ kind }) => kind === 'image') as Extract<Cargo, { kind: 'image' }>),
      image: noise,
    }
    expect(await writeLink(image)).toBeNull()
    expect(await readLink(`1.${'A'.repeat(FRAGMENT_MOST)}`)).toBe('too-large')
  })

  it('may be a file instead, which may be larger', async () => {
    for (const cargo of cargoes) expect(await readFile((await writeFile(cargo))!)).toEqual(cargo)
    const large: Cargo = { kind: 'script', name: '', script: 'SET k v\n'.repeat(LINK_LIMITS.bytes / 4) }
    expect(await writeLink(large)).toBeNull()
    expect(await readFile((await writeFile(large))!)).toEqual(large)
    const file = (await writeFile(cargoes[0]!))!
    expect(await readFile(file.slice(0, -1))).toBe('damaged')
    expect(await readFile(new TextEncoder().encode('REDISCOVER 2\nwhatever'))).toBe('newer')
    expect(await readFile(new TextEncoder().encode('# a README'))).toBe('no-link')
    expect(await readFile(new Uint8Array(0))).toBe('no-link')
  })

  it('is told as newer, as damaged, as none', async () => {
    expect(await readLink('2.AAAA')).toBe('newer')
    expect(await readLink('0.AAAA')).toBe('damaged')
    expect(await readLink('1.')).toBe('damaged')
    expect(await readLink('1.%41')).toBe('damaged')
    expect(await readLink('')).toBe('no-link')
    expect(await readLink('lesson=https://example.org/l.md')).toBe('no-link')
  })
})

describe('damage', () => {
  it('of one bit or by cutting is never taken for another link', { timeout: 120_000 }, async () => {
    for (const cargo of cargoes.slice(0, 5)) {
      const fragment = await linked(cargo)
      const bytes = fromBase64url(fragment.slice(2))!
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = bytes.slice()
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        expect(await readLink(`1.${toBase64url(flipped)}`)).toBe('damaged')
      }
      for (let length = 2; length < fragment.length; length++)
        expect(await readLink(fragment.slice(0, length))).toBe('damaged')
    }
  })

  it('of any kind never throws, and never brings out what is none', async () => {
    const head = fc.oneof(
      fc.json(),
      fc.record({
        kind: fc.constantFrom('log', 'image', 'lesson', 'script'),
        name: fc.anything(),
        mark: fc.anything(),
      }),
      fc.record({
        kind: fc.constant('log'),
        name: fc.constant(''),
        build: fc.constant('b'),
        digest: fc.constant(digest),
        seed: fc.anything(),
        began: fc.constant(0),
        inputs: fc.array(fc.array(fc.anything())),
      }),
    )
    await fc.assert(
      fc.asyncProperty(head, async (value) => {
        const text = new TextEncoder().encode(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
        const bytes = new Uint8Array(4 + text.length)
        new DataView(bytes.buffer).setUint32(0, text.length)
        bytes.set(text, 4)
        const read = await readLink(fragmentOf(deflateRawSync(bytes)))
        expect(typeof read === 'string' ? read : await readLink(await linked(read))).toEqual(read)
      }),
      { numRuns: 3000 },
    )
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(['damaged', 'newer', 'no-link', 'too-large']).toContain(await readLink(text))
        expect(['damaged', 'too-large']).toContain(await readLink(`1.${text}`))
      }),
      { numRuns: 3000 },
    )
  })

  it('by nesting, by lies about lengths and by names of Object is no cargo', async () => {
    const wrong = (text: string, length = text.length) => {
      const bytes = new Uint8Array(4 + text.length)
      new DataView(bytes.buffer).setUint32(0, length)
      bytes.set(new TextEncoder().encode(text), 4)
      return fragmentOf(deflateRawSync(bytes))
    }
    expect(await readLink(wrong('['.repeat(200_000) + ']'.repeat(200_000)))).toBe('too-large')
    expect(await readLink(wrong('{"kind":"script","name":"","script":"x"}', 1_000_000))).toBe('damaged')
    expect(await readLink(wrong('{"__proto__":{"kind":"script","name":"","script":"x"}}'))).toBe('damaged')
    expect(await readLink(wrong('null'))).toBe('damaged')
  })
})

it('base64url goes there and back for every length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = toBase64url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64url(text)).toEqual(new Uint8Array(bytes))
    }),
  )
  for (const text of ['A', 'AB', 'A=', 'A+A', 'A/A', 'é', 'AAA\u0141']) expect(fromBase64url(text)).toBeNull()
})

it('a password keeps a log at home', () => {
  expect(holdsSecrets([send(1, 'AUTH', 'x')])).toBe(true)
  expect(holdsSecrets([send(1, 'hello', '3', 'AUTH', 'default', 'x')])).toBe(true)
  expect(holdsSecrets([send(1, 'CONFIG', 'SET', 'RequirePass', 'x')])).toBe(true)
  expect(holdsSecrets([send(1, 'ACL', 'SETUSER', 'bob', '>x')])).toBe(true)
  expect(holdsSecrets([send(1, 'HELLO', '3'), send(2, 'SET', 'auth', '1'), send(2, 'ACL', 'WHOAMI')])).toBe(false)
  expect(packed(cargoes.at(-1)!, LINK_LIMITS)!.length).toBeGreaterThan(0)
})
