import { expect, it } from 'vitest'
import { readAddress, within } from './address.ts'

const read = (search: string, hash = '', referrer = '') => readAddress({ search, hash }, referrer)

it('reads what is to be shown, and falls back to what makes sense', () => {
  expect(read('?lesson=last-hat&mode=full&theme=dark')).toMatchObject({
    lesson: 'last-hat',
    mode: 'full',
    theme: 'dark',
  })
  expect(read('?lesson=last-hat')).toMatchObject({ mode: 'lesson', theme: 'auto', host: null })
  expect(read('?lesson=&mode=huge&theme=pink')).toMatchObject({ lesson: null, mode: 'console', theme: 'auto' })
  expect(read('')).toMatchObject({ lesson: null, mode: 'console' })
  for (const mode of ['console+keys', 'console%2Bkeys']) expect(read(`?mode=${mode}`).mode).toBe('console+keys')
})

it('gives frames places of their own: by who embeds, and by name or by what is shown', () => {
  const places = [
    read('', '#host=https%3A%2F%2Fa.example&name=1'),
    read('', '#host=https%3A%2F%2Fa.example&name=2'),
    read('', '#host=https%3A%2F%2Fb.example&name=1'),
    read('', '', 'https://a.example/course'),
    read('?lesson=last-hat', '', 'https://a.example/course'),
    read('?lesson=last-hat&mode=full', '', 'https://a.example/course'),
    read('', '', ''),
  ].map(({ place }) => place)
  expect(new Set(places).size).toBe(places.length)
  const kept = new Map<string, string>()
  const memory = { getItem: (name: string) => kept.get(name) ?? null, setItem: kept.set.bind(kept) as never }
  const [one, two] = [within(memory, 'a'), within(memory, 'b')]
  one!.setItem('x', '1')
  expect([one!.getItem('x'), two!.getItem('x'), memory.getItem('x')]).toEqual(['1', null, null])
  expect(within(null, 'a')).toBeNull()
})
