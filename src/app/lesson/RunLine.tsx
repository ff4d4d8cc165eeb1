import { Copy, CornerDownLeft, FastForward, OctagonPause } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { isTyped, type Line, type Typed } from '../../lesson/schema.ts'
import { useMessages, useStores } from '../context.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import css from './lesson.module.css'

const Deed = lazy(() => import('../server/Deed.tsx'))

/** A line of the lesson: a press runs it where it belongs. */
export function RunLine({ line, interrupts = false }: { line: Line; interrupts?: boolean }) {
  const t = useMessages()
  if (isTyped(line)) return <TypedLine typed={line} interrupts={interrupts} />
  if ('skip' in line)
    return (
      <Act line={line} aside={t.skipsTime}>
        <FastForward size={14} aria-hidden="true" /> {t.skipClock(t.span(line.skip))}
      </Act>
    )
  if ('server' in line)
    return (
      <Act line={line} aside="">
        <Suspense fallback={null}>
          <Deed what={line.server} />
        </Suspense>
      </Act>
    )
  return (
    <Act line={line} aside={t.inConsole(line.interrupt)}>
      <OctagonPause size={14} aria-hidden="true" /> {t.pressCtrlC}
    </Act>
  )
}

/** Something that is done and not typed. */
function Act({ line, aside, children }: { line: Exclude<Line, Typed>; aside: string; children: ReactNode }) {
  const { hand } = useStores()
  return (
    <div className={css.line} data-client={'interrupt' in line ? line.interrupt : undefined} data-act="">
      <button type="button" className={css.run} onClick={() => hand.getState().run(line)}>
        <span>{children}</span>
        <small>{aside}</small>
      </button>
    </div>
  )
}

function TypedLine({ typed, interrupts }: { typed: Typed; interrupts: boolean }) {
  const t = useMessages()
  const { hand } = useStores()
  const [waits, setWaits] = useState(false)
  const [copied, setCopied] = useState<boolean | null>(null)
  const { client, line } = typed
  const copy = () => {
    setWaits(false)
    navigator.clipboard.writeText(line).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  const aside = interrupts ? t.freesFirst(client) : t.runIn(client)
  const said = waits ? t.laneWaits(client) : copied === null ? '' : copied ? t.copied : t.notCopied
  return (
    <>
      <div className={css.line} data-client={client}>
        <button
          type="button"
          className={css.run}
          aria-label={line}
          title={aside}
          onClick={() => {
            setCopied(null)
            setWaits(!hand.getState().run(typed, { interrupts }))
          }}
        >
          <Command line={line} />
          <small>{aside}</small>
        </button>
        <IconButton
          small
          icon={CornerDownLeft}
          label={t.insertThis(line)}
          tip={t.insertLine}
          onClick={() => hand.getState().insert(typed)}
        />
        <IconButton small icon={Copy} label={t.copyThis(line)} tip={t.copyLine} onClick={copy} />
      </div>
      <output className={css.said}>{said}</output>
    </>
  )
}

/** A command line with its first word told from the rest. */
export function Command({ line }: { line: string }) {
  const [, command, rest] = /^(\s*\S+)(.*)$/s.exec(line) ?? ['', line, '']
  return (
    <span>
      <em>{command}</em>
      {rest}
    </span>
  )
}
