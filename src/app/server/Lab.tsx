// The durability lab: what the server has on its disk, what can be done to it, and what that took and brought back.
import { useEffect, useLayoutEffect, useRef, useState, type SyntheticEvent } from 'react'
import type { DiskState } from '../../session/protocol.ts'
import type { Language } from '../../wire/text.ts'
import { useConsole, useLayout, useSession, useStores } from '../context.tsx'
import { labMessages } from '../i18n/lab.ts'
import { serverMessages } from '../i18n/server.ts'
import { ConfigFile } from './ConfigFile.tsx'
import { Disk } from './Disk.tsx'
import { Fates } from './Fates.tsx'
import { said } from './said.ts'
import css from './server.module.css'

const none: DiskState = { files: [], full: false }

export default function Lab() {
  const language = useLayout((state) => state.language)
  const t = labMessages[language]
  const { layout } = useStores()
  const dialog = useRef<HTMLDialogElement>(null)
  const disk = useDisk()
  const [told, setTold] = useState<Told>(null)
  const tell: Tell = (next) => setTold(() => next)
  useLayoutEffect(() => {
    const box = dialog.current
    box?.showModal()
    return () => box?.close()
  }, [])
  const close = () => layout.getState().look(null)
  // Also told of a dialog that is already gone, or open again.
  const closed = ({ currentTarget: { isConnected, open } }: SyntheticEvent<HTMLDialogElement>) => {
    if (isConnected && !open) close()
  }
  return (
    <dialog ref={dialog} className={css.lab} aria-labelledby="lab" onClose={closed}>
      <h2 id="lab">{serverMessages[language].lab}</h2>
      <p className={css.quiet}>{t.about}</p>
      <Deeds full={disk.full} tell={tell} />
      <output className={css.told}>{told?.(language)}</output>
      <Disk disk={disk} tell={tell} />
      <Fates />
      <ConfigFile disk={disk} tell={tell} />
      <div className={css.buttons}>
        <button type="button" className={css.button} onClick={close}>
          {t.close}
        </button>
      </div>
    </dialog>
  )
}

/** A sentence in whatever language is on. */
export type Told = ((language: Language) => string) | null
export type Tell = (told: Told) => void

export const failure = (error: unknown) => () => (error instanceof Error ? error.message : String(error))

/** What lies on the disk, asked for again whenever that may have changed. */
function useDisk(): DiskState {
  const { session } = useStores()
  const disks = useSession((state) => state.disks)
  const databases = useSession((state) => state.databases)
  const [disk, set] = useState(none)
  useEffect(() => {
    let goes = true
    session
      .getState()
      .ask({ do: 'disk' })
      .then(
        (found) => goes && set(found),
        () => undefined,
      )
    return () => {
      goes = false
    }
  }, [session, disks, databases])
  return disk
}

/** Saving is a client's business, and is typed in its console; the rest befalls the server. */
function Deeds({ full, tell }: { full: boolean; tell: Tell }) {
  const lab = labMessages[useLayout((state) => state.language)]
  const { session, console: consoles } = useStores()
  const client = useConsole((state) => state.active)
  const type = (line: string) => (
    <button
      type="button"
      className={css.button}
      onClick={() => {
        consoles.getState().submit(client, line)
        tell((language) => labMessages[language].typed(line, client))
      }}
    >
      {line === 'SAVE' ? lab.save : lab.later} <code>{line}</code>
    </button>
  )
  const befall = (what: 'crash' | 'restart' | 'full' | 'free') => (
    <button
      type="button"
      className={css.button}
      onClick={() => {
        session
          .getState()
          .befall(what)
          .then(
            (report) => tell((language) => said(language, what, report)),
            (error: unknown) => tell(failure(error)),
          )
      }}
    >
      {lab[what]}
    </button>
  )
  return (
    <div className={css.buttons}>
      {type('SAVE')}
      {type('BGSAVE')}
      {befall('crash')}
      {befall('restart')}
      {befall(full ? 'free' : 'full')}
    </div>
  )
}
