import { expect, test } from 'vitest'
import { Corpus, cutFiles, damageFiles, damagePayloads } from './damage.ts'

const corpus = new Corpus(1, 24)

/** Both must happen often, or nothing was tried. */
const often = 0.1

test('20,000 payloads that were damaged are refused, or make keys that live on', () => {
  const told = damagePayloads(corpus, 1, 20_000)
  expect(told.accepted).toBeGreaterThan(20_000 * often)
  expect(told.refused).toBeGreaterThan(20_000 * often)
  expect(told.reasons.get('(error) ERR Bad data format')).toBeGreaterThan(20_000 * often)
  expect(told.commands).toBeGreaterThan(20_000)
})

test('2,000 files that were damaged give the keys before the damage, or load', () => {
  const told = damageFiles(corpus, 2, 2000)
  expect(told.accepted).toBeGreaterThan(2000 * often)
  expect(told.refused).toBeGreaterThan(2000 * often)
  expect([...told.reasons.keys()]).toEqual(expect.arrayContaining(['not-rdb', 'cut', 'checksum', 'form', 'contents']))
})

test('5,000 files that were cut off give the keys before the cut', () => {
  const told = cutFiles(corpus, 5000)
  expect(told.tried).toBe(5000)
  expect(told.reasons.get('cut')).toBeGreaterThan(4900)
  expect(told.accepted).toBeGreaterThan(50)
})
