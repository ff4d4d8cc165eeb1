// Takes the texts of commands out of the engine's first part when the site is built (why: engine/texts.ts). A text is what
// the parser sees as { en: '…', ko: '…' } in a file of engine/commands.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor, type ESTree, type Plugin } from 'vite'

interface Found {
  readonly start: number
  readonly end: number
  readonly en: string
  readonly ko: string
}

const languages = ['en', 'ko'] as const

/** The texts in a source, in their order. */
export function textsIn(file: string, source: string): Found[] {
  const found: Found[] = []
  new Visitor({
    ObjectExpression(node) {
      const words = new Map(node.properties.flatMap(literal))
      if (node.properties.length !== languages.length || !languages.every((language) => words.has(language))) return
      found.push({ start: node.start, end: node.end, en: words.get('en')!, ko: words.get('ko')! })
    },
  }).visit(parseSync(file, source).program)
  return found
}

function literal(property: ESTree.ObjectPropertyKind): readonly (readonly [string, string])[] {
  if (property.type !== 'Property' || property.key.type !== 'Identifier') return []
  const { key, value } = property
  return value.type === 'Literal' && typeof value.value === 'string' ? [[key.name, value.value]] : []
}

/** The plugin; `engine` is the engine's folder. It works on sources, before their types are taken off. */
export function commandTexts(engine: string): Plugin {
  const folder = join(engine, 'commands')
  const table = join(engine, 'text-table.ts')
  /** Texts by file, and the number of a file's first. */
  const files = new Map<string, { readonly first: number; readonly texts: readonly Found[] }>()
  return {
    name: 'command-texts',
    apply: 'build',
    enforce: 'pre',
    buildStart() {
      files.clear()
      let first = 0
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.ts') && !each.endsWith('.test.ts'))) {
        const path = join(folder, name)
        const texts = textsIn(path, readFileSync(path, 'utf8'))
        files.set(path, { first, texts })
        first += texts.length
      }
    },
    transform(source, id) {
      if (id === table) {
        const texts = [...files.values()].flatMap((file) => file.texts.map(({ en, ko }) => ({ en, ko })))
        return `export const texts = ${JSON.stringify(texts)}`
      }
      const file = files.get(id)
      if (!file || file.texts.length === 0) return undefined
      return `import { textLater } from '../texts.ts'\n${withoutTexts(source, file.texts, file.first)}`
    },
  }
}

function withoutTexts(source: string, texts: readonly Found[], first: number): string {
  let rest = source
  for (const [i, { start, end }] of [...texts.entries()].reverse())
    rest = `${rest.slice(0, start)}textLater(${first + i})${rest.slice(end)}`
  return rest
}
