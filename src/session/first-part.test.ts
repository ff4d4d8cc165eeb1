// A page's engine begins with its first part; here the rest comes when the test lets it.
import { beforeEach, expect, test, vi } from 'vitest'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import type { Event, Request } from './protocol.ts'

beforeEach(() => vi.resetModules())

/** A server whose rest is on its way. The modules are fresh, so that nothing has made the catalog whole before. */
async function begun(complete: () => Promise<unknown>) {
  const { SessionServer } = await import('./server.ts')
  const { MemoryStore } = await import('../storage/memory.ts')
  const events: Event[] = []
  const server = new SessionServer({
    now: () => 1_700_000_000_000,
    measured: () => 0,
    wake: () => undefined,
    later: () => undefined,
    post: (turn) => events.push(...turn.events),
    fault: (error) => {
      throw error
    },
    seed: () => 1,
    newId: () => 'here',
    store: new MemoryStore(),
    storeProblem: null,
    tabs: { locks: undefined, channel: undefined, later: () => undefined },
    build: 'test',
    complete: async () => void (await complete()),
  })
  let id = 0
  const ask = async (request: Request) => {
    server.receive({ asks: [{ ...request, id: ++id }] })
    await settled()
  }
  await ask({ do: 'open', session: null, clients: ['A', 'B'] })
  const type = (line: string) => ask({ do: 'send', client: 1, commands: [split(line)!] })
  const replies = () => events.flatMap((event) => (event.on === 'reply' ? show(event.reply) : []))
  const refusals = () => events.flatMap((event) => (event.on === 'refusal' ? event.message : []))
  return { ask, type, replies, refusals, events }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

function gate() {
  let open = () => undefined as void
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}

const rest = () => import('../engine/whole.ts')

test('the first part answers at once; what it lacks waits for the rest, and all after it in order', async () => {
  const { open, opened } = gate()
  const { type, replies, events } = await begun(() => opened.then(rest))
  await type('SET k v')
  expect(replies()).toEqual(['OK'])
  await type('OBJECT ENCODING k')
  await type('NOSUCH word')
  await type('GET k')
  expect(replies()).toEqual(['OK'])
  expect(events.filter(({ on }) => on === 'catalog')).toEqual([])
  open()
  await vi.waitFor(() => expect(replies()).toHaveLength(4))
  expect(replies().slice(1)).toEqual([
    '"embstr"',
    "(error) ERR unknown command 'NOSUCH', with args beginning with: 'word' ",
    '"v"',
  ])
  const catalog = events.findIndex(({ on }) => on === 'catalog')
  const second = events.findIndex((event) => event.on === 'reply' && event.seq === 4)
  expect(catalog).toBeGreaterThan(0)
  expect(catalog).toBeLessThan(second)
})

test('where the rest cannot be loaded, who needs it is told, and the next one tries again', async () => {
  let tries = 0
  const { type, replies, refusals } = await begun(() => (++tries < 3 ? Promise.reject(new Error('offline')) : rest()))
  await type('MEMORY USAGE k')
  expect(refusals()).toEqual([expect.stringContaining('could not be loaded')])
  await type('SET k v')
  await type('OBJECT ENCODING k')
  await vi.waitFor(() => expect(replies()).toEqual(['OK', '"embstr"']))
  expect(tries).toBe(3)
})
