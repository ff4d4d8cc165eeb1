import { useEffect, useState, type CSSProperties } from 'react'
import type { Messages } from '../i18n/index.ts'
import type { ClockRate } from '../../session/protocol.ts'
import { useMessages, useNow, useSession, useStores } from '../context.tsx'
import css from './inspector.module.css'

/** The time left in words, for people and screen readers. */
export const expiry = (t: Messages, expireAt: number | null, now: number) =>
  expireAt === null ? t.noExpiry : t.expiresIn(t.timeLeft(expireAt - now))

/** A key is no ghost at the very instant: the sweep needs a moment to come. */
const SWEEP = 150

/** Whether a time has come and nobody swept; drawn anew when that happens. */
export function useIsDue(expireAt: number | null): boolean {
  const { session } = useStores()
  const time = useSession((state) => state.time)
  const [seen, set] = useState(() => session.getState().now())
  const isDue = expireAt !== null && expireAt + SWEEP <= Math.max(seen, time.now)
  useEffect(() => {
    if (expireAt === null || isDue || time.rate === 0) return
    // A timer may come a little early; then it is set again.
    const left = Math.max(1, (expireAt + SWEEP - session.getState().now()) / time.rate)
    const timer = setTimeout(() => set(session.getState().now()), Math.min(left, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  }, [expireAt, session, seen, isDue, time])
  return isDue
}

/** The time left, live. */
export function TimeLeft({ expireAt }: { expireAt: number }) {
  const t = useMessages()
  const [near, setNear] = useState(false)
  const now = useNow(near ? 100 : 500)
  const close = expireAt - now < 60_500
  if (close !== near) setNear(close)
  return <>{t.timeLeft(expireAt - now)}</>
}

/** A bar that drains by itself, as fast as the engine's clock goes: one animation for the whole life of the key. */
export function Drain(life: { from: number | null; expireAt: number }) {
  const { now, rate } = useSession((state) => state.time)
  return <Draining key={`${now} ${rate}`} {...life} rate={rate} />
}

function Draining({ from, expireAt, rate }: { from: number | null; expireAt: number; rate: ClockRate }) {
  const { session } = useStores()
  const [now] = useState(() => session.getState().now())
  const start = from ?? now
  const whole = Math.max(1, expireAt - start)
  const style = {
    animationDuration: `${whole / (rate || 1)}ms`,
    animationDelay: `${Math.min(0, start - now) / (rate || 1)}ms`,
    ...(rate === 0 ? { animationPlayState: 'paused' } : {}),
    // Where nothing may move, the bar stands as it was when it was drawn.
    '--left': Math.max(0, Math.min(1, (expireAt - now) / whole)),
  }
  return (
    <span className={css.ttl}>
      <b style={style as CSSProperties} />
    </span>
  )
}

/** The time left, and a bar below it. */
export function TtlBar({ from, expireAt }: { from: number | null; expireAt: number }) {
  const t = useMessages()
  const { session } = useStores()
  return (
    <span className={css.left} title={t.expiresIn(t.timeLeft(expireAt - session.getState().now()))}>
      <span>
        <TimeLeft expireAt={expireAt} />
      </span>
      <Drain from={from} expireAt={expireAt} />
    </span>
  )
}
