// The walls of the house: which folder may import what. The table is data; the test reads every import of src and looks
// it up. Types may cross where values may not, since they are gone when the program runs.
import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

interface Rule {
  /** Folders, files or packages that may be imported, besides those of the folder itself. */
  readonly may: readonly string[]
  /** What only types may be taken from. */
  readonly types?: readonly string[]
}

const page = ['app', 'session/client', 'session/worker', 'session/trusted', 'lesson', 'react', 'react-dom']

/** The longest name that begins a file's path is its rule. */
const table: Readonly<Record<string, Rule>> = {
  wire: { may: [] },
  lua: { may: ['wire/bytes', 'luaparse'] },
  engine: { may: ['wire', 'rdb'], types: ['session/protocol'] },
  rdb: { may: ['wire'] },
  session: { may: ['wire', 'engine', 'lua', 'rdb', 'storage', 'share'] },
  'session/protocol': { may: [], types: ['wire', 'engine'] },
  'session/client': { may: ['session/protocol'], types: ['wire'] },
  storage: { may: [], types: ['session/protocol', 'wire'] },
  lesson: { may: ['wire', 'virtual:lessons', 'markdown-it', 'yaml'], types: ['session/protocol'] },
  share: { may: ['wire'], types: ['session/protocol'] },
  embed: { may: [], types: ['wire', 'session/protocol'] },
  app: {
    may: ['wire', 'session/client', 'lesson', 'share', 'storage/progress', 'react', 'zustand', 'lucide-react'].concat([
      'react-resizable-panels',
      '@fontsource-variable',
      'pretendard',
      'react-dom',
      'monaco-editor',
    ]),
    types: ['session/protocol'],
  },
  hosts: { may: ['wire', 'engine', 'lua', 'rdb', 'node'] },
  conformance: { may: ['wire', 'engine', 'rdb', 'hosts', 'lesson', 'tools/lessons', 'node'] },
  bench: { may: ['wire', 'engine', 'conformance', 'tools', 'node', 'ioredis-mock', 'playwright'] },
  tools: {
    may: [
      'wire',
      'engine',
      'lesson',
      'conformance',
      'node',
      'vite',
      'yaml',
      'playwright',
      '@playwright/test',
      '../e2e/states',
    ],
  },
  'main.tsx': { may: [...page, 'share'] },
  'embed.tsx': { may: [...page, 'share', 'embed'] },
}

const statement = /^(?:import|export)\s+(type\s)?([^'";]*?)\s*from\s+'([^']+)'|^import\s+'([^']+)'/gm
const expression = /\bimport\('([^']+)'\)|new URL\('([^']+)',\s*import\.meta\.url\)/g
const onlyTypes = /^\{(?:\s*type\s[^,}]+,?)+\s*\}$/

/** Every import of a source that the table does not allow. */
function trespasses(path: string, source: string): string[] {
  const inside = (name: string, places: readonly string[]) =>
    places.some((place) => name === place || new RegExp(`^${place}(?:[/:]|\\.tsx?$)`).test(name))
  const home = Object.keys(table)
    .filter((name) => inside(path, [name]))
    .toSorted((a, b) => b.length - a.length)[0]
  if (home === undefined) return [`${path} has no rule`]
  const { may, types = [] } = table[home]!
  const own = home.split('/')[0]!
  const allowed = home === own ? [own, ...may] : may
  const target = (name: string) => (name.startsWith('.') ? normalize(join(path, '..', name.split('?', 1)[0]!)) : name)
  const wrong = (name: string, isType: boolean) => !inside(name, isType ? [...allowed, ...types] : allowed)
  const found = [
    ...[...source.matchAll(statement)].map(([, type, names = '', from, bare]) => ({
      name: target(from ?? bare!),
      isType: type !== undefined || onlyTypes.test(names),
    })),
    ...[...source.matchAll(expression)].map(([, from, url]) => ({ name: target(from ?? url!), isType: false })),
  ]
  return found.filter(({ name, isType }) => wrong(name, isType)).map(({ name }) => `${path} imports ${name}`)
}

it('keeps the walls between the folders', () => {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\.d\.m?ts$|(^|\/)testing(\/|\.ts$)/.test(path))
  expect(files.length).toBeGreaterThan(50)
  expect(files.flatMap((path) => trespasses(path, readFileSync(join(root, path), 'utf8')))).toEqual([])
})

it.each([
  ['wire/show.ts', "import { x } from '../engine/engine.ts'"],
  ['engine/unit.ts', "import { open } from 'node:fs'"],
  ['engine/unit.ts', "import { type A, b } from '../session/protocol.ts'"],
  ['engine/deep/in/it.ts', "import React from 'react'"],
  ['session/client.ts', "import { Engine } from '../engine/engine.ts'"],
  ['session/protocol.ts', "import { latin } from '../wire/bytes.ts'"],
  ['app/App.tsx', "import {\n  Engine,\n} from '../engine/engine.ts'"],
  ['app/App.tsx', "const x = await import('../engine/engine.ts')"],
  ['app/App.tsx', "new Worker(new URL('../session/worker.ts', import.meta.url))"],
  ['lesson/player.ts', "export { createSession } from '../session/client.ts'"],
  ['hosts/tcp/server.ts', "import '../../app/App.tsx'"],
  ['elsewhere/x.ts', ''],
])('sees that %s may not say %j', (path, source) => expect(trespasses(path, source)).toHaveLength(1))

it.each([
  ['engine/unit.ts', "import type { Input } from '../session/protocol.ts'"],
  ['engine/unit.ts', "import { type Input, type Event } from '../session/protocol.ts'"],
  ['app/App.tsx', "import type { Reply } from '../wire/reply.ts'\nimport { createRoot } from 'react/client'"],
  ['hosts/tcp/server.ts', "import { createServer } from 'node:net'"],
])('lets %s say %j', (path, source) => expect(trespasses(path, source)).toEqual([]))
