import { useState, type CSSProperties } from 'react'
import type { Messages } from '../i18n/index.ts'
import { useMessages, useNow, useStores } from '../context.tsx'
import css from './inspector.module.css'

/** What is left in two units at most; tenths in the last ten seconds. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 10) return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`
  const whole = Math.floor(seconds)
  if (whole < 100) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${whole % 60} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${minutes % 60} min`
  const days = Math.floor(hours / 24)
  return `${days.toLocaleString('en')} d ${hours % 24} h`
}

/** The time left in words, for people and screen readers. */
export const expiry = (t: Messages, expireAt: number | null, now: number) =>
  expireAt === null ? t.noExpiry : t.expiresIn(timeLeft(expireAt - now))

/** The time left, live. */
export function TimeLeft({ expireAt }: { expireAt: number }) {
  const [near, setNear] = useState(false)
  const now = useNow(near ? 100 : 500)
  const close = expireAt - now < 10_500
  if (close !== near) setNear(close)
  return <>{timeLeft(expireAt - now)}</>
}

/** A bar that drains by itself: one animation for the whole life of the key, no clockwork. */
export function TtlBar({ from, expireAt }: { from: number | null; expireAt: number }) {
  const { session } = useStores()
  const t = useMessages()
  const [now] = useState(() => session.getState().now())
  const start = from ?? now
  const style: CSSProperties = {
    animationDuration: `${Math.max(1, expireAt - start)}ms`,
    animationDelay: `${Math.min(0, start - now)}ms`,
  }
  return (
    <span className={css.left} title={t.expiresIn(timeLeft(expireAt - now))}>
      <span>
        <TimeLeft expireAt={expireAt} />
      </span>
      <span className={css.ttl}>
        <b style={style} />
      </span>
    </span>
  )
}
