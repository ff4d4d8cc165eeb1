import { BookOpen } from 'lucide-react'
import { useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type RefObject } from 'react'
import { useConsole, useKeyspace, useLayout, useMessages, useSession, useStores, useTyping } from '../context.tsx'
import { text } from '../../wire/bytes.ts'
import { promptOf } from '../stores/console.ts'
import { Prompt } from './Prompt.tsx'
import { statesId } from './States.tsx'
import { apply, letterOf, withAlt, withCtrl } from './readline.ts'
import { Suggestions, optionId } from './Suggestions.tsx'
import { Under } from './Under.tsx'
import css from './console.module.css'

/** A prompt that tells of a state takes a line of its own where the console is too narrow for it. */
const widthOf = (prompt: string) => (prompt.length > 24 ? 'wide' : prompt.length > 18 ? 'medium' : undefined)

const usefulKeys = ['"', "'", ':', '-', '*']

/** The line being typed. A text area, so that a long line wraps as in a terminal; Enter never adds a line to it. */
export function CommandLine({ name, empty }: { name: string; empty: boolean }) {
  const t = useMessages()
  const { console: consoles, typing } = useStores()
  const lane = useConsole((state) => state.lanes.find((each) => each.name === name))
  const focus = useConsole((state) => (state.active === name ? state.focus : 0))
  const client = useSession((state) => state.clients.find((each) => each.client === lane?.client))
  const ready = useSession((state) => state.phase === 'open')
  const mine = useTyping((state) => state.lane === name && !state.search)
  const shown = useTyping((state) => state.lane === name && state.shown)
  const chosen = useTyping((state) => (state.lane === name && state.shown ? state.chosen : -1))
  const box = useRef<HTMLTextAreaElement>(null)
  const beside = useRef<HTMLDivElement>(null)
  const walk = useRef<{ at: number; typed: string } | null>(null)
  const [atEnd, setAtEnd] = useState(true)
  const [focused, setFocused] = useState(false)
  const draft = lane?.draft ?? ''
  const prompt = promptOf(client, lane?.lost)
  const open = shown && focused && atEnd

  const toEnd = () => box.current?.setSelectionRange(box.current.value.length, box.current.value.length)
  // With the very frame in which the prompt can be typed into: what is typed at once must not go elsewhere.
  useLayoutEffect(() => {
    if (focus === 0 || !box.current) return
    // The first wish is the page's own, when it has started: a menu that was opened meanwhile stays open.
    if (focus === 1 && document.querySelector('dialog[open]')) return
    box.current.focus({ preventScroll: true })
    box.current.setSelectionRange(box.current.value.length, box.current.value.length)
  }, [focus])

  useAsTall(beside, box, draft)

  const { type, submit, paste, clear, cancel } = consoles.getState()
  const { choose, accept, close, searching } = typing.getState()

  /** Up and Down go through the lines that begin as this one did before walking. */
  const step = (by: -1 | 1) => {
    const history = lane?.history ?? []
    const from = walk.current ?? { at: history.length, typed: draft }
    let at = from.at + by
    while (at >= 0 && at < history.length && !history[at]!.startsWith(from.typed)) at += by
    if (at < 0) return
    walk.current = at >= history.length ? null : { at, typed: from.typed }
    type(name, at >= history.length ? from.typed : history[at]!)
    requestAnimationFrame(toEnd)
  }

  const send = () => {
    walk.current = null
    type(name, '')
    submit(name, draft)
  }

  /** Ctrl or Alt and a letter. True where it was ours. */
  const editing = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { ctrlKey, altKey, metaKey, shiftKey, nativeEvent } = event
    const area = event.currentTarget
    const letter = letterOf(nativeEvent)
    const line = { text: area.value, start: area.selectionStart, end: area.selectionEnd }
    if (metaKey || shiftKey || letter === '' || ctrlKey === altKey) return false
    if (ctrlKey) {
      if (letter === 'l') clear(name)
      else if (letter === 'r') searching.begin()
      else if (letter === 'f' && line.end === line.text.length && accept()) requestAnimationFrame(toEnd)
      // With nothing behind the cursor to cut, Ctrl+K is the page's: the palette.
      else if (letter === 'k' && line.start === line.text.length) return false
      else {
        const edit = withCtrl(letter, line)
        if (!edit) return false
        apply(area, edit)
      }
      return true
    }
    const edit = withAlt(letter, line)
    if (edit) apply(area, edit)
    return edit !== null
  }

  /** Ctrl+C and Escape: what waits is freed, else the list closes, else the line goes. True where something was done. */
  const stop = (isEscape: boolean): boolean => {
    if (isEscape && close()) return true
    if (client?.blocked || (lane?.queue.length ?? 0) > 0) cancel(name)
    else if (!isEscape && draft !== '') type(name, '')
    else return false
    return true
  }

  /** True where the key was taken, so that the browser does nothing more with it. */
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event
    const { selectionStart, selectionEnd, value } = event.currentTarget
    const plain = !ctrlKey && !metaKey && !altKey
    const ends = selectionStart === value.length
    if (key === 'Enter') send()
    else if (key === 'Tab' && plain && ends) return choose(shiftKey ? -1 : 1)
    else if ((key === 'ArrowUp' || key === 'ArrowDown') && altKey && open) return choose(key === 'ArrowUp' ? -1 : 1)
    else if ((key === 'ArrowUp' || key === 'ArrowDown') && !shiftKey && !altKey) step(key === 'ArrowUp' ? -1 : 1)
    else if ((key === 'ArrowRight' || key === 'End') && plain && !shiftKey && ends) return accept()
    else if (key === 'Escape') return stop(true)
    else if (ctrlKey && !metaKey && !altKey && letterOf(event.nativeEvent) === 'c')
      return selectionStart === selectionEnd && stop(false)
    else return editing(event)
    return true
  }

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, its Enter and arrows are its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (pressed(event)) event.preventDefault()
  }

  const insert = (piece: string) => {
    const at = box.current?.selectionStart ?? draft.length
    const end = box.current?.selectionEnd ?? at
    typing.getState().type(name, draft.slice(0, at) + piece + draft.slice(end))
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(at + piece.length, at + piece.length)
    })
  }

  return (
    <>
      <div className={css.in} data-prompt={widthOf(prompt)}>
        {open && <Suggestions name={name} indent={prompt.length} />}
        <div ref={beside} className={css.ready} aria-hidden="true">
          <Prompt prompt={prompt} />
          <span className={css.same}>{draft}</span>
          {mine && atEnd && <Ghost />}
        </div>
        <textarea
          ref={box}
          rows={1}
          value={draft}
          readOnly={!ready}
          aria-label={`Command for client ${name}`}
          aria-describedby={statesId(name)}
          aria-autocomplete="both"
          aria-haspopup="listbox"
          aria-controls={open ? `options-${name}` : undefined}
          aria-activedescendant={chosen >= 0 && open ? optionId(name, chosen) : undefined}
          placeholder={empty && ready ? t.promptHint : undefined}
          style={{ '--indent': `${prompt.length}ch` } as CSSProperties}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
          onKeyDown={press}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onSelect={(event) => setAtEnd(event.currentTarget.selectionStart === event.currentTarget.value.length)}
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
            const { value, selectionStart } = event.target
            setAtEnd(selectionStart === value.length)
            if (consoles.getState().active !== name) consoles.setState({ active: name })
            if (/[\r\n]/.test(value) && !('isComposing' in event.nativeEvent && event.nativeEvent.isComposing)) {
              type(name, '')
              paste(name, value)
            } else typing.getState().type(name, value)
          }}
        />
      </div>
      <Under name={name} />
      <UsefulKeys insert={insert} />
    </>
  )
}

