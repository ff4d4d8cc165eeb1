import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { text, type Bytes } from '../../wire/bytes.ts'
import type { Kind } from '../../session/protocol.ts'
import { useConsole, useMessages, useStores, useTyping } from '../context.tsx'
import type { Messages } from '../i18n/index.ts'
import type { Warning } from '../typing/reading.ts'
import css from './console.module.css'

/** The quiet line under the prompt: what is wrong with the line before Enter, or the search in what was typed before. It
 * is always as high, so that nothing moves. */
export function Under({ name }: { name: string }) {
  const searching = useTyping((state) => state.lane === name && state.search !== null)
  return <div className={css.under}>{searching ? <SearchLine name={name} /> : <WarningLine name={name} />}</div>
}

function WarningLine({ name }: { name: string }) {
  const t = useMessages()
  const { typing, console: consoles } = useStores()
  const warning = useTyping((state) => (state.lane === name ? state.warning : null))
  const fix = warning && 'fix' in warning ? warning.fix : null
  return (
    <output>
      {warning && said(t, warning)}
      {warning && fix !== null && (
        <>
          {' '}
          <button
            type="button"
            onPointerDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.stopPropagation()
              typing.getState().type(name, fix)
              consoles.getState().use(name)
            }}
          >
            {t.didYouMean(nearOf(warning))}
          </button>
        </>
      )}
    </output>
  )
}

const nearOf = (warning: Warning): string => {
  if (!('near' in warning) || warning.near === null) return ''
  if (warning.kind === 'no-key') return text(warning.near)
  return warning.kind === 'unknown-sub' ? `${warning.container} ${warning.near}` : warning.near
}

function said(t: Messages, warning: Warning): string {
  switch (warning.kind) {
    case 'unknown':
      return t.notACommand(warning.word)
    case 'unknown-sub':
      return t.notASubcommand(warning.container, warning.word)
    case 'too-many':
      return t.tooManyWords(warning.name)
    case 'no-place':
      return t.noPlace(warning.name, warning.word)
    case 'wrong-type':
      return t.wrongType(text(warning.key), warning.held as Kind, warning.wanted as Kind)
    case 'no-key':
      return t.noSuchKey(short(warning.key))
  }
}

const short = (key: Bytes) => (key.length > 40 ? `${text(key).slice(0, 40)}…` : text(key))

/** Ctrl+R: a line of its own for what is sought; the prompt above shows what was found. */
function SearchLine({ name }: { name: string }) {
  const t = useMessages()
  const { typing, console: consoles } = useStores()
  const search = useTyping((state) => state.search)
  const found = useConsole((state) => state.lanes.find((each) => each.name === name)?.draft ?? '')
  const box = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => box.current?.focus({ preventScroll: true }), [])
  const { find, step, end } = typing.getState().searching
  const leave = (keep: boolean) => {
    end(keep)
    consoles.getState().use(name)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const { key, ctrlKey } = event
    const letter = ctrlKey ? key.toLowerCase() : ''
    if (letter === 'r' || key === 'ArrowUp') step(-1)
    else if (letter === 's' || key === 'ArrowDown') step(1)
    else if (key === 'Escape' || letter === 'g' || letter === 'c') leave(false)
    else if (key === 'Enter') {
      leave(true)
      if (search?.at !== null && found !== '') {
        consoles.getState().type(name, '')
        consoles.getState().submit(name, found)
      }
    } else if (
      key === 'Tab' ||
      letter === 'e' ||
      letter === 'a' ||
      (key === 'ArrowRight' && atEnd(event.currentTarget))
    )
      leave(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const nothing = search !== null && search.query !== '' && search.at === null
  return (
    <label className={css.search}>
      {t.searchHistory}
      <input
        ref={box}
        value={search?.query ?? ''}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => find(event.target.value)}
        onKeyDown={press}
        onBlur={() => end(true)}
      />
      <output>{nothing ? t.notInHistory : ''}</output>
    </label>
  )
}

const atEnd = (input: HTMLInputElement) => input.selectionStart === input.value.length
