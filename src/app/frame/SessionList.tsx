// All sessions that are kept in this browser, the one used last first, and what can be done with them.
import { Code, Copy, Download, FolderOpen, Pencil, Plus, Share2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SessionInfo } from '../../session/protocol.ts'
import { useLayout, useMessages, useSession, useStores } from '../context.tsx'
import { save } from '../rows/download.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useSessionMessages } from './keeping.ts'
import { useTitle } from './SessionsMenu.tsx'
import css from './frame.module.css'

export default function SessionList({ close }: { close: () => void }) {
  const sessions = useSession((state) => state.sessions)
  const [removed, setRemoved] = useState<SessionInfo | null>(null)
  const newest = sessions.toSorted((a, b) => b.usedAt - a.usedAt)
  return (
    <>
      {removed && <Removed info={removed} back={() => setRemoved(null)} />}
      <ul className={css.sessions}>
        {newest.map((info) => (
          <Row key={info.id} info={info} close={close} removed={() => setRemoved(info)} />
        ))}
      </ul>
      <Doors close={close} />
    </>
  )
}

/** Says what went wrong in the bar. */
function useFail() {
  const { session } = useStores()
  return (error: unknown) => session.getState().say(() => (error instanceof Error ? error.message : String(error)))
}

function Removed({ info, back }: { info: SessionInfo; back: () => void }) {
  const s = useSessionMessages()
  const { session } = useStores()
  const title = useTitle()(info)
  const fail = useFail()
  return (
    <div className={css.edit}>
      <output>{s.removed(title)}</output>
      <button
        type="button"
        className={css.do}
        onClick={() => {
          session.getState().restore(info.id).then(back, fail)
        }}
      >
        {s.undo}
      </button>
    </div>
  )
}

/** A new one, and those that come and go as files and links. */
function Doors({ close }: { close: () => void }) {
  const t = useMessages()
  const s = useSessionMessages()
  const { layout, open, download } = useStores()
  const fail = useFail()
  const doors = [
    [Plus, t.newSession, () => void open(null, true)],
    [Share2, t.shareOrExport, () => layout.getState().openSharing({ upTo: null })],
    [Code, t.embed, () => layout.getState().look({ is: 'embed' })],
    [Download, s.saveFile, () => void download().then((file) => save(...file), fail)],
  ] as const
  return (
    <div className={css.newBox}>
      {doors.map(([Icon, label, work]) => (
        <button
          key={label}
          type="button"
          className={css.fresh}
          onClick={() => {
            close()
            work()
          }}
        >
          <Icon size={15} aria-hidden="true" />
          {label}
        </button>
      ))}
      <label className={css.fresh}>
        <FolderOpen size={15} aria-hidden="true" />
        {t.openFile}
        <input
          type="file"
          className="sr-only"
          accept=".rediscover,.rdb"
          onChange={(event) => {
            const file = event.target.files?.[0]
            close()
            if (file) layout.getState().receive(file)
          }}
        />
      </label>
    </div>
  )
}

/** It was asked for by a press just now. */
const takeFocus = (box: HTMLInputElement | null) => box?.focus()

function Row({ info, close, removed }: { info: SessionInfo; close: () => void; removed: () => void }) {
  const t = useMessages()
  const s = useSessionMessages()
  const { session, open } = useStores()
  const current = useSession((state) => state.info?.id === info.id)
  const [naming, setNaming] = useState(false)
  const title = useTitle()(info)
  const facts = useFacts(info)
  const fail = useFail()
  if (naming)
    return (
      <li>
        <form
          className={css.edit}
          onSubmit={(event) => {
            event.preventDefault()
            const name = new FormData(event.currentTarget).get('name')
            session
              .getState()
              .rename(info.id, typeof name === 'string' ? name.trim() : '')
              .catch(fail)
            setNaming(false)
          }}
        >
          <input
            ref={takeFocus}
            name="name"
            defaultValue={info.name}
            aria-label={s.nameLabel}
            placeholder={title}
            maxLength={80}
          />
          <button type="submit" className={css.do}>
            {s.save}
          </button>
        </form>
      </li>
    )
  const act = (icon: typeof Copy, label: string, work: () => void) => (
    <IconButton icon={icon} small label={`${label}: ${title}`} tip={label} onClick={work} />
  )
  return (
    <li className={css.session}>
      <button
        type="button"
        className={css.pick}
        aria-current={current ? 'true' : undefined}
        onClick={() => {
          close()
          if (!current) void open(info.id)
        }}
      >
        <b>{title}</b>
        <small>{[...facts, ...(current ? [s.thisSession] : [])].join(' · ')}</small>
      </button>
      {act(Pencil, t.rename, () => setNaming(true))}
      {act(Copy, s.duplicate, () => {
        session.getState().duplicate(info.id, s.copyName(title)).catch(fail)
      })}
      {current ? (
        <span />
      ) : (
        act(Trash2, s.remove, () => {
          session.getState().remove(info.id).then(removed, fail)
        })
      )}
    </li>
  )
}

/** How much is in it, what that takes, and when it was used. */
function useFacts({ keys, commands, bytes, usedAt }: SessionInfo): string[] {
  const t = useMessages()
  const s = useSessionMessages()
  const language = useLayout((state) => state.language)
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' })
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 })
  const unit = bytes === undefined || bytes < 1000 ? 'bytes' : bytes < 1_000_000 ? 'kB' : 'MB'
  const by = { bytes: 1, kB: 1000, MB: 1_000_000 }[unit]
  const size = bytes === undefined ? [] : [`${number.format(bytes / by)} ${s.size[unit]}`]
  return [t.keysCount(keys), t.commandsCount(commands), ...size, s.lastUsed(time.format(usedAt))]
}
