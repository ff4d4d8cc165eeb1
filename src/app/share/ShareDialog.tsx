// What goes out: what, in which form, how long the link is and where it fits, and what to do with it.
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Shared } from '../../session/protocol.ts'
import { FRAGMENT_MOST } from '../../share/link.ts'
import { useLayout, useLesson, useMessages, useStores } from '../context.tsx'
import { save } from '../rows/download.ts'
import type { Sharing } from '../stores/layout.ts'
import { Choice } from './Choice.tsx'
import { cargoOf, exported, markOf, noLog, pack, rowsUpTo, type Form, type Packed, type What } from './pack.ts'
import { useShareMessages } from './words.ts'
import css from './share.module.css'

/** Rows that a moment can be chosen from: the newest. */
const mostMoments = 200

/** `of`: the choices that it is about. */
type State = { readonly of: string } & Outcome
type Outcome =
  | { readonly at: 'working' }
  | { readonly at: 'failed'; readonly reason: string }
  | { readonly at: 'too-many'; readonly keys: number }
  | { readonly at: 'ready'; readonly packed: Packed; readonly shared: Shared | null }

export default function ShareDialog({ sharing }: { sharing: Sharing }) {
  const s = useShareMessages()
  const { layout } = useStores()
  const dialog = useRef<HTMLDialogElement>(null)
  const [what, setWhat] = useState<What>(sharing.upTo === null ? 'session' : 'moment')
  const [form, setForm] = useState<Form>('log')
  const moments = useMoments()
  const [upTo, setUpTo] = useState(sharing.upTo ?? moments[0]?.seq ?? null)
  useLayoutEffect(() => {
    const box = dialog.current
    box?.showModal()
    return () => box?.close()
  }, [])
  const moment = what === 'moment' ? upTo : null
  const { state, shared } = usePacked(what, moment, form)
  const why = shared && noLog(shared)
  const isSession = what === 'session' || what === 'moment'
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-labelledby="share"
      onClose={() => layout.getState().openSharing(null)}
    >
      <h2 id="share">{s.share}</h2>
      <p className={css.quiet}>{s.about}</p>
      <WhatToShare what={what} choose={setWhat} canMoment={moments.length > 0} />
      {what === 'moment' && (
        <label className={css.moment}>
          {s.momentOf}
          <select value={upTo ?? ''} onChange={(event) => setUpTo(Number(event.target.value))}>
            {moments.map(({ seq, line }) => (
              <option key={seq} value={seq}>
                {line}
              </option>
            ))}
          </select>
        </label>
      )}
      {isSession && (
        <fieldset className={css.choices}>
          <legend>{s.form}</legend>
          <Choice
            name="form"
            isOn={form === 'log' && !why}
            label={s.log}
            told={why === 'secret' ? s.noLogSecret : why === 'cut' ? s.noLogCut : s.logTold}
            disabled={Boolean(why)}
            choose={() => setForm('log')}
          />
          <Choice
            name="form"
            isOn={form === 'image' || Boolean(why)}
            label={s.image}
            told={why === 'secret' ? `${s.imageTold} ${s.secretInImage}` : s.imageTold}
            choose={() => setForm('image')}
          />
        </fieldset>
      )}
      <Result state={state} />
      <Export upTo={moment} />
      <div className={css.buttons}>
        <button type="button" className={css.button} onClick={() => dialog.current?.close()}>
          {s.close}
        </button>
      </div>
    </dialog>
  )
}

/** The commands of all consoles, the newest first. */
function useMoments() {
  const { console: consoles } = useStores()
  return useMemo(
    () =>
      rowsUpTo(consoles.getState().lanes, null)
        .slice(-mostMoments)
        .toReversed()
        .map(({ name, entry }) => ({ seq: entry.seq!, line: `${name}> ${entry.line}`.slice(0, 120) })),
    [consoles],
  )
}

function WhatToShare({ what, choose, canMoment }: { what: What; choose: (what: What) => void; canMoment: boolean }) {
  const s = useShareMessages()
  const { script } = useStores()
  const lesson = useLesson((state) => state.lesson)
  const step = useLesson((state) => state.place?.step ?? 0)
  const labels: readonly (readonly [What, string])[] = [
    ['session', s.session],
    ...(canMoment ? ([['moment', s.moment]] as const) : []),
    ...(lesson ? ([['lesson', s.lesson(lesson.title, step + 1)]] as const) : []),
    ...(script.getState().text.trim() === '' ? [] : ([['script', s.script]] as const)),
  ]
  return (
    <fieldset className={css.choices}>
      <legend>{s.what}</legend>
      {labels.map(([each, label]) => (
        <Choice key={each} name="what" label={label} isOn={what === each} choose={() => choose(each)} />
      ))}
    </fieldset>
  )
}

