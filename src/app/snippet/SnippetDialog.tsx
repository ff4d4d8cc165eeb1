// The snippet for a course page: what it holds, how it looks, and how it will be.
import { useDeferredValue, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import type { Mode, Theme } from '../../embed/protocol.ts'
import { languages, type Language } from '../../wire/text.ts'
import { useLayout, useLesson, useMessages, useStores } from '../context.tsx'
import { embedMessages } from '../i18n/embed.ts'
import { Choice } from '../share/Choice.tsx'
import share from '../share/share.module.css'
import { addressOf, heightOf, snippetOf, type Choices, type Kind } from './snippet.ts'
import css from './snippet.module.css'

const modes: readonly Mode[] = ['full', 'lesson', 'console', 'console+keys']
const themes: readonly Theme[] = ['auto', 'light', 'dark']
const kinds: readonly Kind[] = ['element', 'frame']
const names: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' }
const tallest = 2000

export default function SnippetDialog() {
  const language = useLayout((state) => state.language)
  const e = embedMessages[language]
  const { layout } = useStores()
  const open = useLesson((state) => state.lesson?.id ?? null)
  const dialog = useRef<HTMLDialogElement>(null)
  const [choices, setChoices] = useState<Choices>({
    lesson: open,
    language: null,
    theme: 'auto',
    mode: open === null ? 'console+keys' : 'lesson',
    height: null,
  })
  const [kind, setKind] = useState<Kind>('element')
  const choose = (change: Partial<Choices>) => setChoices({ ...choices, ...change })
  useLayoutEffect(() => {
    const box = dialog.current
    box?.showModal()
    return () => box?.close()
  }, [])
  const title = useTitleOf(choices)
  const site = new URL('./', location.href).href
  const words = { title: e.frame(title), open: embedMessages[choices.language ?? language].open }
  return (
    <dialog
      ref={dialog}
      className={`${share.dialog} ${css.wide}`}
      aria-labelledby="embed"
      onClose={() => layout.getState().look(null)}
    >
      <h2 id="embed">{e.embed}</h2>
      <p className={share.quiet}>{e.about}</p>
      <div className={css.sides}>
        <div>
          <Fields choices={choices} choose={choose} />
          <fieldset className={share.choices}>
            <legend>{e.kind}</legend>
            {kinds.map((each) => (
              <Choice
                key={each}
                name="kind"
                label={e.kinds[each]}
                told={e.kindTold[each]}
                isOn={kind === each}
                choose={() => setKind(each)}
              />
            ))}
          </fieldset>
        </div>
        <Preview choices={choices} title={e.preview} site={site} />
      </div>
      <Snippet text={snippetOf(kind, choices, site, words)} />
      <div className={share.buttons}>
        <button type="button" className={share.button} onClick={() => dialog.current?.close()}>
          {e.close}
        </button>
      </div>
    </dialog>
  )
}

function useTitleOf({ lesson }: Choices): string {
  const t = useMessages()
  const { lessons } = useStores()
  const language = useLayout((state) => state.language)
  return lessons.library.find(({ id }) => id === lesson)?.title[language] ?? t.playground
}

function Fields({ choices, choose }: { choices: Choices; choose: (change: Partial<Choices>) => void }) {
  const language = useLayout((state) => state.language)
  const e = embedMessages[language]
  const { lessons } = useStores()
  const { lesson, mode, theme, height } = choices
  return (
    <div className={css.fields}>
      <Field label={e.what}>
        {(id) => (
          <select id={id} value={lesson ?? ''} onChange={({ target }) => choose({ lesson: target.value || null })}>
            <option value="">{e.noneOf}</option>
            {lessons.tracks.map((track) => (
              <optgroup key={track.id} label={track.title[language]}>
                {lessons.library
                  .filter((each) => each.track === track.id)
                  .map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.title[language]}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <Field label={e.mode}>
        {(id) => (
          <select id={id} value={mode} onChange={({ target }) => choose({ mode: target.value as Mode })}>
            {modes.map((each) => (
              <option key={each} value={each}>
                {e.modes[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={e.language}>
        {(id) => (
          <select
            id={id}
            value={choices.language ?? ''}
            onChange={({ target }) => choose({ language: languages.find((each) => each === target.value) ?? null })}
          >
            <option value="">{e.languageOfReader}</option>
            {languages.map((each) => (
              <option key={each} value={each} lang={each}>
                {names[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={e.theme}>
        {(id) => (
          <select id={id} value={theme} onChange={({ target }) => choose({ theme: target.value as Theme })}>
            {themes.map((each) => (
              <option key={each} value={each}>
                {e.themes[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={e.height}>
        {(id) => (
          <input
            id={id}
            type="number"
            min={160}
            max={tallest}
            step={20}
            placeholder={e.fits}
            value={height ?? ''}
            onChange={({ target }) => choose({ height: Math.min(tallest, Math.round(Number(target.value))) || null })}
          />
        )}
      </Field>
    </div>
  )
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

/** The frame as it will be, but for its width. What is tried in it is no work of anybody's. */
function Preview({ choices, title, site }: { choices: Choices; title: string; site: string }) {
  // A frame costs a page: it follows when the choice stands still.
  const shown = useDeferredValue(choices)
  const language = useLayout((state) => state.language)
  const address = `${addressOf({ ...shown, language: shown.language ?? language }, site)}#name=preview`
  return (
    <iframe key={address} className={css.preview} title={title} src={address} style={{ height: heightOf(shown) }} />
  )
}

function Snippet({ text }: { text: string }) {
  const t = useMessages()
  const e = embedMessages[useLayout((state) => state.language)]
  const [said, say] = useState<{ readonly of: string; readonly words: string } | null>(null)
  const isLocal = /^(?:localhost|127\.|\[::1\])/.test(location.hostname)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    say({ of: text, words: t.copied })
  }
  return (
    <div className={share.result}>
      <textarea
        className={share.script}
        readOnly
        rows={4}
        spellCheck={false}
        aria-label={e.kind}
        value={text}
        onFocus={({ target }) => target.select()}
      />
      {isLocal && <p className={share.warn}>{e.localOnly}</p>}
      <div className={share.buttons}>
        <button
          type="button"
          className={share.main}
          onClick={() => void copy().catch(() => say({ of: text, words: t.notCopied }))}
        >
          {e.copy}
        </button>
        <output>{said?.of === text && said.words}</output>
      </div>
    </div>
  )
}
