// The walls of the house: which folder may import what. The table is data; the test reads every import of src and looks
// it up. Types may cross where values may not, since they are gone when the program runs. Below stands what no source may
// say at all: whatever makes markup or code of a string, and whatever asks another host.
import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { sitePages } from './tools/policy.ts'

interface Rule {
  /** Folders, files or packages that may be imported, besides those of the folder itself. */
  readonly may: readonly string[]
  /** What only types may be taken from. */
  readonly types?: readonly string[]
}

const page = ['app', 'session/client', 'lesson', 'react', 'react-dom']

/** The longest name that begins a file's path is its rule. */
const table: Readonly<Record<string, Rule>> = {
  wire: { may: [] },
  lua: { may: ['wire/bytes', 'luaparse'] },
  engine: { may: ['wire', 'rdb'], types: ['session/protocol'] },
  rdb: { may: ['wire'] },
  session: { may: ['wire', 'engine', 'lua', 'rdb', 'storage', 'share'] },
  'session/protocol': { may: [], types: ['wire', 'engine', 'rdb'] },
  'session/pieces': { may: ['wire/reply'], types: ['session/protocol', 'wire'] },
  'session/client': { may: ['session/protocol', 'session/pieces'], types: ['wire'] },
  storage: { may: [], types: ['session/protocol', 'wire'] },
  lesson: { may: ['wire', 'virtual:lessons', 'markdown-it', 'yaml'], types: ['session/protocol'] },
  share: { may: ['wire'], types: ['session/protocol'] },
  embed: { may: ['virtual:engine'], types: [] },
  'embed/protocol': { may: [] },
  app: {
    may: ['wire', 'session/client', 'lesson', 'share', 'storage/progress', 'react', 'zustand', 'lucide-react'].concat([
      'react-resizable-panels',
      '@fontsource-variable',
      'pretendard',
      'react-dom',
      'monaco-editor',
    ]),
    types: ['session/protocol', 'embed'],
  },
  hosts: { may: ['wire', 'engine', 'lua', 'rdb', 'node'] },
  conformance: { may: ['wire', 'engine', 'rdb', 'hosts', 'lesson', 'tools/lessons', 'node'] },
  bench: {
    may: ['wire', 'engine', 'hosts', 'share', 'conformance', 'tools', 'node', 'ioredis-mock', 'playwright', 'vite'],
  },
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
  'main.tsx': { may: [...page, 'session/worker', 'session/trusted'] },
  'embed.tsx': { may: [...page, 'embed'] },
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

const root = fileURLToPath(new URL('.', import.meta.url))
const isTest = (path: string) => /\.test\.tsx?$|\.d\.m?ts$|(^|\/)testing(\/|\.ts$)/.test(path)
const filesIn = (folder: string, end: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => end.test(path) && !isTest(path))
const sources = filesIn('.', /\.tsx?$/)

it('keeps the walls between the folders', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.flatMap((path) => trespasses(path, readFileSync(join(root, path), 'utf8')))).toEqual([])
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

/** What makes markup or code of a string. */
const sinks =
  /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|srcdoc|setHTMLUnsafe|parseHTMLUnsafe|parseFromString|createContextualFragment|javascript:|\beval\b\s*\(|\bFunction\s*\(|importScripts|set(?:Timeout|Interval)\(\s*['"`]|setAttribute\(\s*['"`]on/g
/** What can ask another host, or leave the page for one. */
const roads =
  /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection|window\.open|location\s*(?:\.href\s*)?=[^=]|location\.(?:assign|replace)|\b(?:href|action|formAction|poster|srcSet|src)=\{/g
/** Which of them stand where, and why that is right; the tools and tests run on a developer's machine. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // A lesson's link: the parser lets only https: through.
  'app/lesson/Prose.tsx': ['href={'],
  // The frame's way to the whole page, and the preview of a frame: addresses of this very site.
  'app/embedded/Foot.tsx': ['window.open', 'href={'],
  'app/snippet/SnippetDialog.tsx': ['src={'],
  // A lesson by its address, once the person has said yes.
  'app/share/address.ts': ['fetch('],
}
const isOfThePage = (path: string) => !/^(?:tools|bench|conformance|hosts)\//.test(path)

/** What a source says that it must not; comments may speak of it. */
function forbidden(path: string, source: string): string[] {
  const code = source.replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, '')
  const found = [...code.matchAll(sinks), ...(isOfThePage(path) ? code.matchAll(roads) : [])].map(([words]) => words)
  return found.filter((words) => !allowed[path]?.includes(words)).map((words) => `${path} says ${words}`)
}

it('makes neither markup nor code of a string, and asks no other host', () => {
  const said = (folder: string, end: RegExp) =>
    filesIn(folder, end).flatMap((path) => forbidden(path, readFileSync(join(root, folder, path), 'utf8')))
  expect(sources.flatMap((path) => forbidden(path, readFileSync(join(root, path), 'utf8')))).toEqual([])
  expect(said('../public', /\.m?js$/)).toEqual([])
  // What is allowed is still said: a line that nobody needs goes.
  for (const [path, words] of Object.entries(allowed))
    for (const each of words) expect(readFileSync(join(root, path), 'utf8'), `${path} says it no more`).toContain(each)
})

it('has pages without a script, a handler or a style of their own', () => {
  const pages = filesIn('.', /^[\w-]+\.html$/)
  expect(pages.toSorted()).toEqual(sitePages.map(({ file }) => file).toSorted())
  for (const page of pages) {
    const html = readFileSync(join(root, page), 'utf8')
    expect(html.match(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|<style|https?:/gi), `in ${page}`).toBeNull()
  }
})

it.each([
  ['app/App.tsx', 'box.innerHTML = text'],
  ['app/App.tsx', '<p dangerouslySetInnerHTML={{ __html: text }} />'],
  ['app/App.tsx', 'frame.srcdoc = text'],
  ['lesson/check.ts', 'new Function(text)'],
  ['lesson/check.ts', 'globalThis.eval (text)'],
  ['lesson/check.ts', "setTimeout('go()', 1)"],
  ['tools/start.ts', 'document.write(text)'],
  ['app/App.tsx', 'new DOMParser().parseFromString(text)'],
  ['app/App.tsx', "row.setAttribute('onclick', text)"],
  ['app/App.tsx', '<a href={value}>'],
  ['app/App.tsx', 'location.href = value'],
  ['session/server.ts', 'await fetch(address)'],
  ['session/server.ts', 'new WebSocket(address)'],
])('sees that %s may not say %j', (path, source) => expect(forbidden(path, source)).toHaveLength(1))

it.each([
  ['app/App.tsx', '// no innerHTML here\nlet x = 1 /* nor eval(x) */'],
  ['app/App.tsx', 'if (location.href === before) evaluate(x)'],
  ['tools/start.ts', 'await fetch(address)'],
])('lets %s say %j', (path, source) => expect(forbidden(path, source)).toEqual([]))
