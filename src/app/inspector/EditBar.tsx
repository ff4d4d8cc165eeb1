import { Pencil, X } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { ValuePage } from '../../session/protocol.ts'
import { isUtf8, latin, text, type Bytes } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { useMessages, useStores } from '../context.tsx'
import { runCommand } from '../stores/write.ts'
import { argvOf, bytesOf, editsOf, isFilled, previewOf, type Edit, type Filled, type Word } from './edits.ts'
import css from './inspector.module.css'

interface Form {
  readonly edit: Edit
  readonly words: readonly Filled[]
}

/** How a viewer changes its value: a form of a command, or the command at once. */
export interface Editor {
  readonly form: Form | null
  readonly open: (edit: Edit, ...words: readonly Bytes[]) => void
  readonly close: () => void
  readonly set: (place: number, typed: string) => void
  readonly run: (...argv: readonly Bytes[]) => void
}

export function useEditor({ db, key }: ValuePage): Editor {
  const { console: consoles, session } = useStores()
  const [form, setForm] = useState<Form | null>(null)
  // A form is about one key.
  const [of, setOf] = useState(`${db}:${key}`)
  if (of !== `${db}:${key}`) {
    setOf(`${db}:${key}`)
    setForm(null)
  }
  return {
    form,
    open: (edit, ...words) =>
      setForm({ edit, words: edit.words.map((_, i) => ({ typed: null, bytes: words[i] ?? latin('') })) }),
    close: () => setForm(null),
    set: (place, typed) =>
      setForm(form && { ...form, words: form.words.map((word, i) => (i === place ? { ...word, typed } : word)) }),
    run: (...argv) => void runCommand(consoles, session, db, argv),
  }
}

/** The commands that change this key, by name; those that need words open a form. */
export function EditBar({ value, editor }: { value: ValuePage; editor: Editor }) {
  const t = useMessages()
  const { form } = editor
  return (
    <div className={css.edits}>
      <fieldset className={css.commands} aria-label={t.changeBy}>
        {editsOf(value.kind, value.summary.expireAt !== null).map((edit) => {
          const isOpen = form?.edit.command === edit.command
          const line = join(argvOf(edit, value.key, []), text)
          return (
            <button
              key={edit.command}
              type="button"
              title={edit.words.length === 0 ? t.runs(line) : t.opensForm(edit.command)}
              aria-expanded={edit.words.length === 0 ? undefined : isOpen}
              data-danger={edit.command === 'DEL' || undefined}
              onClick={() => {
                if (edit.words.length === 0) editor.run(...argvOf(edit, value.key, []))
                else if (isOpen) editor.close()
                else editor.open(edit, ...initial(edit, value))
              }}
            >
              {edit.command}
            </button>
          )
        })}
      </fieldset>
      {form && <FormOf key={form.edit.command} form={form} value={value} editor={editor} />}
    </div>
  )
}

/** SET begins with what is there, RENAME with the name. */
function initial(edit: Edit, value: ValuePage): Bytes[] {
  if (edit.command === 'SET' && value.kind === 'string' && value.bytes.length === value.total) return [value.bytes]
  return edit.command === 'RENAME' ? [value.key] : []
}

const numeric: ReadonlySet<Word> = new Set(['index', 'seconds', 'score', 'increment'])
const long: ReadonlySet<Word> = new Set(['value', 'element'])

function FormOf({ form, value, editor }: { form: Form; value: ValuePage; editor: Editor }) {
  const t = useMessages()
  const id = useId()
  const box = useRef<HTMLFormElement>(null)
  const argv = argvOf(form.edit, value.key, form.words.map(bytesOf))
  const filled = isFilled(form.edit, form.words)
  useEffect(() => {
    const before = document.activeElement
    // The first word that is still to be told; else the last, which is what one came to change.
    const fields = [...(box.current?.querySelectorAll<HTMLInputElement>('input, textarea') ?? [])]
    const field = fields.find((each) => each.value === '') ?? fields.at(-1)
    field?.focus()
    field?.select()
    box.current?.scrollIntoView({ block: 'nearest' })
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus()
    }
  }, [])
  const submit = () => {
    if (!filled) return
    editor.run(...argv)
    editor.close()
  }
  /** Shift+Enter begins a new line in a long word; Enter alone runs. */
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') editor.close()
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit()
    }
  }
  return (
    <form
      ref={box}
      className={css.form}
      aria-label={form.edit.command}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {form.edit.words.map((word, i) => {
        const { typed, bytes } = form.words[i]!
        const shared = {
          id: `${id}${i}`,
          value: typed ?? text(bytes),
          autoCapitalize: 'off',
          autoComplete: 'off',
          spellCheck: false,
          onKeyDown: press,
          onChange: (event: { target: { value: string } }) => editor.set(i, event.target.value),
        } as const
        return (
          <div key={word} className={css.word}>
            <label htmlFor={`${id}${i}`}>{t.words[word]}</label>
            {long.has(word) ? (
              <textarea {...shared} rows={Math.min(6, 1 + shared.value.split('\n').length - 1)} />
            ) : (
              <input {...shared} inputMode={numeric.has(word) ? 'decimal' : 'text'} />
            )}
            {typed === null && !isUtf8(bytes) && <small>{t.asBytes}</small>}
          </div>
        )
      })}
      <output className={css.line} data-open={!filled}>
        {join(previewOf(form.edit, value.key, form.words), text)}
      </output>
      <div className={css.does}>
        <button type="submit" disabled={!filled}>
          {t.runInConsole}
        </button>
        <button type="button" onClick={editor.close}>
          {t.cancel}
        </button>
      </div>
    </form>
  )
}

/** At the end of a row: change it, take it out. */
export function RowEdits({
  change,
  takeOut,
  editor,
}: {
  /** The form that changes the row, and what it begins with. */
  change?: { readonly edit: Edit; readonly words: readonly Bytes[] }
  /** The command that takes it out. */
  takeOut?: readonly Bytes[]
  editor: Editor
}) {
  const t = useMessages()
  const line = takeOut ? join(takeOut, text) : ''
  const what = change ? `${change.edit.command} ${join(change.words.slice(0, 1), text)}` : ''
  return (
    <span className={css.rowEdits}>
      {change && (
        <button
          type="button"
          aria-label={t.opensForm(what)}
          title={t.opensForm(what)}
          onClick={() => editor.open(change.edit, ...change.words)}
        >
          <Pencil size={13} aria-hidden="true" />
        </button>
      )}
      {takeOut && (
        <button type="button" aria-label={t.runs(line)} title={t.runs(line)} onClick={() => editor.run(...takeOut)}>
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </span>
  )
}
