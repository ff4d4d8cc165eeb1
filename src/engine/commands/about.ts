import { latin } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { free } from '../args.ts'
import { command, family } from '../command.ts'
import { errors } from '../errors.ts'
import { VERSION } from '../server.ts'
import { parseInt64 } from '../values/numbers.ts'

/** A hilly evening: one column after the other, drawn from a number and nothing else. */
function evening(seed: number): string {
  const [width, height] = [44, 9]
  const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => ' '))
  let state = (seed * 2654435761 + 40503) >>> 0
  const chance = (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 16) % bound
  }
  let hill = 3
  for (let x = 0; x < width; x++) {
    hill = Math.min(6, Math.max(1, hill + chance(3) - 1))
    for (let y = height - hill; y < height; y++) rows[y]![x] = y === height - hill ? '^' : ':'
    if (chance(5) === 0) rows[chance(height - hill)]![x] = chance(2) === 0 ? '.' : '*'
  }
  rows[1]!.splice(width - 6, 3, '(', '_', ')')
  return rows.map((row) => row.join('').trimEnd()).join('\n')
}

export const about = family('server', [
  command({
    name: 'ROLE',
    summary: {
      en: 'Tells whether this server leads or follows another.',
      ko: '이 서버가 주 서버인지 복제 서버인지 알려 줍니다.',
    },
    since: '2.8.12',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale', 'fast'],
    categories: ['@admin', '@dangerous'],
    args: [],
    run: ({ server }): Reply => [latin('master'), server.replicationOffset, []],
  }),
  command({
    name: 'LOLWUT',
    summary: {
      en: 'Draws a picture; each VERSION is another one.',
      ko: '그림을 그립니다. VERSION마다 다른 그림이 나옵니다.',
    },
    since: '5.0.0',
    complexity: '',
    flags: ['readonly', 'fast'],
    args: [free('words', [{ name: 'version', type: 'integer', token: 'VERSION', optional: true }])],
    run(_, { words }) {
      const asked = words[0]?.toUpperCase() === 'VERSION' && words.length > 1 ? parseInt64(words[1]!) : 8
      if (asked === null) throw errors.notInteger()
      const text = `${evening(Number(asked))}\n\nAn evening without servers. Redis ver. ${VERSION}\n`
      return { kind: 'verbatim', format: 'txt', text: latin(text) }
    },
  }),
])
