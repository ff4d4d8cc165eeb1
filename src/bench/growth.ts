// How much dearer GET and SET become as the key space grows from ten thousand keys to a million, beside a bare Map under the
// same names: what is more than the Map's own growth is ours. Ours: RESP to RESP; the Map: one look-up of a fresh name.
import { latin, type Bytes } from '../wire/bytes.ts'
import { Chance } from '../conformance/chance.ts'
import { cpuOf, median } from './measure.ts'
import { keyAt, mapped, messagesOf, timed, type Operation } from './operations.ts'
import { OurSide } from './sides.ts'
import { nanoseconds, table, times } from './table.ts'

const FEW = 10_000
const ASKED = 30_000
const value = 'v'.repeat(32)

const on = (keys: number): readonly Operation[] => [
  { name: 'GET', next: (chance) => ['GET', keyAt(chance.below(keys))] },
  { name: 'SET', next: (chance) => ['SET', keyAt(chance.below(keys)), value] },
]

/** A play that takes so many CPU microseconds, and how many commands it has. */
interface Player {
  readonly name: string
  readonly play: () => number
}

function players(keys: number): Player[] {
  const ours = new OurSide()
  const load = messagesOf(mapped(keys, (n) => ['SET', keyAt(n), value]))
  ours.play(load, load.bytes.length)
  const engine = on(keys).map((operation): Player => {
    const messages = timed(operation)
    return { name: operation.name, play: () => ours.play(messages, messages.bytes.length).cpu }
  })
  return [...engine, mapPlayer(keys)]
}

function mapPlayer(keys: number): Player {
  const map = new Map<Bytes, number>()
  for (let n = 0; n < keys; n++) map.set(latin(keyAt(n)), n)
  const chance = new Chance(1)
  const text = [...mapped(ASKED, () => keyAt(chance.below(keys)))].join('')
  const length = text.length / ASKED
  let sum = 0
  const play = () =>
    cpuOf(() => {
      for (let at = 0; at < text.length; at += length) sum += map.get(latin(text.slice(at, at + length)))!
    })
  return { name: 'Map', play: () => play() + (sum < 0 ? 1 : 0) }
}

export function compareGrowth(rounds: number, size: number): void {
  const few = players(FEW)
  const many = players(size)
  const spent = few.map(() => ({ few: [] as number[], many: [] as number[] }))
  for (let round = 0; round < rounds + 2; round++)
    for (const [i, one] of spent.entries()) {
      const pair = [few[i]!.play(), many[i]!.play()] as const
      // Code is still being compiled in the first goes.
      if (round < 2) continue
      one.few.push(pair[0])
      one.many.push(pair[1])
    }
  const growth = spent.map((one) => median(one.many.map((cpu, round) => cpu / one.few[round]!)))
  const each = (cpu: readonly number[]) => nanoseconds((median(cpu) * 1000) / ASKED)
  console.log(
    table(
      ['', `${FEW.toLocaleString('en')} keys`, `${size.toLocaleString('en')} keys`, 'grows', "by the Map's growth"],
      few.map(({ name }, i) => [
        name,
        each(spent[i]!.few),
        each(spent[i]!.many),
        times(growth[i]!),
        times(growth[i]! / growth.at(-1)!),
      ]),
    ),
  )
}
