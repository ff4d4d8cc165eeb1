// Ways to look at the bytes of a string: which one fits best, and what each shows.
import { isUtf8, text, type Bytes } from '../../wire/bytes.ts'

export const looks = ['text', 'json', 'hex', 'bits', 'number'] as const
export type Look = (typeof looks)[number]

/** Bytes that are still drawn as bits. */
export const MOST_BITS = 64
const MOST_JSON = 262_144

/** The ways that make sense for these bytes; `whole`: they are all there are. */
export function looksOf(bytes: Bytes, whole: boolean): readonly Look[] {
  return looks.filter((look) => {
    if (look === 'json') return whole && pretty(bytes) !== null
    if (look === 'number') return whole && numberOf(bytes) !== null
    return look !== 'bits' || (whole && bytes.length > 0 && bytes.length <= MOST_BITS)
  })
}

/** The way that fits best. */
export function bestLook(bytes: Bytes, whole: boolean): Look {
  if (whole && numberOf(bytes) !== null) return 'number'
  if (whole && pretty(bytes) !== null) return 'json'
  const isText = isUtf8(bytes) || (!whole && isUtf8(bytes.slice(0, -4) as Bytes))
  if (isText && !/[^\P{Cc}\s]/u.test(text(bytes))) return 'text'
  return whole && bytes.length > 0 && bytes.length <= 16 ? 'bits' : 'hex'
}

/** An object or an array of JSON with its parts on lines of their own, or null. Numbers keep their digits. */
export function pretty(bytes: Bytes): string | null {
  if (!/^\s*[[{]/.test(bytes) || bytes.length > MOST_JSON || !isUtf8(bytes)) return null
  const source = text(bytes)
  try {
    JSON.parse(source)
  } catch {
    return null
  }
  return laidOut(source)
}

/** Only white space is put in or taken out, so that nothing else changes: no digit of a long number, no order. */
function laidOut(source: string): string {
  let out = ''
  let depth = 0
  const line = () => `\n${'  '.repeat(depth)}`
  for (const [piece] of source.matchAll(/"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[^\s"[\]{},:]+|[[\]{},:]/g)) {
    if (piece === '{' || piece === '[') {
      depth++
      out += piece + line()
    } else if (piece === '}' || piece === ']') {
      depth--
      out += line() + piece
    } else if (piece === ',') out += piece + line()
    else if (piece === ':') out += ': '
    else out += /^[[{]/.test(piece) ? piece[0]! + piece.at(-1)! : piece
  }
  return out
}

export interface Reckoned {
  /** Null for one that is not whole. */
  readonly whole: bigint | null
  readonly value: number
}

/** The number that a string is, as INCR or INCRBYFLOAT would take it; null where it is none. */
export function numberOf(bytes: Bytes): Reckoned | null {
  if (/^-?(?:0|[1-9]\d{0,18})$/.test(bytes) && bytes !== '-0') {
    const whole = BigInt(bytes)
    if (BigInt.asIntN(64, whole) === whole) return { whole, value: Number(whole) }
  }
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(bytes) || bytes.length > 40) return null
  const value = Number(bytes)
  return Number.isFinite(value) ? { whole: null, value } : null
}

/** Eight bytes a line: where it begins, the bytes, what of it is text. */
export function hexLines(bytes: Bytes): { at: string; hex: string; shown: string }[] {
  const lines: { at: string; hex: string; shown: string }[] = []
  for (let i = 0; i < bytes.length; i += 8) {
    const part = bytes.slice(i, i + 8)
    const codes = Array.from(part, (char) => char.charCodeAt(0))
    lines.push({
      at: i.toString(16).padStart(4, '0'),
      hex: codes.map((code) => code.toString(16).padStart(2, '0')).join(' '),
      shown: part.replaceAll(/[^\x20-\x7e]/g, '·'),
    })
  }
  return lines
}

/** The bits of a byte, the highest first, as SETBIT counts them. */
export const bitsOf = (byte: number): boolean[] => Array.from({ length: 8 }, (_, i) => (byte & (0x80 >> i)) !== 0)
