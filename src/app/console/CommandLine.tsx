import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useConsole, useKeyspace, useMessages, useSession, useStores } from '../context.tsx'
import { text } from '../../wire/bytes.ts'
import { promptOf } from '../stores/console.ts'
import { Prompt } from './Prompt.tsx'
import { stillToType } from './usage.ts'
import css from './console.module.css'

const usefulKeys = ['"', "'", ':', '-', '*']

/** The line being typed. A text area, so that a long line wraps as in a terminal; Enter never adds a line to it. */
export function CommandLine({ name, empty }: { name: string; empty: boolean }) {
  const t = useMessages()
  const { console: consoles } = useStores()
  const lane = useConsole((state) => state.lanes.find((each) => each.name === name))
  const focus = useConsole((state) => (state.active === name ? state.focus : 0))
  const client = useSession((state) => state.clients.find((each) => each.client === lane?.client))
  const catalog = useSession((state) => state.catalog)
  const ready = useSession((state) => state.phase === 'open')
  const box = useRef<HTMLTextAreaElement>(null)
  const walk = useRef<{ at: number; typed: string } | null>(null)
  const draft = lane?.draft ?? ''
  const prompt = promptOf(client, lane?.lost)

  useEffect(() => {
    if (focus === 0 || !box.current) return
    box.current.focus({ preventScroll: true })
    box.current.setSelectionRange(box.current.value.length, box.current.value.length)
  }, [focus])

  const { type, submit, paste, clear, cancel } = consoles.getState()

  /** Up and Down go through the lines that begin as this one did before walking. */
  const step = (by: -1 | 1) => {
    const history = lane?.history ?? []
    const from = walk.current ?? { at: history.length, typed: draft }
    let at = from.at + by
    while (at >= 0 && at < history.length && !history[at]!.startsWith(from.typed)) at += by
    if (at < 0) return
    walk.current = at >= history.length ? null : { at, typed: from.typed }
    type(name, at >= history.length ? from.typed : history[at]!)
    requestAnimationFrame(() => box.current?.setSelectionRange(box.current.value.length, box.current.value.length))
  }

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, its Enter and arrows are its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const { key, ctrlKey, metaKey, altKey } = event
    const selected = event.currentTarget.selectionStart !== event.currentTarget.selectionEnd
    if (key === 'Enter') {
      event.preventDefault()
      walk.current = null
      type(name, '')
      submit(name, draft)
    } else if ((key === 'ArrowUp' || key === 'ArrowDown') && !event.shiftKey && !altKey) {
      event.preventDefault()
      step(key === 'ArrowUp' ? -1 : 1)
    } else if (ctrlKey && key.toLowerCase() === 'l') {
      event.preventDefault()
      clear(name)
    } else if (key === 'Escape' || (ctrlKey && !metaKey && key.toLowerCase() === 'c' && !selected)) {
      if (client?.blocked || (lane?.queue.length ?? 0) > 0) {
        event.preventDefault()
        cancel(name)
      } else if (ctrlKey && draft !== '') {
        event.preventDefault()
        type(name, '')
      }
    }
  }

  const insert = (piece: string) => {
    const at = box.current?.selectionStart ?? draft.length
    const end = box.current?.selectionEnd ?? at
    type(name, draft.slice(0, at) + piece + draft.slice(end))
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(at + piece.length, at + piece.length)
    })
  }

  return (
    <>
      <div className={css.in}>
        <div className={css.ready} aria-hidden="true">
          <Prompt prompt={prompt} />
          <span className={css.same}>{draft}</span>
          {stillToType(draft, catalog)}
        </div>
        <textarea
          ref={box}
          rows={1}
          value={draft}
          readOnly={!ready}
          aria-label={`Command for client ${name}`}
          placeholder={empty && ready ? t.promptHint : undefined}
          style={{ textIndent: `${prompt.length}ch` }}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
          onKeyDown={press}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain')
            if (!/[\r\n]/.test(pasted.trim())) return
            event.preventDefault()
            const { value, selectionStart, selectionEnd } = event.currentTarget
            type(name, '')
            paste(name, value.slice(0, selectionStart) + pasted + value.slice(selectionEnd))
          }}
          // A line break that came some other way (a phone's keyboard, a dropped text).
          onChange={(event) => {
            walk.current = null
            const value = event.target.value
            if (/[\r\n]/.test(value) && !('isComposing' in event.nativeEvent && event.nativeEvent.isComposing)) {
              type(name, '')
              paste(name, value)
            } else type(name, value)
          }}
        />
      </div>
      <UsefulKeys insert={insert} />
    </>
  )
}

/** Characters that hide behind a phone's keyboard, and the chosen key's name. */
function UsefulKeys({ insert }: { insert: (piece: string) => void }) {
  const t = useMessages()
  const key = useKeyspace((state) => state.selected)
  return (
    <div className={css.keys} role="toolbar" aria-label={t.useKeys}>
      {[...(key === null ? [] : [text(key)]), ...usefulKeys].map((piece) => (
        <button
          key={piece}
          type="button"
          // The text keeps the focus, so that the keyboard stays up.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => insert(piece)}
        >
          {piece}
        </button>
      ))}
    </div>
  )
}
