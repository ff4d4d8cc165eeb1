// Where strings end. The server's own end lies at 512 MB; ours at 64, or lower where proto-max-bulk-len says so.
import { expect, it } from 'vitest'
import { latin } from '../wire/bytes.ts'
import { BULK_MAX } from '../wire/resp.ts'
import { show } from '../wire/show.ts'
import { EngineTarget } from './testing/engine-target.ts'

const TOO_LONG = '(error) ERR string exceeds maximum allowed size (proto-max-bulk-len)'

function asker() {
  const target = new EngineTarget({ seed: 1, at: 0 })
  target.connect('A', 0)
  return (...words: (string | number)[]) => {
    target.send(
      'A',
      words.map((word) => latin(String(word))),
    )
    return show(target.take('A')!)
  }
}

it('lets a string grow to 64 MB and no further, and changes nothing where it refuses', () => {
  const ask = asker()
  expect(ask('SETRANGE', 'k', BULK_MAX - 1, 'x')).toBe(`(integer) ${BULK_MAX}`)
  expect(ask('APPEND', 'k', 'y')).toBe(TOO_LONG)
  expect(ask('APPEND', 'k', '')).toBe(`(integer) ${BULK_MAX}`)
  expect(ask('SETRANGE', 'k', BULK_MAX, 'y')).toBe(TOO_LONG)
  expect(ask('SETRANGE', 'k', BULK_MAX - 1, 'yy')).toBe(TOO_LONG)
  expect(ask('SETRANGE', 'other', BULK_MAX, 'y')).toBe(TOO_LONG)
  expect(ask('STRLEN', 'k')).toBe(`(integer) ${BULK_MAX}`)
  expect(ask('GETRANGE', 'k', -2, -1)).toBe('"\\x00x"')
  expect(ask('EXISTS', 'other')).toBe('(integer) 0')
  expect(ask('DEBUG', 'POPULATE', 1, 'many', BULK_MAX + 1)).toBe(TOO_LONG)
})

it('ends strings where proto-max-bulk-len is lower, but not where it is higher', () => {
  const ask = asker()
  expect(ask('CONFIG', 'SET', 'proto-max-bulk-len', '1mb')).toBe('OK')
  expect(ask('SETRANGE', 'k', 1048576, 'x')).toBe(TOO_LONG)
  expect(ask('SETRANGE', 'k', 1048575, 'x')).toBe('(integer) 1048576')
  expect(ask('APPEND', 'k', 'x')).toBe(TOO_LONG)
  expect(ask('CONFIG', 'SET', 'proto-max-bulk-len', '512mb')).toBe('OK')
  expect(ask('APPEND', 'k', 'x')).toBe('(integer) 1048577')
  expect(ask('SETRANGE', 'k', BULK_MAX, 'x')).toBe(TOO_LONG)
})
