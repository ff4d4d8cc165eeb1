import { describe, expect, it, test } from 'vitest'
import { latin, type Bytes } from '../../wire/bytes.ts'
import { Reader, Writer } from '../binary.ts'
import { Random } from '../random.ts'
import { ListValue, type End } from './list.ts'
import { Marks, defaultLimits } from './value.ts'

const all = (list: ListValue) => list.slice(0, list.size)
const made = (items: readonly string[], size = -2) => {
  const list = new ListValue({ ...defaultLimits(), listMaxListpackSize: size })
  for (const item of items) list.push('right', latin(item))
  return list
}
const rewritten = (list: ListValue) => {
  const to = new Writer()
  list.write(to)
  return ListValue.read(new Reader(to.done()), defaultLimits())
}

describe('a list does what an array does', () => {
  const steps: readonly ((list: ListValue, array: Bytes[], random: Random) => void)[] = [
    (list, array, random) => {
      const items = Array.from({ length: 1 + random.below(9) }, () => latin('x'.repeat(random.below(300))))
      const end: End = random.below(2) ? 'left' : 'right'
      list.pushAll(end, items)
      if (end === 'left') array.unshift(...items.toReversed())
      else array.push(...items)
    },
    (list, array, random) => {
      if (array.length === 0) return
      const at = random.below(array.length)
      const after = random.below(2) === 1
      const item = latin(String(random.below(9)))
      list.insert(at, item, after)
      array.splice(after ? at + 1 : at, 0, item)
    },
    (list, array, random) => {
      if (array.length === 0) return
      const at = random.below(array.length)
      const item = latin('y'.repeat(random.below(20) === 0 ? 9000 : 5))
      list.expect(item.length, 1)
      list.set(at, item)
      array[at] = item
    },
    (list, array, random) => {
      const from = random.below(array.length + 1)
      const count = random.below(Math.min(array.length - from, 20) + 1)
      list.removeRange(from, count)
      list.shrunk()
      array.splice(from, count)
    },
    (list, array, random) => {
      const end: End = random.below(2) ? 'left' : 'right'
      expect(list.pop(end)).toBe(end === 'left' ? array.shift() : array.pop())
      list.shrunk()
    },
    (list, array, random) => {
      const item = latin(String(random.below(9)))
      const most = 1 + random.below(3)
      const from: End = random.below(2) ? 'left' : 'right'
      const order = from === 'left' ? array : array.toReversed()
      let left = most
      const kept = order.filter((one) => one !== item || left-- <= 0)
      expect(list.removeEqual(item, most, from)).toBe(array.length - kept.length)
      array.splice(0, array.length, ...(from === 'left' ? kept : kept.toReversed()))
    },
  ]
  it.each([-2, -1, 4, 1])('with list-max-listpack-size %d', (size) => {
    const random = new Random(size + 10)
    const list = made([], size)
    const array: Bytes[] = []
    for (let round = 0; round < 30; round++) {
      for (let i = 0; i < 50; i++) {
        steps[random.below(round % 10 < 5 ? 3 : steps.length)]!(list, array, random)
        const at = random.below(array.length + 1)
        expect([list.size, list.at(at)]).toEqual([array.length, array[at]])
      }
      expect(all(list)).toEqual(array)
    }
    for (const twin of [list.copy(), rewritten(list)]) {
      expect(all(twin)).toEqual(array)
      expect(twin.encoding).toBe(list.encoding)
      expect(twin.nodes).toEqual(list.nodes)
    }
  })
})

test('nodes fill up to their limit, split and merge', () => {
  const list = made(['1', '2', '3', '4', '5', '6', '7', '8'], 4)
  expect(list.nodes.count).toBe(2)
  list.insert(1, latin('x'), true)
  expect(list.nodes.count).toBe(3)
  list.removeRange(4, 5)
  expect(all(list)).toEqual(['1', '2', 'x', '3'])
  expect(list.encoding).toBe('quicklist')
  list.pop('left')
  list.pop('left')
  list.shrunk()
  expect(list.encoding).toBe('listpack')
})

test('a large element has a node of its own, and keeps a quicklist one', () => {
  const list = made(['a', 'b'])
  list.push('right', latin('x'.repeat(9000)))
  expect([list.encoding, list.nodes]).toEqual(['quicklist', { count: 2, bytes: 7 + 3 + 3 + 9000 }])
  list.removeRange(0, 2)
  list.shrunk()
  expect(list.encoding).toBe('quicklist')
  list.set(0, latin('small'))
  list.shrunk()
  expect([list.encoding, all(list)]).toEqual(['listpack', ['small']])
})

test('a new list of many has the nodes that pushes would make, as SORT … STORE has them', () => {
  const items = Array.from({ length: 500 }, (_, i) => latin(`element number ${i}`))
  const list = ListValue.of(items, defaultLimits())
  expect([list.encoding, list.nodes.count, all(list)]).toEqual(['quicklist', 2, items])
})

test('marks tell where elements stand after the write, and how many changed', () => {
  const list = made(['a', 'b', 'c'])
  const marks = new Marks()
  list.marks = marks
  list.push('left', latin('y'))
  list.push('left', latin('x'))
  expect(marks.spots).toEqual([
    { at: 'index', index: 1, before: null, after: 'y' },
    { at: 'index', index: 0, before: null, after: 'x' },
  ])
  marks.clear()
  list.removeRange(0, 2)
  list.set(0, latin('A'))
  expect(marks.count).toBe(3)
  expect(marks.spots.at(-1)).toEqual({ at: 'index', index: 0, before: 'a', after: 'A' })
})
