import { Check, Copy } from 'lucide-react'
import { useEffect, useState, type FunctionComponent } from 'react'
import type { ValuePage } from '../../session/protocol.ts'
import { text, type Bytes } from '../../wire/bytes.ts'
import { join } from '../../wire/line.ts'
import { useKeyspace, useMessages, useStores } from '../context.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { TimeLeft } from './Ttl.tsx'
import { viewers } from './viewers/index.ts'
import css from './inspector.module.css'

/** The chosen key: its name, what it is, its value by kind. */
export function ValuePanel() {
  const t = useMessages()
  const selected = useKeyspace((state) => state.selected)
  const value = useKeyspace((state) => state.value)
  const gone = useKeyspace((state) => state.gone)
  return (
    <section className={css.value} aria-label="Value" tabIndex={-1}>
      {selected === null ? (
        <p className={css.quiet}>{t.noSelection}</p>
      ) : (
        <>
          <Title name={selected} value={value} />
          {value ? (
            <Whole value={value} />
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
  )
}

function Title({ name, value }: { name: Bytes; value: ValuePage | null }) {
  const t = useMessages()
  const { console: consoles, layout } = useStores()
  const line = value && viewers[value.kind].reads(join([name], text))
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

function Whole({ value }: { value: ValuePage }) {
  const t = useMessages()
  const { keyspace } = useStores()
  const { summary } = value
  // One table for all kinds; the kind of the page and of its viewer are the same by that table.
  const View = viewers[value.kind].View as FunctionComponent<{ page: ValuePage }>
  const shown = value.kind === 'string' ? value.bytes.length : value.items.length
  const left = value.total - shown
  const size = value.kind === 'string' || summary.size !== 1 ? t.size(value.kind, summary.size) : ''
  const facts = [summary.kind, summary.encoding, value.kind === 'string' ? size : '', memory(value)].filter(Boolean)
  return (
    <>
      <p className={css.meta}>
        <span className={css[`kind-${summary.kind}`]}>{facts[0]}</span>, {facts.slice(1).join(', ')},{' '}
        {summary.expireAt === null ? (
          t.noExpiry
        ) : (
          <b>
            <Expiry expireAt={summary.expireAt} />
          </b>
        )}
      </p>
      <View page={value} />
      {left > 0 && (
        <p className={css.more}>
          <button type="button" className={css.link} onClick={() => keyspace.getState().more()}>
            {t.more(Math.min(left, value.kind === 'string' ? 16_384 : 400))}
          </button>
          {t.shown(shown, value.total)}
        </p>
      )}
    </>
  )

  function memory(page: ValuePage): string {
    return page.memory === null || page.kind === 'string' ? '' : t.size('string', page.memory)
  }
}

function Expiry({ expireAt }: { expireAt: number }) {
  const t = useMessages()
  const [before, after] = t.expiresIn('\0').split('\0')
  return (
    <>
      {before}
      <TimeLeft expireAt={expireAt} />
      {after}
    </>
  )
}
