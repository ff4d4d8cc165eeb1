import { expect, test } from 'vitest'
import type { CommandDoc } from '../../session/protocol.ts'
import { stillToType } from './usage.ts'

const doc = (name: string, usage: string): CommandDoc => ({
  name,
  usage,
  summary: { en: '', ko: '' },
  since: '1.0.0',
  group: 'string',
  complexity: '',
  arity: 2,
  flags: [],
  keys: [0, 0, 0],
})
const catalog = [
  doc('SET', 'key value [NX | XX] [GET] [EX seconds | PX milliseconds]'),
  doc('MSET', 'key value [key value ...]'),
  doc('CONFIG', ''),
  doc('CONFIG GET', 'parameter [parameter ...]'),
]

test('what is still to be typed follows the line', () => {
  expect(stillToType('set', catalog)).toBe(' key value [NX | XX] [GET] [EX seconds | PX milliseconds]')
  expect(stillToType('SET a ', catalog)).toBe('value [NX | XX] [GET] [EX seconds | PX milliseconds]')
  expect(stillToType('SET a 1', catalog)).toBe(' [NX | XX] [GET] [EX seconds | PX milliseconds]')
  expect(stillToType('MSET a 1 b', catalog)).toBe(' [key value ...]')
  expect(stillToType('config get ', catalog)).toBe('parameter [parameter ...]')
  expect(stillToType('', catalog)).toBe('')
  expect(stillToType('SE', catalog)).toBe('')
})
