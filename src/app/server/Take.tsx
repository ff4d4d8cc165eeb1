// Takes a file from the server's disk: as it lies there, or a snapshot in the version of an older server. What has no form there
// is named first, and the person decides.
import { useState, type ReactNode } from 'react'
import type { DiskFile } from '../../session/protocol.ts'
import { text, type Bytes } from '../../wire/bytes.ts'
import { useLayout, useStores } from '../context.tsx'
import { damageIn, unreadIn } from '../i18n/damage.ts'
import { labMessages } from '../i18n/lab.ts'
import { save } from '../rows/download.ts'
import { failure, type Tell } from './Lab.tsx'
import css from './server.module.css'

const versions = [12, 11, 10] as const
type Version = (typeof versions)[number]

/** Whatever lies on the disk under another name than this is a snapshot, however it is called. */
export const CONFIG_FILE = 'redis.conf'
export const isRdb = (path: string) => path !== CONFIG_FILE

/** `children` stand beside the button, before what is asked. */
export function Take({ path, tell, children }: { path: string; tell: Tell; children: ReactNode }) {
  const language = useLayout((state) => state.language)
  const lab = labMessages[language]
  const { session } = useStores()
  const [version, setVersion] = useState<Version>(12)
  const [asked, setAsked] = useState<DiskFile | null>(null)
  const name = text(path as Bytes)
  const keep = ({ bytes }: DiskFile) => {
    setAsked(null)
    save(new Blob([bytes], { type: 'application/octet-stream' }), name.split('/').at(-1)!)
  }
  const take = async () => {
    const older = version === 12 ? {} : { version }
    const file = await session.getState().ask({ do: 'disk-file', path, ...older })
    if (!file) return
    if (!('bytes' in file))
      return tell((language) => labMessages[language].unconvertible(name, damageIn(language, file)))
    if (file.without.length + file.unread.length > 0) setAsked(file)
    else keep(file)
  }
  return (
    <>
      {isRdb(path) && (
        <select
          className={css.version}
          aria-label={lab.forServer(name)}
          value={version}
          onChange={(event) => {
            setAsked(null)
            setVersion(Number(event.target.value) as Version)
          }}
        >
          {versions.map((each) => (
            <option key={each} value={each}>
              {lab.versions[each]}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        className={css.button}
        aria-label={`${lab.download}: ${name}`}
        onClick={() => void take().catch((error: unknown) => tell(failure(error)))}
      >
        {lab.download}
      </button>
      {children}
      {asked && <Without file={asked} version={version} keep={() => keep(asked)} drop={() => setAsked(null)} />}
    </>
  )
}

/** What the file would be without. */
function Without({
  file: { without, more, unread },
  version,
  keep,
  drop,
}: {
  file: DiskFile
  version: Version
  keep: () => void
  drop: () => void
}) {
  const language = useLayout((state) => state.language)
  const lab = labMessages[language]
  const number = (count: number) => count.toLocaleString(language)
  return (
    <div className={css.without} role="alert">
      {without.length > 0 && (
        <>
          <p>{lab.formless(number(without.length + more), version)}</p>
          <ul>
            {without.map(({ db, key, why }) => (
              <li key={`${db} ${key}`}>
                <code>{text(key)}</code>
                {db > 0 && <small> {lab.db(db)}</small>} <small>{lab.reasons[why] ?? why}</small>
              </li>
            ))}
            {more > 0 && <li>{lab.andMore(number(more))}</li>}
          </ul>
        </>
      )}
      {unread.length > 0 && <p>{lab.unreadToo(unreadIn(language, unread))}</p>}
      <div className={css.buttons}>
        <button type="button" className={css.button} onClick={keep}>
          {lab.without}
        </button>
        <button type="button" className={css.button} onClick={drop}>
          {lab.notNow}
        </button>
      </div>
    </div>
  )
}
