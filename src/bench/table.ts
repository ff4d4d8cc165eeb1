// Tables as Markdown, wide enough to be read as they are printed.
import { geometricMean, type Compared } from './measure.ts'

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

export const nanoseconds = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1))
export const times = (value: number) => (value >= 10 ? `${value.toFixed(0)}×` : `${value.toFixed(2)}×`)

/** Two sides in one table, and how they stand on the whole. */
export function comparison(other: string, rows: readonly (readonly [string, Compared])[]): string {
  const lines = rows.map(([name, { ours, theirs, ratio, least, most }]) => [
    name,
    nanoseconds(ours),
    nanoseconds(theirs),
    times(ratio),
    times(least),
    times(most),
  ])
  const head = ['operation', 'ours, CPU ns', `${other}, CPU ns`, 'ratio', 'worst round', 'best round']
  return `${table(head, lines)}\n\nGeometric mean: ${times(geometricMean(rows.map(([, { ratio }]) => ratio)))}`
}
