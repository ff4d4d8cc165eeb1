// A cargo in a URL's fragment: `1.` and base64url of a checksum and squeezed bytes. The fragment never leaves the browser.
// The checksum is tested before anything is unpacked, so that what a chat program cut off is told as damage and nothing
// else; the number in front is the format's, so that a newer link is told as newer.
import { crc32 } from './crc32.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { packed, Unpacking, type Cargo, type Limits } from './cargo.ts'
import { squeeze, unsqueeze } from './squeeze.ts'

const VERSION = 1
/** The most characters that a fragment may have: what the URLs of course pages and chats bear. */
export const FRAGMENT_MOST = 64 * 1024
/** What may come out of it. */
export const LINK_LIMITS: Limits = { bytes: 4 << 20, head: 1 << 20, parts: 1 << 16 }
const CHECKSUM = 4

/** A file may hold more than a link. It may weigh itself as much as may come out of it. */
export const FILE_LIMITS: Limits = { bytes: 32 << 20, head: 32 << 20, parts: 2_000_000 }
/** What a file begins with; the digit is the format's, as in a link. */
const FILE_HEAD = `REDISCOVER ${VERSION}\n`

/** Why a link cannot be opened. */
export type Refusal = 'no-link' | 'damaged' | 'newer' | 'too-large'

/** A fragment without its `#`; null where it would be longer than a URL bears. */
export async function writeLink(cargo: Cargo): Promise<string | null> {
  const whole = await framed(cargo, LINK_LIMITS)
  const fragment = whole && `${VERSION}.${toBase64url(whole)}`
  return fragment && fragment.length <= FRAGMENT_MOST ? fragment : null
}

/** A file's bytes; null where there would be more than anyone opens. */
export async function writeFile(cargo: Cargo): Promise<Uint8Array<ArrayBuffer> | null> {
  const whole = await framed(cargo, FILE_LIMITS)
  if (!whole) return null
  const head = new TextEncoder().encode(FILE_HEAD)
  const bytes = new Uint8Array(head.length + whole.length)
  bytes.set(head)
  bytes.set(whole, head.length)
  return bytes
}

/** Checksum and squeezed bytes; null where the cargo is more than whoever reads them would take. */
async function framed(cargo: Cargo, limits: Limits): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = packed(cargo, limits)
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
  return whole ? unframed(whole, LINK_LIMITS) : 'damaged'
}

/** What a file carries. Never throws. */
export async function readFile(bytes: Uint8Array<ArrayBuffer>): Promise<Cargo | Refusal> {
  const head = String.fromCharCode(...bytes.subarray(0, FILE_HEAD.length))
  const version = /^REDISCOVER (\d)\n$/.exec(head)?.[1]
  if (version === undefined) return 'no-link'
  if (Number(version) > VERSION) return 'newer'
  if (head !== FILE_HEAD) return 'damaged'
  return bytes.length > FILE_LIMITS.bytes ? 'too-large' : unframed(bytes.slice(FILE_HEAD.length), FILE_LIMITS)
}

async function unframed(whole: Uint8Array<ArrayBuffer>, limits: Limits): Promise<Cargo | Refusal> {
  if (whole.length < CHECKSUM) return 'damaged'
  const squeezed = whole.slice(CHECKSUM)
  if (new DataView(whole.buffer).getUint32(0) !== crc32(squeezed)) return 'damaged'
  const unpacking = new Unpacking(limits)
  const fine = await unsqueeze(squeezed, (piece) => unpacking.take(piece))
  return fine ? unpacking.end() : 'damaged'
}
