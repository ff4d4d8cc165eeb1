// The digits of a double as the server finds them: by Grisu (Florian Loitsch, "Printing floating-point numbers quickly and
// accurately with integers", second variant). It reckons with 64-bit fractions that are a little off, so that now and then
// it gives a digit more than is needed, or a last digit other than JavaScript's. Both read back as the same number; but a
// score must look here as it looks there, and so these are the server's very steps.

/** fraction × 2^exponent; the fraction is a 64-bit integer. */
interface Float {
  readonly fraction: bigint
  readonly exponent: number
}

export interface Digits {
  readonly digits: string
  /** The number is digits × 10^power. */
  readonly power: number
}

const HIDDEN = 1n << 52n
/** Powers of ten stand every eighth, from 10^-348 on. */
const FIRST = -348
const STEP = 8
const POWERS = 87
/** What the exponent of a scaled number must lie between, so that its whole part fits 32 bits. */
const EXPONENT_MIN = -60
const EXPONENT_MAX = -32

const HALF = 1n << 63n
const wrap = (value: bigint) => BigInt.asUintN(64, value)
const bits = new DataView(new ArrayBuffer(8))
const powers: (Float | undefined)[] = []

/** The digits of a finite number above zero. */
export function digitsOf(value: number): Digits {
  const { fraction, exponent } = split(value)
  const upper = normal(fraction * 2n + 1n, exponent - 1)
  const isPower = fraction === HIDDEN
  const lowerExponent = exponent - (isPower ? 2 : 1)
  const lower = {
    fraction: (fraction * (isPower ? 4n : 2n) - 1n) << BigInt(lowerExponent - upper.exponent),
    exponent: upper.exponent,
  }
  const { scale, power } = scaleFor(upper.exponent)
  const high = multiply(upper, scale)
  const low = multiply(lower, scale)
  const middle = multiply(normal(fraction, exponent), scale)
  return generate(middle.fraction, high.fraction - 1n, low.fraction + 1n, -high.exponent, -power)
}

function split(value: number): Float {
  bits.setFloat64(0, value)
  const all = bits.getBigUint64(0)
  const fraction = all & (HIDDEN - 1n)
  const biased = Number(all >> 52n) & 0x7ff
  return biased === 0 ? { fraction, exponent: -1074 } : { fraction: fraction + HIDDEN, exponent: biased - 1075 }
}

/** The same number with the highest of the 64 bits set. */
function normal(fraction: bigint, exponent: number): Float {
  const high = Number(fraction >> 32n)
  const shift = high > 0 ? Math.clz32(high) : 32 + Math.clz32(Number(fraction))
  return { fraction: fraction << BigInt(shift), exponent: exponent - shift }
}

const multiply = (a: Float, b: Float): Float => ({
  fraction: (a.fraction * b.fraction + HALF) >> 64n,
  exponent: a.exponent + b.exponent + 64,
})

/** The power of ten that brings a number with this exponent where its digits can be read off. */
function scaleFor(exponent: number): { readonly scale: Float; readonly power: number } {
  const guess = Math.trunc(-(exponent + POWERS) * 0.30102999566398114)
  for (let i = Math.trunc((guess - FIRST) / STEP); ;) {
    const scale = (powers[i] ??= powerOfTen(FIRST + i * STEP))
    const scaled = exponent + scale.exponent + 64
    if (scaled < EXPONENT_MIN) i++
    else if (scaled > EXPONENT_MAX) i--
    else return { scale, power: FIRST + i * STEP }
  }
}

/** 10^power with 64 bits, rounded to the nearest. */
function powerOfTen(power: number): Float {
  const ten = 10n ** BigInt(Math.abs(power))
  const length = ten.toString(2).length
  let exponent = power < 0 ? -length - 63 : length - 64
  const round = () => {
    const [over, under] = power < 0 ? [1n << BigInt(-exponent), ten] : [ten, 1n]
    const [upper, lower] = power >= 0 && exponent > 0 ? [over, 1n << BigInt(exponent)] : [over, under]
    const scaled = power >= 0 && exponent < 0 ? upper << BigInt(-exponent) : upper
    return (scaled * 2n + lower) / (lower * 2n)
  }
  let fraction = round()
  if (fraction >= 1n << 64n) {
    exponent++
    fraction = round()
  }
  return { fraction, exponent }
}

/** Reads digits off `high` until what is left could be anything between `low` and `high`; point: bits after the point. */
function generate(middle: bigint, high: bigint, low: bigint, point: number, power: number): Digits {
  const shift = BigInt(point)
  const one = 1n << shift
  const mask = one - 1n
  let wanted = wrap(high - middle)
  let delta = wrap(high - low)
  let whole = Number(high >> shift)
  let rest = high & mask
  let digits = ''
  let kappa = 10
  for (let divisor = 1e9; kappa > 0; divisor /= 10) {
    const digit = Math.floor(whole / divisor)
    if (digit > 0 || digits !== '') digits += String(digit)
    whole -= digit * divisor
    kappa--
    const left = (BigInt(whole) << shift) + rest
    if (left <= delta) return rounded(digits, power + kappa, delta, left, BigInt(divisor) << shift, wanted)
  }
  for (;;) {
    rest = wrap(rest * 10n)
    delta = wrap(delta * 10n)
    wanted = wrap(wanted * 10n)
    kappa--
    const digit = rest >> shift
    if (digit > 0n || digits !== '') digits += String(digit)
    rest &= mask
    if (rest < delta) return rounded(digits, power + kappa, delta, rest, one, wanted)
  }
}

/** Lowers the last digit as long as that brings the number nearer to what is wanted. */
function rounded(digits: string, power: number, delta: bigint, left: bigint, unit: bigint, wanted: bigint): Digits {
  let last = Number(digits.at(-1))
  let rest = left
  while (rest < wanted && delta - rest >= unit && (rest + unit < wanted || wanted - rest > rest + unit - wanted)) {
    last--
    rest += unit
  }
  return { digits: digits.slice(0, -1) + String(last), power }
}
