// What a frame's address asks for. Behind the question mark stands what it shows; behind the #, which no server sees, who
// stands around it.
import type { Mode, Theme } from '../../embed/protocol.ts'

export interface Wanted {
  readonly mode: Mode
  readonly theme: Theme
  readonly lesson: string | null
  /** The origin that the frame may speak with, as it was told; nobody has looked at it yet. */
  readonly host: string | null
  /** What tells this frame's work from that of others in this browser. */
  readonly place: string
}

const modes: readonly Mode[] = ['full', 'lesson', 'console', 'console+keys']

/** `referrer`: the page around, as far as the browser tells. */
export function readAddress({ search, hash }: Pick<Location, 'search' | 'hash'>, referrer: string): Wanted {
  const asked = new URLSearchParams(search)
  const around = new URLSearchParams(hash.slice(1))
  const lesson = asked.get('lesson') || null
  // A plus in an address means a blank.
  const named = asked.get('mode')?.replace(' ', '+')
  const mode = modes.find((each) => each === named) ?? (lesson === null ? 'console' : 'lesson')
  const theme = asked.get('theme')
  const host = around.get('host')
  return {
    mode,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    lesson,
    host,
    place: [host ?? originOf(referrer), around.get('name') ?? `${lesson ?? ''} ${mode}`].join(' '),
  }
}

function originOf(address: string): string {
  try {
    return new URL(address).origin
  } catch {
    return ''
  }
}

/** The part of a browser's storage that is this frame's: all its names begin with its place. */
export function within<T extends Pick<Storage, 'getItem' | 'setItem'>>(memory: T | null, place: string) {
  return (
    memory && {
      getItem: (name: string) => memory.getItem(`embed ${place} ${name}`),
      setItem: (name: string, value: string) => memory.setItem(`embed ${place} ${name}`, value),
    }
  )
}
