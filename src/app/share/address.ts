// A lesson from anywhere: `#lesson=https://…` in the page's address. The only place of ours that asks another host for
// anything, and it does so when the person has said yes. What comes is text, read as data by the lesson's reader.

/** The most bytes that a lesson may have. */
export const LESSON_MOST = 256 * 1024
/** How long it may take to come, in ms. */
const PATIENCE = 30_000

/** Why there is no text. */
export type NoText =
  | { readonly why: 'not-https' | 'no-address' | 'unreachable' | 'too-large' | 'not-text' }
  | { readonly why: 'status'; readonly status: number }

export interface Fetched {
  readonly text: string
  /** Where it came from in the end: a site may send on to another. */
  readonly from: URL
}

const wanted = /^lesson=(.*)$/s

/** True for a fragment (without its `#`) that names a lesson's address. */
export const isAddress = (fragment: string): boolean => wanted.test(fragment)

/** The address in a fragment, as it stands there or encoded; one without a host belongs to the page's own site. */
export function addressIn(fragment: string, page: string): URL | NoText {
  const written = wanted.exec(fragment)?.[1] ?? ''
  try {
    const plain = /^[a-z]+:\/\//i.test(written) ? written : decodeURIComponent(written)
    if (plain === '') return { why: 'no-address' }
    const address = new URL(plain, page)
    if (address.username !== '' || address.password !== '') return { why: 'no-address' }
    address.hash = ''
    return isFit(address, page) ? address : { why: 'not-https' }
  } catch {
    return { why: 'no-address' }
  }
}

/** Over TLS from anywhere, or from the site that the page itself came from. */
const isFit = (address: URL, page: string) =>
  address.protocol === 'https:' || (/^https?:$/.test(address.protocol) && address.origin === new URL(page).origin)

/** Fetches a lesson's text: no credentials, no referrer, nothing kept, and no more than a lesson may have. Never rejects. */
export async function fetchLesson(address: URL, page: string): Promise<Fetched | NoText> {
  try {
    const response = await fetch(address, {
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    })
    const from = new URL(response.url)
    if (!isFit(from, page)) return await without(response, { why: 'not-https' })
    if (!response.ok) return await without(response, { why: 'status', status: response.status })
    if (!isText(response.headers.get('content-type'))) return await without(response, { why: 'not-text' })
    const bytes = await upTo(LESSON_MOST, response)
    if (!bytes) return { why: 'too-large' }
    const text = textOf(bytes)
    return text === null ? { why: 'not-text' } : { text, from }
  } catch {
    // Offline, no such host, not allowed to be read by other sites, sent on to where the policy does not let it go: a page
    // is not told which.
    return { why: 'unreachable' }
  }
}

async function without(response: Response, no: NoText): Promise<NoText> {
  await response.body?.cancel()
  return no
}

/** Plain text, Markdown, or a type that hosts give to names which they do not know; never a web page or a picture. */
const isText = (type: string | null) =>
  type === null || /^(?:text\/(?!html\b)|application\/octet-stream\b)/i.test(type.trim())

/** The body's bytes; null as soon as there are more. What the head says of its length is not believed. */
async function upTo(most: number, { body }: Response): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(most)
  let length = 0
  const reader = body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done || !value) return bytes.subarray(0, length)
    if (length + value.length > most) {
      await reader!.cancel()
      return null
    }
    bytes.set(value, length)
    length += value.length
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
