import { useMessages, useStores } from '../context.tsx'
import type { Pasted } from '../stores/console.ts'
import css from './console.module.css'

/** How far a pasted text has come; where it stopped, what is to become of the rest. */
export function PasteBar({ name, pasted: { at, total, stopped } }: { name: string; pasted: Pasted }) {
  const t = useMessages()
  const { console: consoles } = useStores()
  const { goOn, letGo, cancel, use } = consoles.getState()
  const then = (work: (name: string) => void) => () => {
    work(name)
    use(name)
  }
  return (
    <div className={css.paste}>
      <output aria-live={stopped ? 'polite' : 'off'}>
        {stopped
          ? stopped.line === null
            ? t.pasteStopped(at, total)
            : t.pasteFailed(at, total)
          : t.pasting(at, total)}
      </output>
      {stopped ? (
        <>
          <button type="button" onClick={then(goOn)}>
            {t.goOnWith(stopped.rest.length)}
          </button>
          <button type="button" onClick={then(letGo)}>
            {t.letGo}
          </button>
        </>
      ) : (
        <button type="button" onClick={then(cancel)}>
          {t.stopPasting}
        </button>
      )}
    </div>
  )
}
