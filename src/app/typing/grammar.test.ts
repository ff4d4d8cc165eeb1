// The grammar against all that the transcripts type: what the server takes must have its place.
import { expect, test } from 'vitest'
import { Engine } from '../../engine/engine.ts'
import { EngineTarget } from '../../engine/testing/engine-target.ts'
import { parse, play, type Target } from '../../engine/testing/transcript.ts'
import { docs } from '../../engine/catalog.ts'
import { latin, text, type Bytes } from '../../wire/bytes.ts'
import { repr, split } from '../../wire/line.ts'
import { isError, isTagged, type Reply } from '../../wire/reply.ts'
import { argsOf, firsts, remains, usage } from './grammar.ts'
import { keysIn, misplaced, wrongType, type Peek } from './looking.ts'
import { catalogOf, early, read } from './reading.ts'

const engine = new Engine({ seed: 1, at: 0 })
const grammar = (name: string) => argsOf(engine.peek(0, 0, split(`COMMAND DOCS ${name.replace(' ', '|')}`)!))
const left = (name: string, ...typed: string[]) => {
  const rest = remains(grammar(name), typed)
  return rest && usage(rest)
}

test('before a word is typed, what remains is the usage line', () => {
  for (const doc of docs()) expect(`${doc.name} ${usage(grammar(doc.name))}`).toBe(`${doc.name} ${doc.usage}`)
})

test('each word takes its place from what remains', () => {
  expect(left('SET', 'a')).toMatch(/^value \[NX\|XX\]/)
  expect(left('SET', 'a', '1', 'ex')).toMatch(/^seconds \[NX\|XX\] \[GET\]/)
  expect(left('SET', 'a', '1', 'EX', '5', 'NX')).toBe('[GET]')
  expect(left('MSET', 'a', '1', 'b')).toBe('value [key value ...]')
  expect(left('BLPOP', 'a')).toBe('[key ...] timeout')
  expect(left('ZADD', 'z', 'CH')).toBe('[NX|XX] [GT|LT] [INCR] score member [score member ...]')
  expect(left('ZADD', 'z', 'CH', '1')).toBe('member [score member ...]')
  expect(left('ZUNION', '2', 'a')).toMatch(/^key \[WEIGHTS/)
  expect(left('ZUNION', '1', 'a', 'WEIGHTS', '2')).toMatch(/^\[weight ...\] \[AGGREGATE/)
  expect(left('GET', 'a')).toBe('')
  expect(left('GET', 'a', 'b')).toBeNull()
})

test('what may come next: options, or a key', () => {
  expect(firsts(remains(grammar('SET'), ['a', '1'])!).tokens).toContain('KEEPTTL')
  expect(firsts(remains(grammar('DEL'), ['a'])!)).toEqual({ tokens: [], key: true, names: [] })
  expect(firsts(remains(grammar('SET'), ['a'])!)).toEqual({ tokens: [], key: false, names: ['value'] })
})

// ---------------------------------------------------------------- against the transcripts

const files = import.meta.glob<string>('../../engine/commands/*.transcript', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const catalog = catalogOf(docs())

/** What the server overlooks where there is no key, and would not where there is one. */
const unseen = /^[HS]SCAN nothing 0 NONSENSE$/

/** An error; or QUEUED, when EXEC will tell. */
const isRefusal = (reply: Reply) =>
  isError(reply) || (isTagged(reply) && reply.kind === 'status' && reply.text === 'QUEUED')

/** Every line of the transcripts with what we would have said before it and what the server then said. */
class Watched extends EngineTarget {
  readonly told: { readonly line: string; readonly warnings: readonly string[]; reply: Reply | undefined }[] = []
  override async send(client: string, argv: readonly Bytes[]): Promise<void> {
    const db = this.engine.state(this.engine.clients.find((id) => this.engine.state(id)?.name === client) ?? 0)?.db ?? 0
    const line = argv.map(repr).join(' ')
    const reading = read(`${line} `, catalog)
    const peek: Peek = (...words) =>
      Promise.resolve(
        this.engine.peek(
          0,
          db,
          words.map((word) => latin(word)),
        ),
      )
    const warnings: string[] = []
    const soon = early(reading, catalog)
    if (soon) warnings.push(soon.kind)
    if (reading.doc) {
      const place = misplaced(reading, grammar(reading.doc.name))
      if (place) warnings.push(place.kind)
      const type = await wrongType(peek, reading.doc, await keysIn(peek, reading.doc, argv))
      if (type) warnings.push(type.kind)
    }
    this.told.push({ line: argv.map(text).join(' '), warnings, reply: undefined })
    return super.send(client, argv)
  }
  override take(client: string): Reply | undefined {
    const reply = super.take(client)
    const last = this.told.at(-1)
    if (last && last.reply === undefined) last.reply = reply
    return reply
  }
}

test('nothing is called wrong that the server takes', async () => {
  const wrong: string[] = []
  let told = 0
  for (const [path, source] of Object.entries(files))
    for (const section of parse(path, source)) {
      const target = new Watched({ seed: 1, at: Date.UTC(2026, 0, 1) })
      await play(section, target as Target)
      for (const { line, warnings, reply } of target.told) {
        // A client that waits was not answered yet.
        if (reply === undefined) continue
        told += warnings.length
        if (warnings.length > 0 && !isRefusal(reply) && !unseen.test(line)) wrong.push(`${line}: ${warnings.join(' ')}`)
      }
    }
  expect(wrong).toEqual([])
  expect(told).toBeGreaterThan(100)
})
