import { expect, test } from 'vitest'
import { catalog } from '../../engine/catalog.ts'
import { lettered } from '../../engine/cost.ts'
import { messages } from '../i18n/all.ts'
import { costParts, orderOf } from './cost.ts'

const complexity = (name: string) => catalog.find((command) => command.name === name)!.complexity

test.each([
  ['LRANGE', ['S', 'N'], 'O(S+N)'],
  ['ZADD', ['N'], 'O(log(N))'],
  ['HSET', ['N'], 'O(N)'],
  ['SPOP', [], 'O(1)'],
  ['SPOP', ['N'], 'O(N)'],
  ['HSCAN', [], 'O(1)'],
  ['ZUNION', ['N', 'M'], 'O(N)+O(M*log(M))'],
  ['ZMPOP', ['K', 'N', 'M'], 'O(K) + O(M*log(N))'],
  ['ZDIFF', ['L', 'N', 'K'], 'O(L + (N-K)log(N))'],
  ['EXEC', [], null],
])('the order of %s with %j is %s', (name, letters, order) => {
  expect(orderOf(complexity(name), letters)).toBe(order)
})

test('every command whose letters are told has an order with one of them', () => {
  expect([...lettered].filter((name) => orderOf(complexity(name), []) === null)).toEqual([])
})

test.each(['en', 'ko'] as const)('the line in %s', (language) => {
  const cost = { letters: { N: 5000, S: 0 }, touched: 5000 }
  expect(costParts(messages[language], complexity('LRANGE'), cost, 0.32)).toEqual(
    language === 'en'
      ? ['O(S+N)  S = 0, N = 5,000', '5,000 elements touched', '0.3 ms']
      : ['O(S+N)  S = 0, N = 5,000', '원소 5,000개를 다룸', '0.3밀리초'],
  )
})

test('what is not known is not told', () => {
  const t = messages.en
  expect(costParts(t, complexity('SPOP'), { letters: {}, touched: 0 }, undefined)).toEqual(['O(1)'])
  expect(costParts(t, complexity('EXEC'), { letters: {}, touched: 1 }, undefined)).toEqual(['1 element touched'])
  expect(costParts(t, undefined, { letters: { N: 3 }, touched: 0 }, undefined)).toEqual([])
})
