import { expect, test } from 'vitest'
import { Chance } from '../../conformance/chance.ts'
import { fromArray, latin, type Bytes } from '../../wire/bytes.ts'
import { encode, ReplyWriter } from '../../wire/resp.ts'
import { Names, TEXT_MOST } from './names.ts'

/** A name of any length, some too long for a block, with any bytes. */
const anyName = (chance: Chance, many: number) => {
  const n = chance.below(many)
  return latin(`${n}`.padEnd([1, 2, 20, 255, 256, 300][n % 6]!, '\xff\0n'))
}

const anyText = (chance: Chance): Bytes | null =>
  chance.once(3) ? null : latin('t'.repeat(chance.below(TEXT_MOST * 1.2)))

/** What is written for a reply. */
function told(write: (out: ReplyWriter) => void): Bytes {
  const out = new ReplyWriter()
  write(out)
  return fromArray(out.take())
}

/** What is to be found beside a name, by what the table says of it. */
function kept(name: Bytes, text: Bytes | null, isKept: boolean): Bytes | null {
  expect(isKept).toBe(text !== null && text.length <= TEXT_MOST && name.length < 256)
  return isKept ? text : null
}

test('keeps what a Map keeps, whatever comes and goes', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const chance = new Chance(seed)
    const names = new Names()
    const wanted = new Map<Bytes, { slot: number; text: Bytes | null }>()
    let last = 0
    for (let step = 0; step < 4000; step++) {
      const name = anyName(chance, 200 * seed)
      const text = anyText(chance)
      const held = wanted.get(name)
      const slot = names.find(name)
      expect(slot).toBe(held?.slot ?? -1)
      if (!held) {
        wanted.set(name, { slot: last, text: kept(name, text, names.add(name, last, text)) })
        last++
      } else if (chance.once(3)) {
        names.delete(slot)
        wanted.delete(name)
      } else if (chance.once(2)) {
        names.move(slot, last)
        held.slot = last++
      } else held.text = kept(name, text, names.setText(slot, text))
    }
    expect(names.size).toBe(wanted.size)
    for (const [name, { slot, text }] of wanted) {
      expect(names.at(slot)).toBe(name)
      expect(names.lengthAt(slot)).toBe(name.length)
      expect(names.text(slot) ?? null).toBe(text)
      expect(names.textLength(slot)).toBe(text?.length ?? -1)
      expect(told((out) => names.tell(slot, out))).toBe(encode(name, 2))
      expect(told((out) => expect(names.tellText(slot, out)).toBe(text !== null))).toBe(
        text === null ? '' : encode(text, 2),
      )
      const other = anyName(chance, 200 * seed)
      expect(names.isBefore(slot, other)).toBe(name < other)
    }
  }
})

test('a block that was given back is used again', () => {
  const names = new Names()
  const name = latin('a name')
  for (let i = 0; i < 3_000_000; i++) {
    names.add(name, 0, latin('text'))
    names.delete(0)
  }
  expect(names.size).toBe(0)
})
