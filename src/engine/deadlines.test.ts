import { expect, test } from 'vitest'
import { Chance } from '../conformance/chance.ts'
import { Deadlines } from './deadlines.ts'

const now = 1_795_000_000_000

test.each([1, 100, 5000, 300_000, 20_000_000, 2_000_000_000, 4_000_000_000_000, 5_000_000_000_000, 70_000_000_000_000])(
  'a deadline in %i ms never asks to be woken in the past, and is met at its time',
  (ahead) => {
    const deadlines = new Deadlines()
    deadlines.set(3, now + ahead)
    let at = now
    for (let wakes = 0; ; wakes++) {
      const next = deadlines.nextWake()!
      expect(next).toBeGreaterThan(at)
      expect(next).toBeLessThanOrEqual(now + ahead)
      expect(wakes).toBeLessThan(50)
      at = next
      const due = deadlines.due(at, 10)
      expect(due).toEqual(at === now + ahead ? [3] : [])
      if (due.length > 0) break
    }
  },
)

test('gives what is due, the earliest first, of more than wanted the last slots, whatever is put in, moved and taken out meanwhile', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const chance = new Chance(seed)
    const deadlines = new Deadlines()
    const wanted = new Map<number, number>()
    let at = now
    for (let step = 0; step < 400; step++) {
      const slot = chance.below(60)
      const what = chance.below(4)
      if (what < 2) {
        const deadline = at - 20 + chance.below(chance.one([30, 300, 9000]))
        deadlines.set(slot, deadline)
        wanted.set(slot, deadline)
      } else if (what === 2) {
        deadlines.delete(slot)
        wanted.delete(slot)
      } else at += chance.below(chance.one([3, 100, 5000]))
      const most = chance.one([0, 1, 3, Infinity])
      const due = [...wanted]
        .filter(([, deadline]) => deadline <= at)
        .toSorted(([one], [other]) => other - one)
        .slice(0, most)
        .toSorted((a, b) => a[1] - b[1] || a[0] - b[0])
        .map(([one]) => one)
      const taken = chance.once(2)
      expect(taken ? deadlines.take(at, most) : deadlines.due(at, most)).toEqual(due)
      if (!taken && chance.once(2)) continue
      // What was taken is there no more.
      for (const one of due) deadlines.delete(one)
      for (const one of due) wanted.delete(one)
      expect([deadlines.size, deadlines.nextWake()]).toEqual([
        wanted.size,
        wanted.size === 0 ? null : Math.min(...wanted.values()),
      ])
    }
  }
})

test('a flood comes by slot, the last first, so many at a time, and what is due is what was told', () => {
  const deadlines = new Deadlines()
  for (let slot = 0; slot < 20_000; slot++) deadlines.set(slot, now + (slot % 2) * 1000)
  const found: number[] = []
  for (let due = deadlines.take(now, 300); due.length > 0; due = deadlines.take(now, 300)) {
    expect(due).toEqual(due.toSorted((a, b) => a - b))
    found.push(...due)
  }
  expect(found.length).toBe(10_000)
  expect(found.slice(0, 3)).toEqual([19_400, 19_402, 19_404])
  expect(found.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10_000 }, (_, i) => 2 * i))
  expect(deadlines.nextWake()).toBe(now + 1000)
})
