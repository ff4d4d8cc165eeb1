import { expect, test } from 'vitest'
import { Chance } from '../../conformance/chance.ts'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { Row } from './row.ts'

const anyItem = (chance: Chance): Bytes =>
  latin(String.fromCharCode(chance.below(256)).repeat([0, 1, 7, 40, 255, 256, 1000][chance.below(7)]!))

test('keeps what an array keeps, whatever comes and goes', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const chance = new Chance(seed)
    const row = new Row()
    const wanted: Bytes[] = []
    for (let step = 0; step < 1000; step++) {
      const item = anyItem(chance)
      const at = chance.below(wanted.length + 1)
      if (wanted.length === 0 || chance.once(2)) {
        row.insert(at, item)
        wanted.splice(at, 0, item)
      } else if (chance.once(3)) {
        const count = Math.min(chance.below(4), wanted.length - Math.min(at, wanted.length - 1))
        row.remove(Math.min(at, wanted.length - 1), count)
        wanted.splice(Math.min(at, wanted.length - 1), count)
      } else {
        row.set(Math.min(at, wanted.length - 1), item)
        wanted[Math.min(at, wanted.length - 1)] = item
      }
      expect(row.length).toBe(wanted.length)
    }
    expect(wanted.map((_, i) => row.at(i))).toEqual(wanted)
  }
})
