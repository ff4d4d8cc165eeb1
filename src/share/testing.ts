// Golden links as data, links of any bytes, and links that are bombs. For tests and the bench.
import { readFileSync, readdirSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { toBase64url } from './base64url.ts'
import { crc32 } from './crc32.ts'
import { LINK_LIMITS, type Refusal } from './link.ts'

/** A file of golden/: its link, what its head says, and what stands below. */
export interface Golden {
  readonly file: string
  readonly link: string
  readonly facts: ReadonlyMap<string, string>
  readonly rest: string
}

export function goldenLinks(folder = 'src/share/golden'): Golden[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  return files.map((file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    const [head = '', ...rest] = text.split('\n\n')
    const facts = new Map(head.split('\n').map((row) => row.split(/: ?(.*)/s, 2) as [string, string]))
    return { file, link: facts.get('link')!.trim(), facts, rest: rest.join('\n\n').replace(/\n$/, '') }
  })
}

/** A fragment whose checksum is right, whatever it holds. */
function fragmentOf(squeezed: Uint8Array): string {
  const whole = new Uint8Array(4 + squeezed.length)
  new DataView(whole.buffer).setUint32(0, crc32(squeezed))
  whole.set(squeezed, 4)
  return `1.${toBase64url(whole)}`
}

/** A cargo's bytes with any head, and a length before it that may lie. */
function cargoBytes(head: string, tail = new Uint8Array(0), length?: number): Uint8Array {
  const text = new TextEncoder().encode(head)
  const bytes = new Uint8Array(4 + text.length + tail.length)
  new DataView(bytes.buffer).setUint32(0, length ?? text.length)
  bytes.set(text, 4)
  bytes.set(tail, 4 + text.length)
  return bytes
}

export interface Bomb {
  readonly name: string
  readonly fragment: string
  readonly refusal: Refusal | 'older'
}

/** Links of few letters that ask for much room or time, each with what it is refused for. */
export function linkBombs(): Bomb[] {
  const head = (inputs: string) =>
    `{"kind":"log","build":"b","name":"","digest":"${'0'.repeat(40)}","seed":1,"began":1,"inputs":${inputs}}`
  const image = `{"kind":"image","build":"b","name":"","digest":"${'0'.repeat(40)}"}`
  const full = (each: string, bytes = LINK_LIMITS.head) =>
    `[${`${each},`.repeat(Math.floor((bytes - 400) / (each.length + 1)))}${each}]`
  const none = new Uint8Array(0)
  const most = LINK_LIMITS.bytes - 4 - image.length
  const bombs: readonly (readonly [name: string, bytes: Uint8Array, refusal: Bomb['refusal']])[] = [
    ['48 MB of nothing', new Uint8Array(48 << 20), 'damaged'],
    ['an image of 48 MB', cargoBytes(image, new Uint8Array(48 << 20)), 'too-large'],
    ['an image a byte too large', cargoBytes(image, new Uint8Array(most + 1)), 'too-large'],
    // A link as it should be; its image is of no version that the engine knows.
    ['an image as large as may be', cargoBytes(image, new Uint8Array(most)), 'older'],
    ['squeezed twice', deflateRawSync(new Uint8Array(48 << 20)), 'too-large'],
    ['lists in lists', cargoBytes(head('['.repeat(1_000_000))), 'too-large'],
    ['objects in objects', cargoBytes(head('{"a":'.repeat(100_000))), 'too-large'],
    ['as many empty lists as may be', cargoBytes(head(full('[]', 98_000))), 'damaged'],
    ['a million empty lists', cargoBytes(head(full('[]', 3_000_000))), 'too-large'],
    ['half a million digits', cargoBytes(head(full('0'))), 'too-large'],
    ['as many ticks as may be', cargoBytes(head(`[${'["t",1],'.repeat(21_800)}0]`)), 'damaged'],
    ['as many words as may be', cargoBytes(head(`[["s",1,1${',""'.repeat(65_000)}],0]`)), 'damaged'],
    ['a head longer than all', cargoBytes(head('[]'), none, 1_000_000), 'damaged'],
    ['a head longer than anything', cargoBytes(head('[]'), none, 4_000_000_000), 'too-large'],
    ['a head cut short', cargoBytes(head('[]'), none, 20), 'damaged'],
    ['a text without an end', cargoBytes(`{"kind":"${String.raw`\"`.repeat(500_000)}`), 'damaged'],
    ['1 MB of one letter', cargoBytes(`{"kind":"${'x'.repeat(LINK_LIMITS.head - 100)}"}`), 'damaged'],
    ['4 MB of one letter', cargoBytes(`{"kind":"${'x'.repeat(4_000_000)}"}`), 'too-large'],
    ['an image behind a log', cargoBytes(head('[]'), new Uint8Array(1_000_000)), 'damaged'],
  ]
  return bombs.map(([name, bytes, refusal]) => ({
    name,
    fragment: fragmentOf(deflateRawSync(bytes, { level: 9 })),
    refusal,
  }))
}
