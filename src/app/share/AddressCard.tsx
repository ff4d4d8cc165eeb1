// The card before a lesson from another site: first it says whose it is and asks, and only then is anything fetched; then
// it says what has come, and asks once more.
import { useState } from 'react'
import type { Read } from '../../lesson/guest.ts'
import { useLayout, useMessages, useStores } from '../context.tsx'
import { addressIn, fetchLesson, type NoText } from './address.ts'
import { Card } from './Card.tsx'
import { useAddressMessages } from './words.ts'
import css from './share.module.css'

type State =
  | { readonly at: 'asking'; readonly address: URL }
  | { readonly at: 'loading'; readonly address: URL }
  | { readonly at: 'there'; readonly from: URL; readonly text: string; readonly read: Read }
  | { readonly at: 'failed'; readonly no: NoText }

function begin(fragment: string): State {
  const address = addressIn(fragment, location.href)
  return address instanceof URL ? { at: 'asking', address } : { at: 'failed', no: address }
}

export function AddressCard({ fragment, close }: { fragment: string; close: () => void }) {
  const t = useMessages()
  const s = useAddressMessages()
  const { lessons, teach, layout } = useStores()
  const language = useLayout((state) => state.language)
  const [state, setState] = useState(() => begin(fragment))

  const load = async (address: URL): Promise<State> => {
    const fetched = await fetchLesson(address, location.href)
    if (!('text' in fetched)) return { at: 'failed', no: fetched }
    const { text, from } = fetched
    return { at: 'there', from, text, read: await lessons.readGuest([{ name: from.href, text }]) }
  }
  const start = (address: URL) => {
    setState({ at: 'loading', address })
    load(address).then(setState, () => setState({ at: 'failed', no: { why: 'unreachable' } }))
  }
  const read = state.at === 'there' ? state.read : null
  const open = () => {
    if (state.at !== 'there' || !state.read.ok) return
    close()
    layout.getState().show('lesson')
    void teach({ files: [{ name: state.from.href, text: state.text }], lessons: state.read.lessons })
  }
  const isWrong = state.at === 'failed' || read?.ok === false
  return (
    <Card title={isWrong ? s.cannot : read ? s.openTitle : s.title} close={close}>
      <div aria-live="polite">
        {(state.at === 'asking' || state.at === 'loading') && (
          <>
            <p>{s.from}</p>
            <p className={css.origin} dir="ltr">
              <b>{state.address.host}</b>
              <span>{state.address.href}</span>
            </p>
            <p className={css.quiet}>{state.at === 'loading' ? `${s.loading}…` : s.untilThen}</p>
          </>
        )}
        {state.at === 'failed' && <p role="alert">{reasonOf(state.no, s)}</p>}
        {state.at === 'there' && (
          <p className={css.origin} dir="ltr">
            <b>{state.from.host}</b>
          </p>
        )}
        {read?.ok && <Holds lesson={read.lessons[0]} />}
        {read?.ok === false && (
          <div role="alert">
            <p>{s.noLesson(read.problems.length)}</p>
            <ul className={css.problems}>
              {read.problems.map(({ line, says }, i) => (
                <li key={i}>
                  <b>{s.line(line)}</b> {says[language]}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <div className={css.buttons}>
        {state.at === 'asking' && (
          <button type="button" className={css.main} onClick={() => start(state.address)}>
            {s.load}
          </button>
        )}
        {read?.ok && (
          <button type="button" className={css.main} onClick={open}>
            {s.start}
          </button>
        )}
        <button type="button" className={css.button} onClick={close}>
          {isWrong ? t.dismiss : s.notNow}
        </button>
      </div>
    </Card>
  )
}

function Holds({
  lesson,
}: {
  lesson: { title: string; language: string; minutes: number; steps: readonly unknown[] }
}) {
  const s = useAddressMessages()
  return (
    <>
      <p className={css.holds} lang={lesson.language}>
        {lesson.title}
      </p>
      <p className={css.quiet}>{s.holds(lesson.steps.length, lesson.minutes)}</p>
      <p className={css.quiet}>{s.asData}</p>
    </>
  )
}

function reasonOf(no: NoText, s: ReturnType<typeof useAddressMessages>): string {
  return no.why === 'status' ? s.status(no.status) : s.why[no.why]
}