/** The link of what is chosen. A session is asked for once for each moment, and packed anew for each form. */
function usePacked(what: What, upTo: number | null, form: Form): { state: State; shared: Shared | null } {
  const stores = useStores()
  const of = [what, upTo, form].join(' ')
  const [state, setState] = useState<State>({ of, at: 'working' })
  useEffect(() => {
    let goes = true
    const tell = (outcome: Outcome) => {
      if (goes) setState({ of, ...outcome })
    }
    const work = async (): Promise<Outcome> => {
      const ready = async (cargo: Parameters<typeof pack>[0], shared: Shared | null): Promise<Outcome> => ({
        at: 'ready',
        packed: await pack(cargo),
        shared,
      })
      const mark = markOf(stores)
      if (what === 'lesson' && mark) return ready({ kind: 'lesson', mark }, null)
      if (what === 'script') return ready({ kind: 'script', name: '', script: stores.script.getState().text }, null)
      const shared = await stores.share(upTo)
      const cargo = cargoOf(stores, shared, noLog(shared) ? 'image' : form)
      return cargo ? ready(cargo, shared) : { at: 'too-many', keys: shared.keys }
    }
    work().then(tell, (error: unknown) =>
      tell({ at: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      goes = false
    }
  }, [stores, what, upTo, form, of])
  // What was packed for other choices is not to be copied; what it told of the session still holds.
  return {
    state: state.of === of ? state : { of, at: 'working' },
    shared: state.at === 'ready' ? state.shared : null,
  }
}

function Result({ state }: { state: State }) {
  const s = useShareMessages()
  const language = useLayout((layout) => layout.language)
  if (state.at === 'working') return <p className={css.quiet}>{s.working}…</p>
  if (state.at === 'failed') return <p role="alert">{s.failed(state.reason)}</p>
  if (state.at === 'too-many') return <p role="alert">{s.tooManyKeys(state.keys.toLocaleString(language))}</p>
  return <Ready packed={state.packed} />
}

function Ready({ packed: { link, file } }: { packed: Packed }) {
  const t = useMessages()
  const s = useShareMessages()
  const [said, say] = useState('')
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    say(t.copied)
  }
  return (
    <div className={css.result}>
      {link === null ? <p role="alert">{s.tooLong}</p> : <Meter link={link} />}
      <div className={css.buttons}>
        {link !== null && (
          <button type="button" className={css.main} onClick={() => void copy(link).catch(() => say(t.notCopied))}>
            {s.copyLink}
          </button>
        )}
        {file && (
          <button
            type="button"
            className={link === null ? css.main : css.button}
            onClick={() => save(new Blob([file], { type: 'application/octet-stream' }), 'session.rediscover')}
          >
            {s.saveFile}
          </button>
        )}
        <output>{said}</output>
      </div>
    </div>
  )
}

/** What some places bear at most, in characters. */
const places = [
  ['chat', 2000],
  ['lms', 8000],
  ['browser', FRAGMENT_MOST],
] as const

function Meter({ link }: { link: string }) {
  const s = useShareMessages()
  const language = useLayout((layout) => layout.language)
  const id = useId()
  // Its full width is the browser's; short links would not show on an even scale.
  const shown = Math.log2(Math.max(link.length, 64) / 64) / Math.log2(FRAGMENT_MOST / 64)
  const size = s.size(link.length.toLocaleString(language))
  return (
    <>
      <label htmlFor={id}>
        {s.link} <small>{size}</small>
      </label>
      <input id={id} className={css.link} readOnly value={link} onFocus={(event) => event.target.select()} />
      <meter className={css.meter} aria-label={s.meter} aria-valuetext={size} min={0} max={1} value={shown} />
      <ul className={css.fits} aria-label={s.fitsIn}>
        {places.map(([place, most]) => (
          <li key={place} data-fits={link.length <= most}>
            {s[place]} <b>{link.length <= most ? s.fits : s.fitsNot}</b>
          </li>
        ))}
      </ul>
    </>
  )
}

function Export({ upTo }: { upTo: number | null }) {
  const s = useShareMessages()
  const stores = useStores()
  const write = async (format: 'markdown' | 'redis') => {
    const text = await exported(stores, format, upTo)
    const [type, name] =
      format === 'markdown' ? ['text/markdown', 'transcript.md'] : (['text/plain', 'session.redis'] as const)
    save(new Blob([text], { type: `${type};charset=utf-8` }), name!)
  }
  return (
    <fieldset className={css.export}>
      <legend>{s.export}</legend>
      {(['markdown', 'redis'] as const).map((format) => (
        <button key={format} type="button" className={css.button} onClick={() => void write(format)}>
          {s[format]}
        </button>
      ))}
    </fieldset>
  )
}
