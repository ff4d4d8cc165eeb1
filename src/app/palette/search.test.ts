import { expect, test } from 'vitest'
import { best, fits } from './search.ts'

const names = (query: string, list: readonly string[]) => best(query, list, (each) => [each], 9)

test('letters in their order are found, whole words and beginnings first', () => {
  expect(names('hgt', ['HGETALL', 'SET', 'HGET'])).toEqual(['HGET', 'HGETALL'])
  expect(names('get', ['GETSET', 'HGET', 'GET', 'DEL'])).toEqual(['GET', 'GETSET', 'HGET'])
  expect(names('config g', ['CONFIG SET', 'CONFIG GET'])).toEqual(['CONFIG GET'])
  expect(names('h:1', ['hat:12', 'hat:1', 'hat:2'])).toEqual(['hat:1', 'hat:12'])
  expect(names('서울', ['나라:서울', '나라:부산'])).toEqual(['나라:서울'])
})

test('what is told of a thing finds it too, behind those that are called so', () => {
  const list = [
    ['LLEN', 'Counts the items of a list'],
    ['COUNT', ''],
    ['SET', 'Puts a string'],
  ]
  expect(best('count', list, (each) => each, 9).map(([name]) => name)).toEqual(['COUNT', 'LLEN'])
})

test('letters picked out here and there are no find', () => {
  expect(fits('set', 'somewhat entirely different')).toBeNull()
  expect(fits('xyz', 'GET')).toBeNull()
  expect(fits('', 'GET')).toBe(0)
})
