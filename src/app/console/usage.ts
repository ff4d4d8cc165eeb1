import type { CommandDoc } from '../../session/protocol.ts'

/** A usage line in its parts: what stands in brackets is one, and "key value" are two. */
function parts(usage: string): string[] {
  const found: string[] = []
  let depth = 0
  let part = ''
  for (const char of usage) {
    if (char === '[' || char === '<') depth++
    if (char === ']' || char === '>') depth--
    if (char === ' ' && depth === 0) {
      if (part !== '') found.push(part)
      part = ''
    } else part += char
  }
  return part === '' ? found : [...found, part]
}

const isOptional = (part: string) => part.startsWith('[')

/**
 * What may still follow a line being typed, as redis-cli hints it; empty where nothing is known. Words that were typed
 * are taken off the front; once only optional parts are left they all stay, since any of them may come.
 */
export function stillToType(line: string, catalog: readonly CommandDoc[]): string {
  const words = line.trimStart().split(/\s+/)
  const typed = words.filter((word) => word !== '')
  const find = (count: number) => {
    const name = typed.slice(0, count).join(' ').toUpperCase()
    return typed.length >= count ? catalog.find((doc) => doc.name === name) : undefined
  }
  const twoWords = find(2)
  const doc = twoWords ?? find(1)
  if (!doc) return ''
  const left = parts(doc.usage)
  for (let given = typed.length - (twoWords ? 2 : 1); given > 0 && left.length > 0 && !isOptional(left[0]!); given--)
    left.shift()
  if (left.length === 0) return ''
  return (/\s$/.test(line) ? '' : ' ') + left.join(' ')
}
