// What was shared once is opened for ever.
import { expect, it } from 'vitest'
import '../../engine/whole.ts'
import { Chance } from '../../conformance/chance.ts'
import type { Brought, Imported } from '../../session/protocol.ts'
import { testSession } from '../../session/testing.ts'
import { readCourse } from '../../tools/lessons.ts'
import { split } from '../../wire/line.ts'
import { show } from '../../wire/show.ts'
import { fromBase64url, toBase64url } from '../base64url.ts'
import type { Cargo } from '../cargo.ts'
import { readLink } from '../link.ts'
import { goldenLinks, type Golden } from '../testing.ts'

const golden = goldenLinks()

async function read({ file, link }: Golden): Promise<Cargo> {
  const cargo = await readLink(link)
  if (typeof cargo === 'string') throw new Error(`${file} is ${cargo}`)
  return cargo
}

const broughtBy = (cargo: Extract<Cargo, { kind: 'log' | 'image' }>): Brought => {
  const { digest } = cargo
  if (cargo.kind === 'image') return { kind: 'image', image: cargo.image, digest }
  const { seed, began, inputs } = cargo
  return { kind: 'log', seed, began, inputs, digest }
}

/** What stands below a golden link's head: lines that are asked, each with what is printed for it. */
const asksIn = (rest: string) =>
  [...`\n${rest}`.matchAll(/\n(?:\[(\d+)\])?> (.*)((?:\n(?!(?:\[\d+\])?> ).*)*)/g)].map(([, db, line, reply]) => ({
    db: Number(db ?? 0),
    line: line!,
    reply: reply!.trim(),
  }))

it('there are some of every form', () => {
  const forms = golden.map(({ facts }) => facts.get('form'))
  expect(new Set(forms)).toEqual(new Set(['log', 'image', 'lesson', 'script']))
})

const ofForm = (...forms: string[]) => golden.filter(({ facts }) => forms.includes(facts.get('form')!))

it.each(golden)('$file is what its head says', async (one) => {
  const cargo = await read(one)
  const { kind, mark, name } = { mark: undefined, name: undefined, ...cargo }
  expect({ form: kind, lesson: mark && `${mark.lesson} ${mark.step}`, name }).toEqual({
    form: one.facts.get('form'),
    lesson: one.facts.get('lesson'),
    name: one.facts.get('name'),
  })
})

it.each(ofForm('lesson'))('$file leads to a step that is there', ({ facts }) => {
  const [lesson, step] = facts.get('lesson')!.split(' ')
  const found = readCourse('lessons', 'en').find(({ id }) => id === lesson)
  expect(found?.steps.map(({ id }) => id)).toContain(step)
})

it.each(ofForm('script'))('$file is that script', async (one) =>
  expect(await read(one)).toMatchObject({ script: one.rest }),
)

it.each(ofForm('log', 'image'))('$file opens as a session', async (one) => {
  const { facts, rest } = one
  const cargo = (await read(one)) as Extract<Cargo, { kind: 'log' | 'image' }>
  expect(cargo.digest).toBe(facts.get('digest'))
  const { session } = testSession()
  await session.ask({ do: 'open', session: null, clients: ['A'] })
  const from = broughtBy(cargo)
  const told = {
    differs: false,
    keys: Number(facts.get('keys')),
    commands: Number(facts.get('commands') ?? 0),
  }
  const names = ['A', 'B', 'C', 'D']
  expect(await session.ask({ do: 'import', from, names, keep: null })).toMatchObject({ ...told, session: null })
  const kept = await session.ask({ do: 'import', from, names, keep: { name: cargo.name } })
  expect(kept).toMatchObject(told)
  const opened = await session.ask({ do: 'open', session: (kept as Imported).session, clients: [] })
  expect(opened.session.name).toBe(cargo.name)
  const asks = asksIn(rest)
  expect(asks.length).toBeGreaterThan(1)
  for (const { db, line, reply } of asks)
    expect({ line, reply: show(await session.ask({ do: 'peek', db, argv: split(line)! })) }).toEqual({ line, reply })
})

it(
  'with one bit changed, or cut anywhere, each of them is damaged and nothing else',
  { timeout: 120_000 },
  async () => {
    let tried = 0
    for (const { link } of golden) {
      const bytes = fromBase64url(link.slice(2))!
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        expect(await readLink(`1.${toBase64url(bytes)}`)).toBe('damaged')
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        tried++
      }
      for (let length = 2; length < link.length; length++, tried++)
        expect(await readLink(link.slice(0, length))).toBe('damaged')
    }
    expect(tried).toBeGreaterThan(15_000)
  },
)

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Something like a fragment: letters by chance, or a golden link with pieces changed, doubled, swapped or put in. */
function fuzzed(chance: Chance): string {
  const some = (most: number) =>
    Array.from({ length: chance.below(most) }, () => letters[chance.below(letters.length)]!).join('')
  if (chance.once(4)) return `1.${some(400)}`
  if (chance.once(20))
    return String.fromCharCode(...Array.from({ length: chance.below(60) }, () => chance.below(0xd800)))
  let link = chance.one(golden).link
  for (let changes = 1 + chance.below(3); changes > 0; changes--) {
    const at = 2 + chance.below(link.length)
    const end = at + chance.below(20)
    link = chance.one([
      () => link.slice(0, at) + some(8) + link.slice(end),
      () => link.slice(0, end) + link.slice(at),
      () => link.slice(0, at) + chance.one(golden).link.slice(at),
      () =>
        link.slice(0, at) +
        chance.one(['%00', '=', '+', '/', '\0', '\ud800', '각', '#', '&', '.', '1.']) +
        link.slice(at),
    ])()
  }
  return link
}

it('10,000 fuzzed fragments are refused, or say what they said before', { timeout: 120_000 }, async () => {
  const chance = new Chance(7)
  const whole = new Set(golden.map(({ link }) => link))
  const refusals = new Map<string, number>()
  const wrong: string[] = []
  for (let i = 0; i < 10_000; i++) {
    const fragment = fuzzed(chance)
    const cargo = await readLink(fragment)
    const told = typeof cargo === 'string' ? cargo : 'taken'
    refusals.set(told, (refusals.get(told) ?? 0) + 1)
    // What a chat program hangs on to a link is not part of it.
    if (told === 'taken' && !whole.has(/^1\.[\w-]*/.exec(fragment)![0])) wrong.push(fragment)
  }
  expect(wrong).toEqual([])
  expect(refusals.get('damaged')).toBeGreaterThan(9000)
})
