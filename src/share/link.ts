// A cargo in a URL's fragment: `1.` and base64url of a checksum and squeezed bytes. The fragment never leaves the browser.
// The checksum is tested before anything is unpacked, so that what a chat program cut off is told as damage and nothing
// else; the number in front is the format's, so that a newer link is told as newer.
import { crc32 } from './crc32.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { packed, unpacked, type Cargo } from './cargo.ts'
import { squeeze, unsqueeze } from './squeeze.ts'

const VERSION = 1
/** The most characters that a fragment may have: what the URLs of course pages and chats bear. */
export const FRAGMENT_MOST = 64 * 1024
/** The most bytes that may come out of it. */
export const CARGO_MOST = 4 * 1024 * 1024
const CHECKSUM = 4

/** A file may hold more than a link: what comes out of it, and what it may weigh itself, in bytes. */
export const FILE_MOST = 32 * 1024 * 1024
/** What a file begins with; the digit is the format's, as in a link. */
const FILE_HEAD = `REDISCOVER ${VERSION}\n`

/** Why a link cannot be opened. */
export type Refusal = 'no-link' | 'damaged' | 'newer' | 'too-large'

/** A fragment without its `#`; null where it would be longer than a URL bears. */
export async function writeLink(cargo: Cargo): Promise<string | null> {
  const whole = await framed(cargo, CARGO_MOST)
  const fragment = whole && `${VERSION}.${toBase64url(whole)}`
  return fragment && fragment.length <= FRAGMENT_MOST ? fragment : null
}

/** A file's bytes; null where there would be more than anyone opens. */
export async function writeFile(cargo: Cargo): Promise<Uint8Array<ArrayBuffer> | null> {
  const whole = await framed(cargo, FILE_MOST)
  if (!whole) return null
  const head = new TextEncoder().encode(FILE_HEAD)
  const bytes = new Uint8Array(head.length + whole.length)
  bytes.set(head)
  bytes.set(whole, head.length)
  return bytes
}

/** Checksum and squeezed bytes; null where there are more than `most` of them before. */
async function framed(cargo: Cargo, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = packed(cargo, most)
  if (!bytes) return null
  const squeezed = await squeeze(bytes)
  const whole = new Uint8Array(CHECKSUM + squeezed.length)
  new DataView(whole.buffer).setUint32(0, crc32(squeezed))
  whole.set(squeezed, CHECKSUM)
  return whole
}

/** True for a fragment that is meant as a link of ours, good or not. */
const isLink = (fragment: string): boolean => /^\d{1,6}\./.test(fragment)

/** What a fragment (without its `#`) carries. Never throws. */
export async function readLink(fragment: string): Promise<Cargo | Refusal> {
  // A sentence's full stop, a bracket or a quote that a chat program took for a part of the link.
  const [, version, text] = /^(\d{1,6})\.([^.,;:!?)\]>"'\s]*)[.,;:!?)\]>"'\s]*$/.exec(fragment) ?? []
  if (version === undefined || text === undefined) return isLink(fragment) ? 'damaged' : 'no-link'
  if (Number(version) > VERSION) return 'newer'
  if (Number(version) < VERSION) return 'damaged'
  if (fragment.length > FRAGMENT_MOST) return 'too-large'
  const whole = fromBase64url(text)
  return whole ? unframed(whole, CARGO_MOST) : 'damaged'
}

/** What a file carries. Never throws. */
export async function readFile(bytes: Uint8Array<ArrayBuffer>): Promise<Cargo | Refusal> {
  const head = String.fromCharCode(...bytes.subarray(0, FILE_HEAD.length))
  const version = /^REDISCOVER (\d)\n$/.exec(head)?.[1]
  if (version === undefined) return 'no-link'
  if (Number(version) > VERSION) return 'newer'
  if (head !== FILE_HEAD) return 'damaged'
  return bytes.length > FILE_MOST ? 'too-large' : unframed(bytes.slice(FILE_HEAD.length), FILE_MOST)
}

async function unframed(whole: Uint8Array<ArrayBuffer>, most: number): Promise<Cargo | Refusal> {
  if (whole.length < CHECKSUM) return 'damaged'
  const squeezed = whole.slice(CHECKSUM)
  if (new DataView(whole.buffer).getUint32(0) !== crc32(squeezed)) return 'damaged'
  const bytes = await unsqueeze(squeezed, most)
  if (bytes === 'too-large') return 'too-large'
  return (bytes && unpacked(bytes, most)) ?? 'damaged'
}
