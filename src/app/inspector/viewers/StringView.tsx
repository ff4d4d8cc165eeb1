import { useState } from 'react'
import { latin, text } from '../../../wire/bytes.ts'
import { useMessages, useSession } from '../../context.tsx'
import css from '../inspector.module.css'
import { bestLook, bitsOf, hexLines, looksOf, numberOf, pretty, type Look } from '../looks.ts'
import type { PageOf, ViewOf } from './index.ts'

/** The bytes of a string in the way that fits them, or another that is chosen. */
export function StringView({ page, editor }: ViewOf<'string'>) {
  const t = useMessages()
  const [chosen, choose] = useState<{ of: string; look: Look } | null>(null)
  const whole = page.from === 0 && page.bytes.length === page.total
  const possible = looksOf(page.bytes, whole)
  const canFlip = useSession((state) => state.catalog.some((doc) => doc.name === 'SETBIT'))
  const of = `${page.db}:${page.key}`
  const mine = chosen?.of === of && possible.includes(chosen.look) ? chosen.look : null
  const look = mine ?? bestLook(page.bytes, whole)
  return (
    <>
      <fieldset className={css.switch} aria-label={t.lookAs}>
        {possible.map((each) => (
          <button key={each} type="button" aria-pressed={look === each} onClick={() => choose({ of, look: each })}>
            {t.looks[each]}
          </button>
        ))}
      </fieldset>
      {look === 'hex' && <Hex page={page} />}
      {look === 'bits' && (
        <Bits
          page={page}
          flip={canFlip ? (at, bit) => editor.run(latin('SETBIT'), page.key, latin(String(at)), latin(bit)) : null}
        />
      )}
      {look !== 'hex' && look !== 'bits' && <Plain page={page} look={look} />}
    </>
  )
}

type StringPage = PageOf<'string'>

/** What stood there before the last command, where it is known whole. */
function beforeOf(page: StringPage) {
  // A value that was put in the place of another marks no spots: then what stood there before tells, where it is whole.
  const before = page.before?.kind === 'string' && page.before.size <= 64 ? page.before.peek : undefined
  const other = before !== undefined && before !== page.bytes ? before : undefined
  return { changed: page.spots.length > 0 || other !== undefined, before: other }
}

function Plain({ page, look }: { page: StringPage; look: Look }) {
  const { changed, before } = beforeOf(page)
  const isWhole = page.bytes.length === page.total
  const json = look === 'json' ? pretty(page.bytes) : null
  return (
    <>
      <div className={changed ? `${css.string} ${css.changed}` : css.string}>
        {changed && before !== undefined && <s>&quot;{text(before)}&quot;</s>}
        {json ?? (
          <>
            &quot;{text(page.bytes)}
            {isWhole ? '"' : <i>…</i>}
          </>
        )}
      </div>
      {look === 'number' && <Number page={page} />}
    </>
  )
}

/** The same number in other ways of writing it. */
function Number({ page }: { page: StringPage }) {
  const t = useMessages()
  const number = numberOf(page.bytes)
  if (!number) return null
  const { whole, value } = number
  const rows: [string, string][] = []
  if (whole === null) rows.push([t.asNumber, String(value)])
  else {
    if (value >= 1000 || value <= -1000) rows.push([t.asNumber, whole.toLocaleString('en')])
    if (whole >= 10n) rows.push([t.asHex, `0x${whole.toString(16)}`])
    if (whole >= 2n && whole < 65_536n) rows.push([t.asBinary, whole.toString(2)])
    const time = timeOf(value)
    if (time) rows.push([t.asTime, time])
  }
  if (rows.length === 0) return null
  return (
    <dl className={css.ways}>
      {rows.map(([name, shown]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Seconds or milliseconds since 1970 of this century's first half, as a time; else null. */
function timeOf(value: number): string | null {
  const isSeconds = value >= 1e9 && value < 2.5e9
  if (!isSeconds && !(value >= 1e12 && value < 2.5e12)) return null
  return `${new Date(isSeconds ? value * 1000 : value).toISOString().replace('T', ' ').slice(0, 19)} UTC`
}

function Hex({ page }: { page: StringPage }) {
  const { changed } = beforeOf(page)
  return (
    <pre className={changed ? `${css.hex} ${css.changed}` : css.hex}>
      {hexLines(page.bytes).map(({ at, hex, shown }) => (
        <div key={at}>
          <i>{at}</i> <span>{hex}</span> <b>{shown}</b>
        </div>
      ))}
    </pre>
  )
}

/** Bits as GETBIT counts them; a press turns one over. */
function Bits({ page, flip }: { page: StringPage; flip: ((at: number, bit: '0' | '1') => void) | null }) {
  const t = useMessages()
  const before = page.before?.kind === 'string' && page.before.size <= 64 ? page.before.peek : undefined
  const ones = Array.from(page.bytes, (char) => bitsOf(char.charCodeAt(0)).filter(Boolean).length)
  return (
    <>
      <div className={css.bits}>
        {Array.from(page.bytes, (char, byte) => (
          <fieldset key={byte} aria-label={t.byteAt(byte)}>
            <i>{byte * 8}</i>
            {bitsOf(char.charCodeAt(0)).map((isOn, i) => {
              const at = byte * 8 + i
              const was = before === undefined ? isOn : (bitsOf(before.charCodeAt(byte) || 0)[i] ?? false)
              const shared = {
                'data-on': isOn,
                ...(was === isOn ? {} : { className: css.flipped }),
              }
              if (!flip)
                return (
                  <span key={i} {...shared}>
                    {isOn ? 1 : 0}
                  </span>
                )
              return (
                <button
                  key={i}
                  type="button"
                  {...shared}
                  aria-label={t.bitAt(at, isOn ? 1 : 0)}
                  title={t.runs(`SETBIT ${text(page.key)} ${at} ${isOn ? 0 : 1}`)}
                  onClick={() => flip(at, isOn ? '0' : '1')}
                >
                  {isOn ? 1 : 0}
                </button>
              )
            })}
          </fieldset>
        ))}
      </div>
      <p className={css.under}>
        {t.bitsOn(ones.reduce((sum, count) => sum + count, 0))} {flip && t.bitFlips}
      </p>
    </>
  )
}
