import { expect, test } from 'vitest'
import { Chance } from '../../conformance/chance.ts'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { NameIndex } from './names.ts'

test('finds what a Map finds, whatever comes and goes', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const chance = new Chance(seed)
    const index = new NameIndex()
    const wanted = new Map<Bytes, number>()
    const names: (Bytes | undefined)[] = []
    for (let step = 0; step < 3000; step++) {
      const name = latin(`n${chance.below(200 * seed)}`)
      const slot = wanted.get(name)
      if (index.find(name, names) !== (slot ?? -1)) throw new Error(`seed ${seed}, step ${step}: ${name}`)
      if (slot === undefined) {
        wanted.set(name, names.length)
        index.add(name, names.length)
        names.push(name)
      } else if (chance.once(2)) {
        index.delete(name, names)
        wanted.delete(name)
        names[slot] = undefined
      } else {
        index.move(name, names.length, names)
        wanted.set(name, names.length)
        names.push(name)
        names[slot] = undefined
      }
    }
    expect([...wanted.keys()].map((name) => index.find(name, names))).toEqual([...wanted.values()])
    expect(index.size).toBe(wanted.size)
  }
})
