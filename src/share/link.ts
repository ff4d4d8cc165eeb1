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

/** Why a link cannot be opened. */
export type Refusal = 'no-link' | 'damaged' | 'newer' | 'too-large'

/** A fragment without its `#`; null where it would be longer than a URL bears. */
export async function writeLink(cargo: Cargo): Promise<string | null> {
  const bytes = packed(cargo)
  if (bytes.length > CARGO_MOST) return null
  const squeezed = await squeeze(bytes)
  const whole = new Uint8Array(CHECKSUM + squeezed.length)
  new DataView(whole.buffer).setUint32(0, crc32(squeezed))
  whole.set(squeezed, CHECKSUM)
  const fragment = `${VERSION}.${toBase64url(whole)}`
  return fragment.length > FRAGMENT_MOST ? null : fragment
}

/** True for a fragment that is meant as a link of ours, good or not. */
export const isLink = (fragment: string): boolean => /^\d{1,6}\./.test(fragment)

/** What a fragment (without its `#`) carries. Never throws. */
export async function readLink(fragment: string): Promise<Cargo | Refusal> {
  // A sentence's full stop, a bracket or a quote that a chat program took for a part of the link.
  const [, version, text] = /^(\d{1,6})\.([^.,;:!?)\]>"'\s]*)[.,;:!?)\]>"'\s]*$/.exec(fragment) ?? []
  if (version === undefined || text === undefined) return isLink(fragment) ? 'damaged' : 'no-link'
  if (Number(version) > VERSION) return 'newer'
  if (Number(version) < VERSION) return 'damaged'
  if (fragment.length > FRAGMENT_MOST) return 'too-large'
  const whole = fromBase64url(text)
  if (!whole || whole.length < CHECKSUM) return 'damaged'
  const squeezed = whole.slice(CHECKSUM)
  if (new DataView(whole.buffer).getUint32(0) !== crc32(squeezed)) return 'damaged'
  const bytes = await unsqueeze(squeezed, CARGO_MOST)
  if (bytes === 'too-large') return 'too-large'
  return (bytes && unpacked(bytes)) ?? 'damaged'
}
