import { lazy, Suspense } from 'react'
import { ChevronDown, Clock as ClockIcon } from 'lucide-react'
import type { ClockChange, ClockRate } from '../../session/protocol.ts'
import { useLayout, useMessages, useNow, useSession, useStores } from '../context.tsx'
import { Popover } from '../ui/Popover.tsx'
import css from './frame.module.css'

const Machine = lazy(() => import('../server/Machine.tsx'))

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The engine's clock: what time it is there, how it runs, and all that moves it. */
export function Clock() {
  const t = useMessages()
  const rate = useSession((state) => state.time.rate)
  const move = useMove()
  return (
    <fieldset className={css.clock} data-moved={rate !== 1} aria-label={t.clock}>
      <Popover
        label={t.clockTip}
        className={css.time}
        button={
          <>
            <ClockIcon size={15} strokeWidth={1.9} aria-hidden="true" className={css.clockIcon} />
            <Time />
            <small>{t.clockRate(rate)}</small>
            <ChevronDown size={13} aria-hidden="true" />
          </>
        }
      >
        {(close) => <Moves close={close} />}
      </Popover>
      <button type="button" className={css.step} onClick={() => move({ rate: rate === 0 ? 1 : 0 })}>
        {rate === 0 ? t.clockGoOn : t.clockPause}
      </button>
      <button type="button" className={css.step} onClick={() => move({ ahead: MINUTE })}>
        {t.clockAhead(1, 'minute')}
      </button>
    </fieldset>
  )
}

/** Moves the clock; what cannot be done is said in the bar at the foot. */
function useMove() {
  const { session } = useStores()
  return (change: ClockChange) => {
    const { move, say } = session.getState()
    move(change).then(say, (error: unknown) => say(() => (error instanceof Error ? error.message : String(error))))
  }
}

/** The time of day there, in figures that do not dance; to the millisecond where it stands still. */
function Time() {
  const language = useLayout((state) => state.language)
  const rate = useSession((state) => state.time.rate)
  const now = useNow(rate === 10 ? 100 : 250)
  const format = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(rate === 0 ? { fractionalSecondDigits: 3 } : {}),
  })
  return <time dateTime={new Date(now).toISOString()}>{format.format(now)}</time>
}

function Moves({ close }: { close: () => void }) {
  const t = useMessages()
  const { session } = useStores()
  const language = useLayout((state) => state.language)
  const rate = useSession((state) => state.time.rate)
  const move = useMove()
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'full' }).format(session.getState().now())
  const step = (label: string, change: ClockChange, look = css.ahead) => (
    <button
      type="button"
      className={look}
      onClick={() => {
        close()
        move(change)
      }}
    >
      {label}
    </button>
  )
  return (
    <>
      <p className={css.date}>{date}</p>
      <fieldset className={css.rates} aria-label={t.clockPace}>
        {([0, 1, 10] as const satisfies readonly ClockRate[]).map((each) => (
          <button key={each} type="button" aria-pressed={each === rate} onClick={() => move({ rate: each })}>
            {t.clockRate(each)}
          </button>
        ))}
      </fieldset>
      <div className={css.steps}>
        {step(t.clockAhead(1, 'second'), { ahead: SECOND })}
        {step(t.clockAhead(1, 'minute'), { ahead: MINUTE })}
        {step(t.clockAhead(1, 'hour'), { ahead: HOUR })}
      </div>
      {step(t.clockNext, { to: 'next' }, css.fresh)}
      <p className={css.hint}>{t.clockHint}</p>
      <Suspense fallback={null}>
        <Machine close={close} />
      </Suspense>
    </>
  )
}
