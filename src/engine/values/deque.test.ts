import { expect, test } from 'vitest'
import { Random } from '../random.ts'
import { Deque } from './deque.ts'

const items = (deque: Deque<number>) => Array.from({ length: deque.length }, (_, i) => deque.at(i))

test('a deque does what an array does, wherever its ring begins', () => {
  const random = new Random(3)
  const deque = new Deque<number>()
  const array: number[] = []
  for (let step = 0; step < 5000; step++) {
    const choice = random.below(4)
    const at = random.below(array.length + 1)
    if (choice < 2) {
      deque.insert(choice === 0 ? at : 0, step)
      array.splice(choice === 0 ? at : 0, 0, step)
    } else if (choice === 2 && at < array.length) {
      deque.set(at, -step)
      array[at] = -step
    } else {
      const count = random.below(Math.min(array.length - at, 5) + 1)
      deque.remove(at, count)
      array.splice(at, count)
    }
    expect(items(deque)).toEqual(array)
  }
  expect(array.length).toBeGreaterThan(10)
})

test('one thing is taken out where no number is said', () => {
  const deque = new Deque<number>()
  for (let i = 0; i < 3; i++) deque.insert(i, i)
  deque.remove(1)
  expect(items(deque)).toEqual([0, 2])
})
