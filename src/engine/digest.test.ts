import { expect, test } from 'vitest'
import { format17 } from './digest.ts'

test('doubles as C prints them with %.17g', () => {
  const wanted: readonly (readonly [number, string])[] = [
    [0, '0'],
    [-0, '-0'],
    [1, '1'],
    [0.1, '0.10000000000000001'],
    [1.6, '1.6000000000000001'],
    [1e16, '10000000000000000'],
    [1e17, '1e+17'],
    [123456789012345680, '1.2345678901234568e+17'],
    [0.0001, '0.0001'],
    [0.00001, '1.0000000000000001e-05'],
    [-2.5, '-2.5'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [5e-324, '4.9406564584124654e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
  ]
  for (const [value, text] of wanted) expect(format17(value)).toBe(text)
})
