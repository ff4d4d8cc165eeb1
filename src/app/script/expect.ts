// Whether a reply is what a script says it should be. `# => …` holds where redis-cli prints just that: on a terminal
// ((integer) 3, "Nassau", (nil), numbered lines), or with --raw (3, Nassau). Text that is not ASCII may be written as it
// is read, where a terminal shows its bytes. `…` or ... at a line's end stands for whatever else that line says.
import { text, utf8, type Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { asPrinted, raw, show } from '../../wire/show.ts'

/** A reply as redis-cli prints it for the command that it answers. */
export const printedOf = (argv: readonly Bytes[], reply: Reply): string => show(asPrinted(argv, reply))

export function holds(expected: readonly string[], argv: readonly Bytes[], reply: Reply): boolean {
  const wanted = expected.map(trimmed)
  return [printedOf(argv, reply), text(raw(reply))].some((drawing) => {
    const lines = trimmed(drawing).split('\n')
    return lines.length === wanted.length && lines.every((line, i) => same(wanted[i]!, trimmed(line)))
  })
}

const trimmed = (line: string) => line.replace(/\s+$/, '')

function same(wanted: string, line: string): boolean {
  const begin = /^(.*?)\s*(?:…|\.\.\.)$/.exec(wanted)?.[1]
  return [wanted, escaped(wanted)].includes(line) || (begin !== undefined && line.startsWith(escaped(begin)))
}

/** As a terminal shows bytes that are not ASCII. */
const escaped = (words: string): string =>
  words.replaceAll(/[^\0-\x7f]+/g, (run) =>
    Array.from(utf8(run), (byte) => String.raw`\x${byte.charCodeAt(0).toString(16)}`).join(''),
  )
