// What stands in the way of keeping a session, or happened to it, in words, and what to do about it.
import type { ReactNode } from 'react'
import type { SaveState } from '../../session/protocol.ts'
import { useLayout, useMessages, useSession, useStores } from '../context.tsx'
import { save } from '../rows/download.ts'
import { useSessionMessages } from './keeping.ts'
import css from './keeping.module.css'

export default function Keeping() {
  const saving = useSession((state) => state.saving)
  const how = useSession((state) => state.how)
  const replaying = useSession((state) => state.replaying)
  return (
    <>
      {replaying && <Replaying {...replaying} />}
      {saving?.state === 'taken' && <Taken />}
      {(saving?.state === 'failed' || saving?.state === 'memory') && <NotKept saving={saving} />}
      {how?.copyOf && <Copy of={how.copyOf} />}
      {how && <Told />}
    </>
  )
}

function Strip({ bad, children, buttons }: { bad?: boolean; children: ReactNode; buttons?: ReactNode }) {
  return (
    <div className={css.strip} data-bad={bad || undefined}>
      <p role={bad ? 'alert' : 'status'}>{children}</p>
      {buttons}
    </div>
  )
}

function Act({ label, work }: { label: string; work: () => void }) {
  return (
    <button type="button" className={css.do} onClick={work}>
      {label}
    </button>
  )
}

function Replaying({ done, of }: { done: number; of: number }) {
  const s = useSessionMessages()
  return (
    <Strip>
      {of > 0 ? s.restoring(Math.floor((done / of) * 100)) : s.restoringSoon}
      {of > 0 && <progress className={css.progress} value={done} max={of} aria-label={s.restoringSoon} />}
    </Strip>
  )
}

function NotKept({ saving }: { saving: Extract<SaveState, { state: 'failed' | 'memory' }> }) {
  const s = useSessionMessages()
  const { download, session } = useStores()
  const why = s.why[saving.trouble]
  const get = () =>
    download().then(
      (file) => save(...file),
      (error: unknown) =>
        session.getState().say(() => s.downloadFailed(error instanceof Error ? error.message : String(error))),
    )
  const isDead = saving.trouble === 'engine'
  return (
    <Strip bad buttons={!isDead && <Act label={s.download} work={() => void get()} />}>
      <span title={saving.reason}>{saving.state === 'failed' ? s.notSaved(why) : s.memory(why)}</span>
    </Strip>
  )
}

function Copy({ of }: { of: string }) {
  const s = useSessionMessages()
  const { take } = useStores()
  return <Strip buttons={<Act label={s.take} work={() => void take(of)} />}>{s.copyNotice}</Strip>
}

function Taken() {
  const s = useSessionMessages()
  const t = useMessages()
  const { take, session } = useStores()
  const info = useSession((state) => state.info)
  const language = useLayout((state) => state.language)
  const title = info?.name || t.untitled(new Intl.DateTimeFormat(language).format(info?.createdAt))
  return (
    <Strip
      bad
      buttons={
        <>
          <Act label={s.keepOwn} work={() => void session.getState().part(s.partName(title))} />
          {info && <Act label={s.takeBack} work={() => void take(info.id)} />}
        </>
      }
    >
      {s.taken}
    </Strip>
  )
}

/** What happened when it was opened; said until it is put away. */
function Told() {
  const s = useSessionMessages()
  const { session } = useStores()
  const language = useLayout((state) => state.language)
  const { mended, replayed, missing } = useSession((state) => state.how!)
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  const said = [
    ...(missing ? [s.missing] : []),
    ...(mended ? [mended.what === 'older' ? s.older(time.format(mended.at)) : s.mended[mended.what]] : []),
    ...(replayed > 0 ? [s.replayed(replayed)] : []),
  ]
  if (said.length === 0) return null
  return <Strip buttons={<Act label={s.close} work={() => session.setState({ how: null })} />}>{said.join(' ')}</Strip>
}
