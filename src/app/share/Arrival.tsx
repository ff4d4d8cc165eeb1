// The card that stands before whatever came by a link or in a file: what it holds, and nothing happens until it is wished.
import { lazy, Suspense, useEffect, useState } from 'react'
import { useLayout, useMessages, useStores } from '../context.tsx'
import type { Arrived } from '../stores/layout.ts'
import { isAddress } from './address.ts'
import { AddressCard } from './AddressCard.tsx'
import { Card } from './Card.tsx'
import { isBroken, isSnapshot, listed, look, openNew, type Found } from './unpack.ts'
import { useShareMessages, type Broken } from './words.ts'
import css from './share.module.css'

const SnapshotCard = lazy(() => import('./SnapshotCard.tsx'))

type Seen = Found | Broken | Error | null

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

export default function Arrival({ arrived }: { arrived: Arrived }) {
  const { layout } = useStores()
  const close = () => layout.getState().receive(null)
  if (typeof arrived !== 'string') return <FromFile file={arrived} close={close} />
  return isAddress(arrived) ? (
    <AddressCard fragment={arrived} close={close} />
  ) : (
    <Shared arrived={arrived} close={close} />
  )
}

/** Which kind of file it is shows at its beginning. */
function FromFile({ file, close }: { file: File; close: () => void }) {
  const [snapshot, setSnapshot] = useState<boolean | null>(null)
  useEffect(() => {
    isSnapshot(file).then(setSnapshot, () => setSnapshot(false))
  }, [file])
  if (snapshot === null) return null
  if (!snapshot) return <Shared arrived={file} close={close} />
  return (
    <Suspense fallback={null}>
      <SnapshotCard file={file} close={close} />
    </Suspense>
  )
}

/** A session, a lesson's step or a script. */
function Shared({ arrived, close }: { arrived: Arrived; close: () => void }) {
  const t = useMessages()
  const s = useShareMessages()
  const stores = useStores()
  const [seen, setSeen] = useState<Seen>(null)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    let goes = true
    look(stores, arrived)
      .catch(asError)
      .then((found) => {
        if (!goes) return
        // A fragment of another kind is nobody's mistake.
        if (found === 'no-link') stores.layout.getState().receive(null)
        else setSeen(found)
      })
      .catch(() => undefined)
    return () => {
      goes = false
    }
  }, [stores, arrived])

  const found = seen !== null && !(seen instanceof Error) && !isBroken(seen) ? seen : null
  const open = async () => {
    if (!found) return
    setBusy(true)
    const wrong = await openNew(stores, found).catch(asError)
    if (wrong === null) return close()
    setBusy(false)
    setSeen(wrong)
  }
  const isWrong = seen !== null && !found
  return (
    <Card title={isWrong ? s.cannot : s.arrived} close={close}>
      <div aria-live="polite">
        {seen === null && <p className={css.quiet}>{s.looking}…</p>}
        {found && <Holds found={found} />}
        {isWrong && (
          <p role="alert">{seen instanceof Error ? s.stopped(seen.message) : isBroken(seen) ? s.broken[seen] : ''}</p>
        )}
      </div>
      {found && <p className={css.quiet}>{s.untouched}</p>}
      <div className={css.buttons}>
        {found && (
          <button type="button" className={css.main} disabled={busy} onClick={() => void open()}>
            {s.openIt}
          </button>
        )}
        <button type="button" className={css.button} onClick={close}>
          {isWrong ? t.dismiss : s.notNow}
        </button>
      </div>
    </Card>
  )
}

function Holds({ found }: { found: Found }) {
  const t = useMessages()
  const s = useShareMessages()
  const stores = useStores()
  const language = useLayout((state) => state.language)
  const { cargo } = found
  const titleOf = (mark: { readonly lesson: string; readonly step: string } | undefined) =>
    mark && listed(stores, mark)?.title[language]
  if (cargo.kind === 'lesson') return <p className={css.holds}>{s.holdsLesson(titleOf(cargo.mark) ?? '')}</p>
  if (cargo.kind === 'script') {
    const lines = cargo.script.split('\n').length
    return (
      <>
        <p className={css.holds}>{s.holdsScript(lines)}</p>
        <textarea className={css.script} readOnly rows={8} aria-label={s.script} value={cargo.script} />
      </>
    )
  }
  const lesson = titleOf(cargo.mark)
  const counts = [...(cargo.kind !== 'image' ? [t.commandsCount(found.commands)] : []), t.keysCount(found.keys)]
  return (
    <>
      <p className={css.holds}>
        {cargo.name === '' ? s.holdsSession : cargo.name} · {counts.join(' · ')}
      </p>
      <p className={css.quiet}>
        {[
          cargo.kind === 'image' ? s.byImage : cargo.kind === 'log' ? s.byLog : s.byFile,
          ...(lesson === undefined ? [] : [s.atLesson(lesson)]),
        ].join(' · ')}
      </p>
      {found.differs && (
        <p className={css.warn} role="alert">
          {s.differs} {found.otherBuild ? s.otherBuild : ''}
        </p>
      )}
    </>
  )
}
