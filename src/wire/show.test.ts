import { expect, test } from 'vitest'
import { latin } from './bytes.ts'
import { split } from './line.ts'
import { failure } from './reply.ts'
import { asPrinted, show } from './show.ts'

const printed = (line: string, reply: Parameters<typeof show>[0]) => show(asPrinted(split(line)!, reply))

test('what INFO and its like answer is printed as it is', () => {
  const text = latin('# Keyspace\r\ndb0:keys=1\r\n')
  for (const line of ['INFO', 'info keyspace', 'LOLWUT', 'CLIENT LIST', 'client info', 'MEMORY DOCTOR'])
    expect(printed(line, text)).toBe(text)
  expect(printed('CLIENT LIST FOO', failure('ERR syntax error'))).toBe('ERR syntax error')
})

test('all else is drawn', () => {
  for (const line of ['GET info', 'CLIENT GETNAME', 'CLIENT', 'MEMORY USAGE k', 'constructor'])
    expect(printed(line, latin('a b'))).toBe('"a b"')
  expect(printed('CLIENT ID x', failure('ERR no'))).toBe('(error) ERR no')
})
