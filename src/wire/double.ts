// The digits by which the server prints a double. Redis uses Grisu2, which reckons in 64 bits and so misses the shortest
// digits now and then: 1e23 is 99999999999999990000000 there. To print the same we do the same reckoning.
//
// The idea: all numbers between the middles to the neighbouring doubles read back as this double. Scale that stretch by a
// power of ten from a table, so that its upper end has its point in the middle of 64 bits, and write down digits of the
// upper end until what is left is within the stretch. Then lower the last digit towards the number itself.

/** mantissa × 2^exponent, the mantissa of 64 bits. */
interface Scaled {
  readonly mantissa: bigint
  readonly exponent: number
}

export interface Digits {
  /** The first is not 0. */
  readonly digits: string
  /** The number is 0.digits × 10^point. */
  readonly point: number
}

const HIDDEN = 1n << 52n
const bitsOf = new DataView(new ArrayBuffer(8))

/** A double's mantissa with its hidden bit, and the exponent that belongs to it. */
function take(value: number): Scaled {
  bitsOf.setFloat64(0, value)
  const bits = bitsOf.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const mantissa = bits & (HIDDEN - 1n)
  return exponent === 0 ? { mantissa, exponent: -1074 } : { mantissa: mantissa + HIDDEN, exponent: exponent - 1075 }
}

const bitLength = (value: bigint): number => value.toString(2).length

/** The same number with a mantissa that fills 64 bits. */
function filled({ mantissa, exponent }: Scaled): Scaled {
  const shift = 64 - bitLength(mantissa)
  return { mantissa: mantissa << BigInt(shift), exponent: exponent - shift }
}

/** The product of two, rounded to 64 bits. */
const times = (a: Scaled, b: Scaled): Scaled => ({
  mantissa: (a.mantissa * b.mantissa + (1n << 63n)) >> 64n,
  exponent: a.exponent + b.exponent + 64,
})

const FIRST_POWER = -348
const POWER_STEP = 8
const POWERS = 87
let powers: Scaled[] = []

/** 10^power, rounded to 64 bits. */
function powerOfTen(power: number): Scaled {
  const whole = 10n ** BigInt(Math.abs(power))
  // A quotient of some 130 bits leaves no doubt about the rounding.
  const shift = power < 0 ? bitLength(whole) + 130 : 0
  const exact = power < 0 ? (1n << BigInt(shift)) / whole : whole
  const spare = bitLength(exact) - 64
  if (spare <= 0) return filled({ mantissa: exact, exponent: -shift })
  return { mantissa: (exact + (1n << BigInt(spare - 1))) >> BigInt(spare), exponent: spare - shift }
}

/** The power of ten of the table that brings an exponent between -60 and -32, found as Redis finds it. */
function scaleFor(exponent: number): { power: number; scale: Scaled } {
  if (powers.length === 0) powers = Array.from({ length: POWERS }, (_, i) => powerOfTen(FIRST_POWER + i * POWER_STEP))
  const about = Math.trunc(-(exponent + POWERS) * 0.30102999566398114)
  for (let i = Math.trunc((about - FIRST_POWER) / POWER_STEP); ;) {
    const scale = powers[i]!
    const reached = exponent + scale.exponent + 64
    if (reached < -60) i++
    else if (reached > -32) i--
    else return { power: FIRST_POWER + i * POWER_STEP, scale }
  }
}

/** The digits of a finite double above zero. */
export function digitsOf(value: number): Digits {
  const number = take(value)
  const upper = filled({ mantissa: number.mantissa * 2n + 1n, exponent: number.exponent - 1 })
  const shift = number.mantissa === HIDDEN ? 2 : 1
  const below = (number.mantissa << BigInt(shift)) - 1n
  const lower = { mantissa: below << BigInt(number.exponent - shift - upper.exponent), exponent: upper.exponent }
  const { power, scale } = scaleFor(upper.exponent)
  const high = times(upper, scale)
  const digits = generate(times(filled(number), scale).mantissa, high, times(lower, scale).mantissa + 1n)
  return { digits: digits.text, point: digits.text.length + digits.exponent - power }
}

/** Digits of the upper end until the rest lies within the stretch. */
function generate(number: bigint, high: Scaled, low: bigint): { text: string; exponent: number } {
  const top = high.mantissa - 1n
  const places = BigInt(-high.exponent)
  const whole = (top >> places).toString()
  let rest = top & ((1n << places) - 1n)
  let width = top - low
  let away = top - number
  for (let i = 1; i <= whole.length; i++) {
    const unit = 10n ** BigInt(whole.length - i)
    const left = ((BigInt(whole) % unit) << places) + rest
    if (left <= width) return lowered(whole.slice(0, i), whole.length - i, width, left, unit << places, away)
  }
  let text = whole
  for (let exponent = -1; ; exponent--) {
    rest *= 10n
    width *= 10n
    away *= 10n
    text += rest >> places
    rest &= (1n << places) - 1n
    if (rest < width) return lowered(text, exponent, width, rest, 1n << places, away)
  }
}

/** Lowers the last digit as long as that brings it nearer to the number and stays within the stretch. */
function lowered(text: string, exponent: number, width: bigint, rest: bigint, unit: bigint, away: bigint) {
  let left = rest
  let last = text.charCodeAt(text.length - 1)
  while (left < away && width - left >= unit && (left + unit < away || away - left > left + unit - away)) {
    last--
    left += unit
  }
  return { text: text.slice(0, -1) + String.fromCharCode(last), exponent }
}
