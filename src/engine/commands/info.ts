import { latin, type Bytes } from '../../wire/bytes.ts'
import { bytes, many } from '../args.ts'
import { command, family } from '../command.ts'
import type { Server } from '../server.ts'
import { sections } from './info-sections.ts'

/** INFO's text: the sections that were asked for, in the server's order. */
function infoText(server: Server, asked: readonly Bytes[]): Bytes {
  const wanted = new Set(asked.map((word) => word.toLowerCase()))
  const all = wanted.has('all') || wanted.has('everything')
  const usual = all || wanted.size === 0 || wanted.has('default')
  const parts = sections
    .filter(({ name, everything }) => wanted.has(name.toLowerCase()) || (everything ? all : usual))
    .map(({ name, fields }) => {
      const lines = Object.entries(fields(server)).map(([field, value]) => `${field}:${value}\r\n`)
      return `# ${name}\r\n${lines.join('')}`
    })
  return latin(parts.join('\r\n'))
}

export const info = family('server', [
  command({
    name: 'INFO',
    summary: {
      en: 'Tells how the server is: its clients, its memory, its saves, its keys.',
      ko: '서버의 상태를 알려 줍니다. 클라이언트, 메모리, 저장, 키의 사정이 나옵니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['loading', 'stale'],
    categories: ['@dangerous'],
    args: [many(bytes('section'), 0)],
    tips: ['nondeterministic_output', 'request_policy:all_shards', 'response_policy:special'],
    run: ({ server }, { section }) => ({ kind: 'verbatim', format: 'txt', text: infoText(server, section) }),
  }),
])
