import { expect, test } from 'vitest'
import { Wheel } from './wheel.ts'

const now = 1_795_000_000_000

test.each([1, 100, 5000, 300_000, 20_000_000, 2_000_000_000, 4_000_000_000_000, 5_000_000_000_000, 70_000_000_000_000])(
  'a deadline in %i ms never asks to be woken in the past, and is met at its time',
  (ahead) => {
    const wheel = new Wheel(now)
    wheel.set(3, now + ahead)
    let at = now
    for (let wakes = 0; ; wakes++) {
      const next = wheel.nextWake()!
      expect(next).toBeGreaterThan(at)
      expect(next).toBeLessThanOrEqual(now + ahead)
      expect(wakes).toBeLessThan(50)
      at = next
      const due = wheel.due(at, 10)
      expect(due).toEqual(at === now + ahead ? [3] : [])
      if (due.length > 0) break
    }
  },
)
