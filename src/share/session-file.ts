// A session as a file, with all that there is of it: where its history begins, the log, the state as it is, what was taken
// back, and the page's notebook. A line that says what it is, a checksum, and squeezed: a head in JSON behind its length,
// and behind that the parts in bytes. Believes nothing that it reads; what the parts hold is not looked at here.
import { crc32 } from './crc32.ts'
import type { Refusal } from './link.ts'
import { joined, squeeze, unsqueeze } from './squeeze.ts'

export interface SessionFile {
  readonly build: string
  readonly name: string
  /** What DEBUG DIGEST says of the state. */
  readonly digest: string
  readonly nextSeq: number
  readonly floor: number
  readonly notebook: string | null
  readonly base: Uint8Array
  readonly log: Uint8Array
  readonly image: Uint8Array
  /** The last first. */
  readonly undone: readonly Uint8Array[]
}

const HEAD = new TextEncoder().encode('REDISCOVER SESSION 1\n')
/** The most bytes that a file may hold, squeezed or not: a million small keys are some 50 MB. */
export const SESSION_MOST = 512 * 1024 * 1024
const MOST_UNDONE = 100_000

const begins = (bytes: Uint8Array, with_: Uint8Array) => with_.every((byte, i) => bytes[i] === byte)

/** True for a file that is meant as a session, good or not. */
export const isSession = (bytes: Uint8Array): boolean => begins(bytes, HEAD.subarray(0, -2))

export async function writeSession(file: SessionFile): Promise<Uint8Array<ArrayBuffer>> {
  const { base, log, image, undone, ...facts } = file
  const parts = [base, log, image, ...undone]
  const head = new TextEncoder().encode(JSON.stringify({ ...facts, parts: parts.map(({ length }) => length) }))
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, head.length)
  const squeezed = await squeeze(joined([size, head, ...parts]))
  const sum = new Uint8Array(4)
  new DataView(sum.buffer).setUint32(0, crc32(squeezed))
  return joined([HEAD, sum, squeezed])
}

/** What a file holds. Never throws. */
export async function readSession(bytes: Uint8Array): Promise<SessionFile | Refusal> {
  if (!isSession(bytes)) return 'no-link'
  if (!begins(bytes, HEAD)) return 'newer'
  if (bytes.length > SESSION_MOST) return 'too-large'
  const squeezed = bytes.slice(HEAD.length + 4)
  if (bytes.length < HEAD.length + 4) return 'damaged'
  const sum = new DataView(bytes.buffer, bytes.byteOffset + HEAD.length).getUint32(0)
  if (crc32(squeezed) !== sum) return 'damaged'
  const pieces: Uint8Array[] = []
  let length = 0
  const fine = await unsqueeze(squeezed, (piece) => {
    pieces.push(piece)
    length += piece.length
    return length <= SESSION_MOST
  })
  if (length > SESSION_MOST) return 'too-large'
  return (fine && unpacked(joined(pieces))) || 'damaged'
}

type Head = Readonly<Partial<Record<keyof SessionFile | 'parts', unknown>>>

function unpacked(whole: Uint8Array<ArrayBuffer>): SessionFile | null {
  if (whole.length < 4) return null
  const length = new DataView(whole.buffer).getUint32(0)
  const head = parse(whole.subarray(4, 4 + length))
  const parts = head && cut(whole.subarray(4 + length), head.parts)
  if (!head || !parts) return null
  const [base, log, image, ...undone] = parts
  const { build, name, digest, nextSeq, floor, notebook } = head
  if (!isText(build, 100) || !isText(name, 200) || !isText(digest, 40) || !(notebook === null || isText(notebook)))
    return null
  if (!isCount(nextSeq) || !isCount(floor) || !base || !log || !image) return null
  return { build, name, digest, nextSeq, floor, notebook, base, log, image, undone }
}

function parse(bytes: Uint8Array): Head | null {
  try {
    const head: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof head === 'object' && head !== null ? (head as Head) : null
  } catch {
    return null
  }
}

/** The parts by their lengths, which must use up all there is. */
function cut(bytes: Uint8Array<ArrayBuffer>, lengths: unknown): Uint8Array[] | null {
  if (!Array.isArray(lengths) || lengths.length > MOST_UNDONE || !lengths.every(isCount)) return null
  let at = 0
  const parts = (lengths as number[]).map((length) => bytes.slice(at, (at += length)))
  return at === bytes.length ? parts : null
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isText = (value: unknown, most = Infinity): value is string => typeof value === 'string' && value.length <= most
