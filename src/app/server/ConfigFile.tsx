// redis.conf: written or pasted here, laid on the server's disk, and explained line by line.
import { useEffect, useState } from 'react'
import type { ConfigFault, ConfigLine, DiskState } from '../../session/protocol.ts'
import { fromArray, text, utf8 } from '../../wire/bytes.ts'
import { useLayout, useSession, useStores } from '../context.tsx'
import { configMessages } from '../i18n/config.ts'
import { ConfigEditor } from './ConfigEditor.tsx'
import { ConfigLines } from './ConfigLines.tsx'
import { failure, type Tell } from './Lab.tsx'
import { said } from './said.ts'
import { CONFIG_FILE } from './Take.tsx'
import css from './config.module.css'
import lab from './server.module.css'

const PATH = utf8(CONFIG_FILE)
/** Bytes that the editor takes. */
const MOST = 65_536

/** The tutorial's own file. */
const TUTORIAL = `# /etc/redis/6379.conf

port              6379
daemonize         yes
save              60 1
bind              127.0.0.1
tcp-keepalive     300
dbfilename        dump.rdb
dir               ./
rdbcompression    yes
`

/** What was typed and is not on the disk, by session: it is still there when the lab is opened again. */
const drafts = new Map<string, string>()

const sizeOn = (disk: DiskState) => disk.files.find(({ path }) => path === PATH)?.size ?? null

export function ConfigFile({ disk, tell }: { disk: DiskState; tell: Tell }) {
  const t = configMessages[useLayout((state) => state.language)]
  const small = (sizeOn(disk) ?? 0) <= MOST
  return (
    <section aria-labelledby="lab-config">
      <h3 id="lab-config">redis.conf</h3>
      <p className={lab.quiet}>{t.about}</p>
      {small ? <Editing disk={disk} tell={tell} /> : <p className={lab.warn}>{t.tooLarge}</p>}
    </section>
  )
}

function Editing({ disk, tell }: { disk: DiskState; tell: Tell }) {
  const t = configMessages[useLayout((state) => state.language)]
  const { session } = useStores()
  const stored = useStored(disk)
  const [draft, setDraft] = useDraft()
  const [fault, setFault] = useState<ConfigFault | null>(null)
  const shown = draft ?? stored ?? ''
  const lines = useLines(shown)
  const edit = (next: string) => {
    setDraft(next === stored ? null : next)
    setFault(null)
  }
  const save = async () => {
    await session.getState().ask({ do: 'disk', put: { path: PATH, bytes: utf8(shown) } })
    setDraft(null)
    tell((language) => configMessages[language].saved)
  }
  const restart = async () => {
    await save()
    const report = await session.getState().befall('restart')
    setFault(report && 'words' in report ? report : null)
    tell((language) => said(language, 'restart', report))
  }
  const button = (label: string, act: () => Promise<void> | void, disabled = disk.full) => (
    <button
      type="button"
      className={lab.button}
      disabled={disabled}
      onClick={() => void Promise.resolve(act()).catch((error: unknown) => tell(failure(error)))}
    >
      {label}
    </button>
  )
  return (
    <>
      <ConfigEditor value={shown} lines={lines} change={edit} />
      <div className={lab.buttons}>
        {button(t.example, () => edit(TUTORIAL), false)}
        {button(t.save, save)}
        {button(t.restart, restart)}
        <small className={css.state}>
          {disk.full ? t.full : draft !== null ? t.unsaved : stored === null ? t.absent : ''}
        </small>
      </div>
      {fault && (
        <figure className={css.printed}>
          <figcaption>{t.printed}</figcaption>
          <pre lang="en">{fault.words.map(text).join('\n')}</pre>
        </figure>
      )}
      <ConfigLines text={shown} lines={lines} />
    </>
  )
}

/** What was typed and is not on the disk; null: nothing. */
function useDraft(): readonly [string | null, (draft: string | null) => void] {
  const id = useSession((state) => state.info?.id ?? '')
  const [draft, set] = useState(() => drafts.get(id) ?? null)
  const keep = (next: string | null) => {
    if (next === null) drafts.delete(id)
    else drafts.set(id, next)
    set(next)
  }
  return [draft, keep]
}

/** What the file says on the disk; null: there is none. */
function useStored(disk: DiskState): string | null {
  const { session } = useStores()
  const [stored, set] = useState<string | null>(null)
  useEffect(() => {
    let goes = true
    session
      .getState()
      .ask({ do: 'disk-file', path: PATH })
      .then(
        (file) => goes && set(file && 'bytes' in file ? text(fromArray(file.bytes)) : null),
        () => undefined,
      )
    return () => {
      goes = false
    }
  }, [session, disk])
  return stored
}

/** What each line is to the server. */
function useLines(shown: string): readonly ConfigLine[] {
  const { session } = useStores()
  const [lines, set] = useState<readonly ConfigLine[]>([])
  useEffect(() => {
    let goes = true
    session
      .getState()
      .ask({ do: 'disk', read: utf8(shown) })
      .then(
        (state) => goes && set(state.lines ?? []),
        () => undefined,
      )
    return () => {
      goes = false
    }
  }, [session, shown])
  return lines
}
