// Rows of a console as something to take along: Markdown, a script of redis-cli, code. A chunk of its own.
import type { CommandDoc } from '../../session/protocol.ts'
import { text } from '../../wire/bytes.ts'
import { isError } from '../../wire/reply.ts'
import { asPrinted, show } from '../../wire/show.ts'
import { argvOf } from '../stores/cli.ts'
import type { Entry } from '../stores/console.ts'
import type { Arg } from '../typing/grammar.ts'
import { grammarOf, type Peek } from '../typing/looking.ts'
import { script, type Client, type Written } from './code.ts'

export type Format = 'markdown' | 'redis' | Client

/** What can be copied: rows that were typed and sent, and were not taken back. */
const real = ({ pushed, prompt, fate, seq }: Entry) => !pushed && prompt !== '' && fate === undefined && seq !== null

export async function copyText(
  format: Format,
  entries: readonly Entry[],
  catalog: readonly CommandDoc[],
  peek: Peek,
): Promise<string> {
  const rows = entries.filter(real)
  if (format === 'markdown') return markdown(rows)
  if (format === 'redis') return `${rows.map(({ line }) => line.trim()).join('\n')}\n`
  const grammars = new Map<string, readonly Arg[]>()
  const written: Written[] = []
  for (const row of rows) {
    // What was queued stands with its EXEC.
    if (row.outcome === 'ran' && rows.some(({ ran }) => ran?.includes(row.line))) continue
    if (row.outcome === 'dropped') continue
    written.push(await writtenOf(row))
  }
  return script(format, written)

  async function writtenOf({ line, reply, ran }: Pick<Entry, 'line' | 'reply' | 'ran'>): Promise<Written> {
    const argv = argvOf(line)
    const [first = '', second = ''] = argv.map((word) => word.toUpperCase())
    const doc = catalog.find(({ name }) => name === `${first} ${second}`) ?? catalog.find(({ name }) => name === first)
    const name = doc?.name ?? first
    if (doc && !grammars.has(name)) grammars.set(name, await grammarOf(peek, name))
    const error = reply !== undefined && isError(reply) ? text(reply.text) : null
    const row = { name, argv, args: grammars.get(name) ?? [], error }
    return ran ? { ...row, inside: await Promise.all(ran.map((each) => writtenOf({ line: each }))) } : row
  }
}

/** As it stands on the screen, in a block of its own. */
function markdown(rows: readonly Entry[]): string {
  const lines = rows.flatMap(({ prompt, line, reply, local }) => [
    `${prompt}${line}`,
    ...(reply === undefined ? [] : [show(asPrinted(argvOf(line), reply))]),
    ...(local === undefined ? [] : [local]),
  ])
  const body = lines.join('\n')
  const longest = Math.max(0, ...(body.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}text\n${body}\n${fence}\n`
}
