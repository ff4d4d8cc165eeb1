import { memo, useMemo, useState } from 'react'
import { isUtf8, text } from '../../wire/bytes.ts'
import { isTagged, type Reply } from '../../wire/reply.ts'
import { draw, type Piece } from '../../wire/show.ts'
import { useMessages } from '../context.tsx'
import css from './console.module.css'

const firstLines = 1000

/** The pieces of the first lines, and the text of the rest in chunks of as many lines. */
export function cut(pieces: readonly Piece[]): { head: readonly Piece[]; rest: readonly string[]; lines: number } {
  let lines = 1
  let end = pieces.length
  for (const [i, piece] of pieces.entries()) {
    if (piece.text !== '\n') continue
    lines++
    if (lines === firstLines + 1) end = i
  }
  const rest: string[] = []
  let chunk = ''
  let count = 0
  for (const piece of pieces.slice(end + 1)) {
    chunk += piece.text
    if (piece.text === '\n' && ++count % firstLines === 0) {
      rest.push(chunk)
      chunk = ''
    }
  }
  if (chunk !== '') rest.push(chunk)
  return { head: pieces.slice(0, end), rest, lines }
}

/** A reply exactly as redis-cli prints it, coloured by what its parts are. */
export const ReplyView = memo(function ReplyView({ reply }: { reply: Reply }) {
  const t = useMessages()
  const [all, setAll] = useState(false)
  const { head, rest, lines } = useMemo(() => cut(draw(reply)), [reply])
  return (
    <>
      <div data-part="reply" className={css.reply}>
        {head.map(({ kind, text: shown }, i) =>
          kind === 'plain' || kind === 'status' ? (
            shown
          ) : (
            <span key={i} className={css[kind]}>
              {shown}
            </span>
          ),
        )}
        {rest.length > 0 && all && '\n'}
        {all &&
          rest.map((chunk, i) => (
            <div key={i} className={css.chunk}>
              {chunk}
            </div>
          ))}
      </div>
      {rest.length > 0 && !all && (
        <button type="button" className={css.all} onClick={() => setAll(true)}>
          {t.showAll(lines)}
        </button>
      )}
    </>
  )
})

const mostReadings = 12

/** Strings in a reply that redis-cli prints escaped though they are readable text. */
export function readings(reply: Reply, found: string[] = []): string[] {
  if (found.length >= mostReadings) return found
  if (typeof reply === 'string') {
    if (/[\u0080-\u00ff]/.test(reply) && isUtf8(reply)) found.push(text(reply))
  } else if (Array.isArray(reply)) for (const item of reply as readonly Reply[]) readings(item, found)
  else if (isTagged(reply)) {
    if (reply.kind === 'map' || reply.kind === 'attribute')
      for (const pair of reply.pairs) pair.forEach((each) => readings(each, found))
    if (reply.kind === 'set' || reply.kind === 'push') for (const item of reply.items) readings(item, found)
  }
  return found
}
