import { ChevronDown, Code, FolderOpen, Layers, Pencil, Plus, Share2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SessionInfo } from '../../session/protocol.ts'
import { useLayout, useLesson, useMessages, useSession, useStores } from '../context.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Popover } from '../ui/Popover.tsx'
import css from './frame.module.css'

/** All sessions kept in this browser. A new one leaves the old where it is. */
export function SessionsMenu() {
  const t = useMessages()
  const { session, layout, open, lessons } = useStores()
  const info = useSession((state) => state.info)
  const lesson = useLesson((state) => state.lesson?.id)
  const title = useTitle()
  // A lesson's own session is named as the lesson, and that stands in the bar already.
  const titles = Object.values(lessons.library.find(({ id }) => id === lesson)?.title ?? {})
  const hasOwnName = info !== null && info.name !== '' && !titles.includes(info.name)
  const refresh = () =>
    session
      .getState()
      .list()
      .catch(() => undefined)
  return (
    <Popover
      label={t.sessions}
      className={css.menu}
      onOpen={() => void refresh()}
      button={
        <>
          <Layers size={15} strokeWidth={1.9} aria-hidden="true" />
          <span>{hasOwnName ? title(info) : t.sessions}</span>
          <ChevronDown size={13} aria-hidden="true" />
        </>
      }
    >
      {(close) => (
        <>
          <List close={close} />
          <div className={css.newBox}>
            <button
              type="button"
              className={css.fresh}
              onClick={() => {
                close()
                void open(null, true)
              }}
            >
              <Plus size={15} aria-hidden="true" />
              {t.newSession}
            </button>
            <button
              type="button"
              className={css.fresh}
              onClick={() => {
                close()
                layout.getState().openSharing({ upTo: null })
              }}
            >
              <Share2 size={15} aria-hidden="true" />
              {t.shareOrExport}
            </button>
            <button
              type="button"
              className={css.fresh}
              onClick={() => {
                close()
                layout.getState().look({ is: 'embed' })
              }}
            >
              <Code size={15} aria-hidden="true" />
              {t.embed}
            </button>
            <label className={css.fresh}>
              <FolderOpen size={15} aria-hidden="true" />
              {t.openFile}
              <input
                type="file"
                className="sr-only"
                accept=".rediscover"
                onChange={(event) => {
                  const file = event.target.files?.[0]
                  close()
                  if (file) layout.getState().receive(file)
                }}
              />
            </label>
          </div>
        </>
      )}
    </Popover>
  )
}

function useTitle() {
  const t = useMessages()
  const language = useLayout((state) => state.language)
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return (info: SessionInfo) => (info.name === '' ? t.untitled(dates.format(info.createdAt)) : info.name)
}

function List({ close }: { close: () => void }) {
  const sessions = useSession((state) => state.sessions)
  const newest = [...sessions].sort((a, b) => b.usedAt - a.usedAt)
  return (
    <ul className={css.sessions}>
      {newest.map((info) => (
        <Row key={info.id} info={info} close={close} />
      ))}
    </ul>
  )
}

/** It was asked for by a press just now. */
const takeFocus = (box: HTMLInputElement | null) => box?.focus()

function Row({ info, close }: { info: SessionInfo; close: () => void }) {
  const t = useMessages()
  const { session, open } = useStores()
  const current = useSession((state) => state.info?.id === info.id)
  const [mode, setMode] = useState<'show' | 'rename' | 'remove'>('show')
  const title = useTitle()(info)
  const fail = (error: unknown) =>
    session.getState().say(() => (error instanceof Error ? error.message : String(error)))

  if (mode === 'rename')
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
            setMode('show')
          }}
        >
          <input
            ref={takeFocus}
            name="name"
            defaultValue={info.name}
            aria-label={t.nameLabel}
            placeholder={title}
            maxLength={80}
          />
          <button type="submit" className={css.do}>
            {t.save}
          </button>
        </form>
      </li>
    )
  if (mode === 'remove')
    return (
      <li className={css.edit}>
        <b>{title}</b>
        <button
          type="button"
          className={`${css.do} ${css.danger}`}
          onClick={() => {
            session.getState().remove(info.id).catch(fail)
          }}
        >
          {t.reallyRemove}
        </button>
        <button type="button" className={css.do} onClick={() => setMode('show')}>
          {t.cancel}
        </button>
      </li>
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
        <small>
          {[t.keysCount(info.keys), t.commandsCount(info.commands), ...(current ? [t.thisSession] : [])].join(' · ')}
        </small>
      </button>
      <IconButton
        icon={Pencil}
        small
        label={`${t.rename}: ${title}`}
        tip={t.rename}
        onClick={() => setMode('rename')}
      />
      {current ? (
        <span />
      ) : (
        <IconButton
          icon={Trash2}
          small
          label={`${t.remove}: ${title}`}
          tip={t.remove}
          onClick={() => setMode('remove')}
        />
      )}
    </li>
  )
}
