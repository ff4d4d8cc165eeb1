import { memo, useMemo, useState } from 'react'
import { isUtf8, text } from '../../wire/bytes.ts'
import { isTagged, type Reply } from '../../wire/reply.ts'
import type { Piece } from '../../wire/show.ts'
import { ReplyWindow } from '../rows/window.ts'
import { useMessages } from '../context.tsx'
import css from './console.module.css'

/** The pieces of each of a reply's own elements. */
export function byItem(all: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups: Piece[][] = []
  for (const piece of all)
    if (piece.item !== undefined || groups.length === 0) groups.push([piece])
    else groups.at(-1)!.push(piece)
  return groups
}

const drawn = (all: readonly Piece[]) =>
  all.map(({ kind, text: shown }, i) =>
    kind === 'plain' || kind === 'status' ? (
      shown
    ) : (
      <span key={i} className={css[kind]}>
        {shown}
      </span>
    ),
  )

/** A reply exactly as redis-cli prints it, coloured by what its parts are; of a long one, as much as was asked for. */
export const ReplyView = memo(function ReplyView({
  reply,
  of,
}: {
  reply: Reply
  /** EXEC: the lines that its elements answer. */
  of?: readonly string[] | undefined
}) {
  const shown = useMemo(() => new ReplyWindow(reply), [reply])
  const [, redraw] = useState(0)
  const more = () => {
    shown.more()
    redraw((count) => count + 1)
  }
  return (
    <>
      <div data-part="reply" className={css.reply}>
        {of
          ? byItem(shown.first).map((each, i) => (
              <fieldset key={i} aria-label={of[i]} data-of={of[i]} className={css.result}>
                {drawn(each)}
              </fieldset>
            ))
          : drawn(shown.first)}
        {shown.chunks.map((chunk, i) =>
          typeof reply === 'string' ? (
            <span key={i} className={css.string}>
              {chunk}
            </span>
          ) : (
            <div key={i} className={css.chunk}>
              {chunk}
            </div>
          ),
        )}
      </div>
      {(!shown.done || shown.chunks.length > 0) && <Rest reply={reply} shown={shown} more={more} />}
    </>
  )
})

/** Below a part of a long reply: how much of it is shown, more of it, all of it as a file. */
function Rest({ reply, shown, more }: { reply: Reply; shown: ReplyWindow; more: () => void }) {
  const t = useMessages()
  const left = shown.total - shown.lines
  const isString = typeof reply === 'string'
  const download = async () => {
    const { replyFile, save } = await import('../rows/download.ts')
    save(await replyFile(reply), isString ? 'reply.bin' : 'reply.txt')
  }
  return (
    <div data-part="note" className={css.rest}>
      <span>{isString ? t.size('string', reply.length) : t.linesShown(shown.lines, shown.total)}</span>
      {!shown.done && (
        <button type="button" onClick={more}>
          {isString ? t.showMore : t.showLines(Math.min(1000, left))}
        </button>
      )}
      <button type="button" onClick={() => void download()}>
        {t.download}
      </button>
    </div>
  )
}

const mostReadings = 12
/** Elements of a reply that are looked into, and bytes of one that may be a text to be read beside it. */
const mostLookedAt = 200
const longestReading = 4096

/** Strings in a reply that redis-cli prints escaped though they are readable text. */
export function readings(reply: Reply, found: string[] = []): string[] {
  if (found.length >= mostReadings) return found
  if (typeof reply === 'string') {
    if (reply.length <= longestReading && /[\u0080-\u00ff]/.test(reply) && isUtf8(reply)) found.push(text(reply))
  } else if (Array.isArray(reply))
    for (const item of (reply as readonly Reply[]).slice(0, mostLookedAt)) readings(item, found)
  else if (isTagged(reply)) {
    if (reply.kind === 'map' || reply.kind === 'attribute')
      for (const pair of reply.pairs) pair.forEach((each) => readings(each, found))
    if (reply.kind === 'set' || reply.kind === 'push') for (const item of reply.items) readings(item, found)
  }
  return found
}