/** What remains of the arguments is cut where the text beside it ends, in dots. */
function useAsTall(
  ready: RefObject<HTMLDivElement | null>,
  box: RefObject<HTMLTextAreaElement | null>,
  draft: string,
): void {
  useLayoutEffect(() => {
    if (!box.current || !ready.current) return
    const lines = box.current.offsetHeight / Number.parseFloat(getComputedStyle(box.current).lineHeight)
    if (Number.isFinite(lines)) ready.current.style.setProperty('--lines', String(Math.max(1, Math.round(lines))))
  }, [ready, box, draft])
}

/** What would complete the word, and what may follow it. */
function Ghost() {
  return useTyping(({ rest, ghost, chosen }) => (chosen >= 0 ? ghost : rest + ghost))
}

/** Characters that hide behind a phone's keyboard, the chosen key's name, and the docs of what is being typed. */
function UsefulKeys({ insert }: { insert: (piece: string) => void }) {
  const t = useMessages()
  const { layout } = useStores()
  const key = useKeyspace((state) => state.selected)
  const docs = useLayout((state) => state.docs)
  return (
    <div className={css.keys} role="toolbar" aria-label={t.useKeys}>
      <button
        type="button"
        aria-label={docs ? t.docsHide : t.docsOpen}
        aria-pressed={docs}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => layout.getState().openDocs(!docs)}
      >
        <BookOpen size={16} aria-hidden="true" />
      </button>
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
