import { Check, Copy } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { ValuePage } from '../../session/protocol.ts'
import { text, type Bytes } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { useKeyspace, useMessages, useStores } from '../context.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { reads } from './reads.ts'
import css from './inspector.module.css'

/** What is not needed before there is a key comes when it is. */
const Value = lazy(() => import('./Value.tsx'))
const Relations = lazy(() => import('./Relations.tsx'))

/** The chosen key: its name, what it is, its value by kind. */
export function ValuePanel() {
  const t = useMessages()
  const selected = useKeyspace((state) => state.selected)
  const value = useKeyspace((state) => state.value)
  const gone = useKeyspace((state) => state.gone)
  return (
    <div className={css.value} tabIndex={-1} data-pane="value">
      <section aria-label="Value">
        {selected === null ? (
          <p className={css.quiet}>{t.noSelection}</p>
        ) : (
          <>
            <Title name={selected} value={value} />
            {value ? (
              <Suspense>
                <Value value={value} />
              </Suspense>
            ) : (
              gone && (
                <p className={css.quiet}>
                  {gone.expired ? t.goneByTime : gone.command ? t.goneBy(gone.command) : t.gone}
                </p>
              )
            )}
          </>
        )}
      </section>
      {selected !== null && (
        <Suspense>
          <Relations name={selected} />
        </Suspense>
      )}
    </div>
  )
}

function Title({ name, value }: { name: Bytes; value: ValuePage | null }) {
  const t = useMessages()
  const { console: consoles, layout } = useStores()
  const line = value && reads[value.kind](join([name], text))
  return (
    <div className={css.title}>
      <h2>{text(name)}</h2>
      <CopyButton name={name} />
      {line !== null && (
        <button
          type="button"
          className={css.write}
          title={t.writeTip(line)}
          aria-label={t.writeTip(line)}
          onClick={() => {
            layout.getState().show('console')
            consoles.getState().write(consoles.getState().active, line)
          }}
        >
          {line.split(' ', 1)[0]}
        </button>
      )}
    </div>
  )
}

function CopyButton({ name }: { name: Bytes }) {
  const t = useMessages()
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 1500)
    return () => clearTimeout(timer)
  }, [done])
  return (
    <IconButton
      icon={done ? Check : Copy}
      small
      label={done ? t.copied : t.copyName}
      onClick={() => {
        navigator.clipboard?.writeText(text(name)).then(
          () => setDone(true),
          () => undefined,
        )
      }}
    />
  )
}
