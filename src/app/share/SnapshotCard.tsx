// The card before a server's dump.rdb: which server wrote it and when, what it holds, what of it cannot be read. Of one that
// is damaged it says where and why, and offers what stands before.
import { useEffect, useId, useState, type ReactNode } from 'react'
import type { Damage, Imported, ImportRefusal, Snapshot } from '../../session/protocol.ts'
import { useLayout, useMessages, useStores } from '../context.tsx'
import { damageIn, stopsServer, unreadIn } from '../i18n/damage.ts'
import { snapshotMessages, type SnapshotMessages } from '../i18n/snapshot.ts'
import type { Stores } from '../stores/index.ts'
import { Card } from './Card.tsx'
import { blank, LARGEST_FILE } from './unpack.ts'
import { useShareMessages } from './words.ts'
import share from './share.module.css'
import css from './snapshot.module.css'

/** What the card stands before; null while it is looked at. */
type Seen = { readonly keys: number; readonly snapshot: Snapshot } | ImportRefusal | Error | null

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const nameOf = ({ name }: File) => name.slice(0, 80)

/** Looks at it, or with a name makes a session of it. Rejects where the worker died of it. */
async function bring({ bring }: Stores, file: File, name: string | null): Promise<Imported | ImportRefusal> {
  if (file.size > LARGEST_FILE) return 'too-large'
  return bring({ kind: 'rdb', file: new Uint8Array(await file.arrayBuffer()) }, name)
}

const seenOf = (found: Imported | ImportRefusal): Seen =>
  typeof found === 'string' ? found : { keys: found.keys, snapshot: found.snapshot! }

export default function SnapshotCard({ file, close }: { file: File; close: () => void }) {
  const t = useMessages()
  const s = useShareMessages()
  const language = useLayout((state) => state.language)
  const words = snapshotMessages[language]
  const stores = useStores()
  const [seen, setSeen] = useState<Seen>(null)
  const [busy, setBusy] = useState(false)
  const told = useId()

  useEffect(() => {
    let goes = true
    bring(stores, file, null)
      .then(seenOf, asError)
      .then((next) => goes && setSeen(next))
      .catch(() => undefined)
    return () => {
      goes = false
    }
  }, [stores, file])

  const open = async () => {
    setBusy(true)
    try {
      const kept = await bring(stores, file, nameOf(file))
      if (typeof kept === 'string' || kept.session === null) return setSeen(seenOf(kept))
      await stores.settle({ session: kept.session, book: { ...blank, lesson: null } })
      close()
    } catch (error) {
      setSeen(asError(error))
    } finally {
      setBusy(false)
    }
  }
  const found = seen !== null && typeof seen === 'object' && 'snapshot' in seen ? seen : null
  const damage = found?.snapshot.damage ?? null
  const canOpen = found !== null && (damage === null || found.keys > 0)
  const count = found?.keys.toLocaleString(language) ?? ''
  return (
    <Card title={titleOf(seen, words, s.cannot)} close={close}>
      <p className={css.file}>
        <code>{nameOf(file)}</code> <small>{size(file.size, language)}</small>
      </p>
      <div id={told} aria-live="polite">
        {seen === null && <p className={share.quiet}>{s.looking}…</p>}
        {damage && <Wrong damage={damage} version={found!.snapshot.version} keys={found!.keys} />}
        {found && (canOpen || !damage) && <Holds snapshot={found.snapshot} />}
        {typeof seen === 'string' && <p role="alert">{words.refused[seen]}</p>}
        {seen instanceof Error && <p role="alert">{s.stopped(seen.message)}</p>}
      </div>
      {canOpen && (
        <output className={css.after}>
          {busy ? `${words.loading}…` : damage ? words.untouchedBefore : words.untouched}
        </output>
      )}
      <div className={share.buttons}>
        {canOpen && (
          <button
            type="button"
            className={share.main}
            disabled={busy}
            aria-describedby={told}
            onClick={() => void open()}
          >
            {damage ? words.openBefore(count) : s.openIt}
          </button>
        )}
        <button type="button" className={share.button} onClick={close}>
          {seen === null || canOpen ? s.notNow : t.dismiss}
        </button>
      </div>
    </Card>
  )
}

function titleOf(seen: Seen, { title, damaged, partly }: SnapshotMessages, cannot: string): string {
  if (seen === null) return title
  if (typeof seen === 'string' || seen instanceof Error) return cannot
  const { damage } = seen.snapshot
  if (damage === null) return title
  if (damage.kind === 'limits') return partly
  return isOther(damage) ? cannot : damaged
}

/** It is no file that was ever whole for this page. */
const isOther = ({ kind }: Damage) => kind === 'newer' || kind === 'not-rdb'

const size = (bytes: number, language: string) =>
  new Intl.NumberFormat(language, { style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(bytes)

/** What is wrong with it; the codec's own words, which are English, stand beside. */
function Wrong({ damage, version, keys }: { damage: Damage; version: number; keys: number }) {
  const language = useLayout((state) => state.language)
  const words = snapshotMessages[language]
  const sentence = damage.kind === 'newer' ? words.newer(version) : `${capital(damageIn(language, damage))}.`
  return (
    <div role="alert" className={`${share.warn} ${css.wrong}`}>
      <p>{sentence}</p>
      {stopsServer(damage) && !isOther(damage) && (
        <p>
          {words.refuses} {damage.kind === 'checksum' && keys > 0 && words.doubtful}
        </p>
      )}
      {damage.kind !== 'newer' && (
        <p className={css.reason} lang="en">
          <code>{damage.reason}</code>
        </p>
      )}
    </div>
  )
}

const capital = (sentence: string) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`

function Holds({ snapshot }: { snapshot: Snapshot }) {
  const language = useLayout((state) => state.language)
  const words = snapshotMessages[language]
  const { version, server, made, kinds, databases, withTtl, expired, unread, damage } = snapshot
  const number = (count: number) => count.toLocaleString(language)
  const keys = kinds.reduce((sum, [, count]) => sum + count, 0)
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <dl className={css.facts}>
      <Fact name={words.writtenBy}>
        {[...(server === null ? [] : [words.redis(server)]), words.format(version)].join(' · ')}
      </Fact>
      {made !== null && <Fact name={words.made}>{dates.format(made)}</Fact>}
      <Fact name={damage ? words.before : words.keys}>
        {words.keysCount(number(keys))}
        <span className={css.kinds}>
          {kinds.map(([kind, count]) => (
            <span key={kind} data-kind={kind}>
              {kind} <b>{number(count)}</b>
            </span>
          ))}
        </span>
        {databases.some(({ db }) => db > 0) && (
          <small>{databases.map(({ db, keys }) => words.database(db, number(keys))).join(' · ')}</small>
        )}
      </Fact>
      {withTtl > 0 && (
        <Fact name={words.ttl}>
          {words.keysCount(number(withTtl))} {expired > 0 && <small>{words.expired(number(expired))}</small>}
        </Fact>
      )}
      {unread.length > 0 && (
        <Fact name={words.unread}>
          {words.unreadable(unreadIn(language, unread))} {damage === null && words.rest}
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
