import { useRef, useState, type RefObject } from 'react'
import { write } from '../../storage/progress.ts'
import { useLayout, useProgress, useStores } from '../context.tsx'
import { save } from '../rows/download.ts'
import { useMapMessages } from './Page.tsx'
import css from './map.module.css'

/** What was done, as a file to carry elsewhere; and a way to forget it, which can be taken back. */
export function YourProgress() {
  const t = useMapMessages()
  const { progress: store } = useStores()
  const taken = useProgress((state) => state.taken)
  const isEmpty = useProgress((state) => Object.keys(state.progress.lessons).length === 0)
  const [said, say] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const { add, reset, undoReset } = store.getState()
  return (
    <section>
      <h3>{t.yourProgress}</h3>
      <p>{t.kept}</p>
      <div className={css.buttons}>
        <button
          type="button"
          className={css.do}
          disabled={isEmpty}
          onClick={() =>
            save(new Blob([write(store.getState().progress)], { type: 'application/json' }), 'rediscover-progress.json')
          }
        >
          {t.exportIt}
        </button>
        <button type="button" className={css.do} onClick={() => input.current?.click()}>
          {t.importIt}
        </button>
        {taken ? (
          <button
            type="button"
            className={css.do}
            onClick={() => {
              undoReset()
              say(t.broughtBack)
            }}
          >
            {t.undoReset}
          </button>
        ) : (
          <button
            type="button"
            className={css.do}
            disabled={isEmpty}
            onClick={() => {
              reset()
              say(t.resetDone)
            }}
          >
            {t.reset}
          </button>
        )}
      </div>
      <Chooser
        input={input}
        label={t.importIt}
        accept=".json,application/json"
        chosen={async ([file]) => {
          const text = await file?.text().catch(() => '')
          if (text !== undefined) say(add(text) ? t.imported : t.notImported)
        }}
      />
      <output className={css.said}>{said}</output>
    </section>
  )
}

/** A lesson of one's own, and letters that can be read from the last row. */
export function Teachers() {
  const t = useMapMessages()
  const { layout } = useStores()
  const projector = useLayout((state) => state.projector)
  const input = useRef<HTMLInputElement>(null)
  return (
    <section>
      <h3>{t.ownLessons}</h3>
      <p>{t.openFileHint}</p>
      <div className={css.buttons}>
        <button type="button" className={css.do} onClick={() => input.current?.click()}>
          {t.openFile}
        </button>
        <button
          type="button"
          className={css.do}
          aria-pressed={projector}
          title={t.projectorTip}
          onClick={() => layout.getState().project(!projector)}
        >
          {t.projector}
        </button>
      </div>
      <Chooser
        input={input}
        label={t.openFile}
        accept=".md,text/markdown"
        multiple
        chosen={(files) => layout.getState().look({ is: 'files', files })}
      />
    </section>
  )
}

/** The browser's own choice of files, behind a button of ours. */
function Chooser({
  input,
  label,
  accept,
  multiple = false,
  chosen,
}: {
  input: RefObject<HTMLInputElement | null>
  label: string
  accept: string
  multiple?: boolean
  chosen: (files: readonly File[]) => void | Promise<void>
}) {
  return (
    <input
      ref={input}
      type="file"
      hidden
      aria-label={label}
      accept={accept}
      multiple={multiple}
      onChange={({ target }) => {
        const files = [...(target.files ?? [])]
        // So that the same file can be chosen again, mended.
        target.value = ''
        if (files.length > 0) void chosen(files)
      }}
    />
  )
}
