import { expect, it } from 'vitest'
import { merge, none, read, write, type Progress, type Trail } from './progress.ts'

const trail = (more: Partial<Trail> = {}): Trail => ({ done: [], seen: [], finished: null, step: 'a', at: 1, ...more })
const of = (lesson: Partial<Trail>, since = 0): Progress => ({ ...none, since, lessons: { x: trail(lesson) } })

it('reads what it wrote', () => {
  const progress = of({ done: ['a', 'b'], seen: ['b'], finished: 7, at: 9 })
  expect(read(write(progress))).toEqual(progress)
})

it.each([
  [null],
  [''],
  ['[]'],
  ['{}'],
  ['{"is":"rediscover.progress","version":2,"since":0,"lessons":{}}'],
  ['{"is":"rediscover.progress","version":1,"since":-1,"lessons":{}}'],
  ['{"is":"rediscover.progress","version":1,"since":0,"lessons":[]}'],
  ['{"is":"rediscover.progress","version":1,"since":0,"lessons":{"x":{"done":"a"}}}'],
  [write(of({ done: [1] as unknown as string[] }))],
])('takes nothing that is not its own: %j', (text) => expect(read(text)).toBeNull())

it('loses nothing of two tabs: steps add up, the first finish and the newest place stay', () => {
  const both = merge(
    of({ done: ['a'], finished: 5, step: 'a', at: 5 }),
    of({ done: ['b'], finished: 9, step: 'b', at: 9 }),
  )
  expect(both.lessons['x']).toEqual(trail({ done: ['a', 'b'], finished: 5, step: 'b', at: 9 }))
  expect(merge(both, none)).toEqual(both)
  expect(merge(none, both)).toEqual(both)
})

it('counts a step as done alone where it was so once, whichever came first', () => {
  const shown = of({ done: ['a'], seen: ['a'] })
  const alone = of({ done: ['a'] })
  for (const both of [merge(shown, alone), merge(alone, shown)]) expect(both.lessons['x']?.seen).toEqual([])
  expect(merge(shown, none).lessons['x']?.seen).toEqual(['a'])
})

it('a reset wins over what was there before it', () => {
  const reset: Progress = { ...none, since: 10 }
  expect(merge(of({ done: ['a'] }), reset)).toEqual(reset)
  expect(merge(reset, of({ done: ['a'] }))).toEqual(reset)
})
