// What a command cost, in one line: the order of growth as the docs have it, the numbers that its letters stand for here,
// how many elements were touched, how long it took.
import type { CommandDoc, Cost, Letter } from '../../session/protocol.ts'
import type { Messages } from '../i18n/index.ts'

/** The document of the command that these words run. */
export function docOf(catalog: readonly CommandDoc[], argv: readonly string[]): CommandDoc | undefined {
  const [first, second] = argv.map((word) => word.toUpperCase())
  return catalog.find(({ name }) => name === `${first} ${second}`) ?? catalog.find(({ name }) => name === first)
}

const one = /O\((?:[^()]|\([^()]*\))*\)/.source
const orders = new RegExp(String.raw`${one}(?:\s*\+\s*${one})*`, 'g')

/** Of the orders in a sentence the first with one of these letters; without letters the first. Null: there is none. */
export function orderOf(complexity: string, letters: readonly string[]): string | null {
  const all = complexity.match(orders) ?? []
  const has = (order: string) => letters.some((letter) => new RegExp(String.raw`\b${letter}\b`).test(order))
  return all.find(has) ?? all[0] ?? null
}

const order: readonly Letter[] = ['L', 'S', 'N', 'M', 'K']

/** The parts of the line. A letter that the order does not have says nothing. */
export function costParts(
  t: Messages,
  complexity: string | undefined,
  cost: Cost,
  took: number | undefined,
): readonly string[] {
  const known = order.filter((letter) => cost.letters[letter] !== undefined)
  const shown = complexity === undefined ? null : orderOf(complexity, known)
  const numbers = known
    .filter((letter) => shown !== null && new RegExp(String.raw`\b${letter}\b`).test(shown))
    .map((letter) => `${letter} = ${cost.letters[letter]!.toLocaleString('en')}`)
  return [
    [...(shown === null ? [] : [shown]), ...(numbers.length === 0 ? [] : [numbers.join(', ')])].join('  '),
    ...(cost.touched === 0 ? [] : [t.touched(cost.touched)]),
    ...(took === undefined ? [] : [t.tookTime(took)]),
  ].filter((part) => part !== '')
}
