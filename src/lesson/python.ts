// What Python prints. An author writes the lines that somebody types at Python's prompt; what redis-py answers comes from
// one table, a real session of Python's, so that no lesson can say it wrong.
import type { Problems } from './problems.ts'
import type { Fence } from './sections.ts'

/** What is printed for each thing typed, by what was typed (with its prompts); first what was printed first. */
export type PythonTable = ReadonlyMap<string, readonly string[]>

const isTyped = (row: string) => /^(?:>>>|\.\.\.)(?: |$)/.test(row)

/** Reads a session: rows behind `>>> ` and `... ` were typed, those below them printed. */
export function readSession(source: string): { readonly typed: string; readonly printed: string }[] {
  const session: { typed: string; printed: string }[] = []
  for (const row of source.split('\n')) {
    if (row.startsWith('>>>')) session.push({ typed: row, printed: '' })
    else if (row.startsWith('# ') || row.trim() === '') continue
    else if (isTyped(row)) session.at(-1)!.typed += `\n${row}`
    else session.at(-1)!.printed += `${row}\n`
  }
  return session
}

/** The table from a session. */
export function pythonTable(source: string): PythonTable {
  const table = new Map<string, string[]>()
  for (const { typed, printed } of readSession(source)) table.set(typed, [...(table.get(typed) ?? []), printed])
  return table
}

/**
 * A fence's code with what Python prints; without a table, as it stands. What was typed more than once is answered as
 * the first time, or as the author writes below it, if that is how it was answered another time.
 */
export function fillPython(fence: Fence, table: PythonTable | null, problems: Problems): string {
  if (!table) return fence.content.trimEnd()
  const session = readSession(fence.content)
  if (session.length === 0)
    problems.add(fence.line, { en: 'Python is typed behind >>> here.', ko: '여기에서 Python은 >>> 뒤에 쓰세요.' })
  return session
    .map(({ typed, printed }) => {
      const known = table.get(typed) ?? []
      if (known.length === 0)
        problems.add(fence.line, {
          en: `lessons/python.txt does not have: ${typed}`,
          ko: `lessons/python.txt에 없는 줄이에요: ${typed}`,
        })
      else if (printed !== '' && !known.includes(printed))
        problems.add(fence.line, {
          en: `Python prints something else for ${typed}. Leave it out: it comes by itself.`,
          ko: `Python의 출력이 이것과 달라요: ${typed}\n출력은 저절로 채워지니 빼세요.`,
        })
      return `${typed}\n${printed || (known[0] ?? '')}`
    })
    .join('')
    .trimEnd()
}
