// The files on the server's disk: each can be taken out, and another laid in its place.
import type { DiskState, FileInfo } from '../../session/protocol.ts'
import { fromArray, text, utf8, type Bytes } from '../../wire/bytes.ts'
import { useLayout, useStores } from '../context.tsx'
import { damageIn, stopsServer, unreadIn } from '../i18n/damage.ts'
import { configMessages } from '../i18n/config.ts'
import { labMessages } from '../i18n/lab.ts'
import { failure, type Told, type Tell } from './Lab.tsx'
import { isRdb, Take } from './Take.tsx'
import css from './server.module.css'

/** Bytes of a file that a person lays on the disk. */
const MOST = 32 << 20

export function Disk({ disk, tell }: { disk: DiskState; tell: Tell }) {
  const lab = labMessages[useLayout((state) => state.language)]
  return (
    <section aria-labelledby="lab-disk">
      <h3 id="lab-disk">{lab.disk}</h3>
      {disk.full && <p className={css.warn}>{lab.isFull}</p>}
      {!disk.files.some(({ path }) => isRdb(path)) && (
        <div className={css.file}>
          <p>{lab.empty}</p>
          <Put path={utf8('dump.rdb')} label={lab.put} disabled={disk.full} tell={tell} />
        </div>
      )}
      {disk.files.length > 0 && (
        <ul className={css.files}>
          {disk.files.map((file) => (
            <File key={file.path} file={file} full={disk.full} tell={tell} />
          ))}
        </ul>
      )}
    </section>
  )
}

function File({ file: { path, size, at }, full, tell }: { file: FileInfo; full: boolean; tell: Tell }) {
  const language = useLayout((state) => state.language)
  const lab = labMessages[language]
  const name = text(path as Bytes)
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return (
    <li className={css.file}>
      <p>
        <code>{name}</code>
        <small>
          {lab.size(size.toLocaleString(language))} · {lab.written(time)}
        </small>
      </p>
      <Take key={at} path={path} tell={tell}>
        <Put path={path as Bytes} label={lab.replace} disabled={full} tell={tell} />
      </Take>
    </li>
  )
}

function Put({ path, label, disabled, tell }: { path: Bytes; label: string; disabled: boolean; tell: Tell }) {
  const { session, bring } = useStores()
  const name = text(path)
  /** What there is to say of a file that lies there: a snapshot is looked at, and else it is the configuration file. */
  const about = async (file: Uint8Array): Promise<Told> => {
    if (!isRdb(path)) return (language) => configMessages[language].saved
    const found = await bring({ kind: 'rdb', file }, null)
    const { damage = null, unread = [] } = (typeof found === 'object' && found?.snapshot) || {}
    return (language) => {
      const lab = labMessages[language]
      if (damage) return lab.laidDamaged(name, damageIn(language, damage), stopsServer(damage))
      return [lab.laid(name), ...(unread.length > 0 ? [lab.laidUnread(unreadIn(language, unread))] : [])].join(' ')
    }
  }
  const put = async (file: Blob) => {
    if (file.size > MOST) return tell((language) => labMessages[language].tooLarge)
    const bytes = new Uint8Array(await file.arrayBuffer())
    await session.getState().ask({ do: 'disk', put: { path, bytes: fromArray(bytes) } })
    return tell(await about(bytes))
  }
  return (
    <label className={css.button} data-disabled={disabled}>
      {label}
      <input
        type="file"
        className="sr-only"
        accept={isRdb(path) ? '.rdb' : undefined}
        disabled={disabled}
        aria-label={`${label}: ${name}`}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) put(file).catch((error: unknown) => tell(failure(error)))
        }}
      />
    </label>
  )
}
