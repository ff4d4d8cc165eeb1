// The page's first load holds the list of lessons and the player, but neither the parsers nor any lesson's prose.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

/** Every module that comes with `file`, by its imports of values. */
function comesWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  if (!existsSync(file)) return found
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type ).*?from '([^']+)'/gm))
    comesWith(name!.startsWith('.') ? join(dirname(file), name!) : name!, found)
  return found
}

const here = import.meta.dirname

it.each(['library.ts', 'player.ts'])('%s brings no parser', (file) => {
  const names = [...comesWith(join(here, file))]
  expect(names.length).toBeGreaterThan(1)
  expect(names.filter((name) => /markdown|yaml|format|fences/.test(name))).toEqual([])
})

it('would notice: format.ts brings both parsers', () => {
  expect([...comesWith(join(here, 'format.ts'))]).toEqual(expect.arrayContaining(['markdown-it', 'yaml']))
})
