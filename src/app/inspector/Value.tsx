import { type FunctionComponent } from 'react'
import type { ValuePage } from '../../session/protocol.ts'
import { useKeyspace, useMessages, useNow, useStores } from '../context.tsx'
import { EditBar, useEditor, type Editor } from './EditBar.tsx'
import { encodingWhy } from './encodings.ts'
import { Drain, TimeLeft } from './Ttl.tsx'
import { viewers } from './viewers/index.ts'
import css from './inspector.module.css'

/** A value: facts, what changed about its encoding, its content by kind, what can be done with it. */
export default function Value({ value }: { value: ValuePage }) {
  const t = useMessages()
  const editor = useEditor(value)
  const { summary } = value
  // The kind of the page and of its viewer are the same by that table.
  const View = viewers[value.kind] as FunctionComponent<{ page: ValuePage; editor: Editor }>
  return (
    <>
      <Facts value={value} />
      <EncodingNote value={value} />
      {value.ghost && <p className={css.notice}>{t.ghostTip}</p>}
      {summary.expireAt !== null && !value.ghost && (
        <Drain key={`${value.ttlFrom}-${summary.expireAt}`} from={value.ttlFrom} expireAt={summary.expireAt} />
      )}
      <Ends value={value} />
      <div className={value.ghost ? css.ghostly : undefined}>
        <View page={value} editor={editor} />
      </div>
      <More value={value} />
      {!value.ghost && <EditBar value={value} editor={editor} />}
    </>
  )
}

function Facts({ value }: { value: ValuePage }) {
  const t = useMessages()
  const { summary } = value
  const memory = value.memory === null ? [] : [t.inMemory(value.memory)]
  return (
    <p className={css.meta}>
      <span className={css[`kind-${summary.kind}`]}>{summary.kind}</span>,{' '}
      {[summary.encoding, t.size(summary.kind, summary.size), ...memory].join(', ')}, <Idle usedAt={value.usedAt} />,{' '}
      {summary.expireAt === null ? t.noExpiry : <b>{value.ghost ? t.ghost : <Expiry expireAt={summary.expireAt} />}</b>}
    </p>
  )
}

/** How long no command used it, in whole units: what OBJECT IDLETIME counts. */
function Idle({ usedAt }: { usedAt: number }) {
  const t = useMessages()
  const seconds = Math.max(0, Math.floor((useNow(1000) - usedAt) / 1000))
  return <>{t.idle(seconds < 60 ? t.seconds(seconds) : t.timeLeft(seconds * 1000))}</>
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

/** Said until the next command: the value is kept in another form now, and why. */
function EncodingNote({ value }: { value: ValuePage }) {
  const t = useMessages()
  const { before, summary } = value
  if (!before || before.kind !== summary.kind || before.encoding === summary.encoding) return null
  const why = encodingWhy(value)
  return (
    <output className={css.notice}>
      <code>
        {before.encoding} → {summary.encoding}
      </code>{' '}
      {why && t.encodingWhy(why)}
    </output>
  )
}

const isLong = (value: ValuePage) => value.kind !== 'string' && value.total > value.items.length

/** A list and a sorted set have two ends; where they are long, one looks from either. */
function Ends({ value }: { value: ValuePage }) {
  const t = useMessages()
  const { keyspace } = useStores()
  const end = useKeyspace((state) => state.end)
  if ((value.kind !== 'list' && value.kind !== 'zset') || !(isLong(value) || end === 'tail')) return null
  const names = value.kind === 'list' ? t.listEnds : t.zsetEnds
  return (
    <fieldset className={css.switch} aria-label={t.whichEnd}>
      {(['head', 'tail'] as const).map((each) => (
        <button key={each} type="button" aria-pressed={end === each} onClick={() => keyspace.getState().turn(each)}>
          {names[each]}
        </button>
      ))}
    </fieldset>
  )
}

function More({ value }: { value: ValuePage }) {
  const t = useMessages()
  const { keyspace } = useStores()
  const shown = value.kind === 'string' ? value.bytes.length : value.items.length
  const left = value.total - shown
  if (left <= 0) return null
  return (
    <p className={css.more}>
      <button type="button" className={css.link} onClick={() => keyspace.getState().more()}>
        {t.more(Math.min(left, value.kind === 'string' ? 16_384 : 400))}
      </button>
      {t.shown(shown, value.total)}
    </p>
  )
}
