import { expect, test } from 'vitest'
import { latin, utf8 } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { show } from '../wire/show.ts'
import { readConfigLines } from './config-file.ts'
import { Engine } from './engine.ts'

const START = Date.UTC(2026, 0, 1)

function machine() {
  const engine = new Engine({ seed: 7, at: START })
  let client = 0
  const connect = () => engine.apply({ do: 'connect', at: START, client: ++client, name: 'A', db: 0 })
  const ask = (line: string): string => {
    const outputs = engine.apply({ do: 'send', at: START, client, argv: split(line)! })
    return outputs.flatMap((output) => (output.on === 'reply' ? [show(output.reply)] : [])).join('\n')
  }
  connect()
  return {
    engine,
    ask,
    put: (text: string) => engine.apply({ do: 'put', at: START, path: latin('redis.conf'), bytes: utf8(text) }),
    befall(how: 'crash' | 'restart') {
      const report = engine.apply({ do: how, at: START }).find((output) => output.on === 'reloaded')?.report ?? null
      if (engine.clients.length === 0) connect()
      return report
    },
  }
}

test('a server starts with its file: what that says holds before the snapshot is read, and survives the image', () => {
  const m = machine()
  m.ask('SET a 1')
  m.ask('SAVE')
  m.put('dir data\ndbfilename mine.rdb\nsave 60 1\nsave 300 10\nhash-max-listpack-entries 1\n')
  expect(m.ask('INFO server')).toContain('config_file:\\r\\n')
  expect(m.befall('restart')).toMatchObject({
    lost: 1,
    file: null,
    config: { path: 'redis.conf', fault: null },
  })
  expect(m.ask('CONFIG GET save')).toContain('"60 1 300 10"')
  expect(m.ask('HSET h a 1 b 2')).toBe('(integer) 2')
  expect(m.ask('OBJECT ENCODING h')).toBe('"hashtable"')
  expect(m.befall('restart')).toMatchObject({ lost: 0, file: { path: 'data/mine.rdb' } })
  expect(m.ask('OBJECT ENCODING h')).toBe('"hashtable"')
  expect([...m.engine.disk.files.keys()]).toEqual(['dump.rdb', 'redis.conf', 'data/mine.rdb'])
  expect(m.ask('INFO server')).toContain('config_file:redis.conf\\r\\n')
  const image = m.engine.image()
  expect(Engine.restore(image).image()).toEqual(image)
})

test('a file that is refused: no restart; after a crash the server is there without it, and says so', () => {
  const m = machine()
  m.ask('SET a 1')
  m.put('# mine\nrequirepass secret\nmaxmemory lots\n')
  expect(m.befall('restart')).toBeNull()
  expect(m.ask('GET a')).toBe('"1"')
  const report = m.befall('crash')!
  expect(report.config).toEqual({
    path: 'redis.conf',
    fault: {
      lines: [3],
      words: [
        '*** FATAL CONFIG FILE ERROR (Redis 8.0.2) ***',
        'Reading the configuration file, at line 3',
        ">>> 'maxmemory lots'",
        'argument must be a memory value',
      ],
    },
  })
  expect(m.ask('CONFIG GET requirepass')).toContain('""')
  expect(m.ask('INFO server')).toContain('config_file:\\r\\n')
})

test('a password of the file is asked for', () => {
  const m = machine()
  m.put('requirepass secret')
  m.befall('crash')
  expect(m.ask('GET a')).toMatch(/^\(error\) NOAUTH/)
  expect(m.ask('AUTH secret')).toBe('OK')
})

test('each line is told, also after one that is wrong', () => {
  const lines = readConfigLines(
    utf8('# c\n\nsave 60 1\nport x\nDIR ./\nuser mina on\nhallo welt\nhash-max-ziplist-value 1k'),
  )
  expect(lines).toEqual([
    { is: 'none' },
    { is: 'none' },
    { is: 'set', name: 'save', value: '60 1', effective: true, live: true },
    { is: 'bad', why: "argument couldn't be parsed into an integer" },
    { is: 'set', name: 'dir', value: './', effective: true, live: false },
    { is: 'unused', name: 'user' },
    { is: 'bad', why: expect.stringContaining('Module Configuration') as string },
    { is: 'set', name: 'hash-max-listpack-value', value: '1000', effective: true, live: true },
  ])
})
