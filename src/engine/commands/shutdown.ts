import { OK } from '../../wire/reply.ts'
import { free, type ArgDoc } from '../args.ts'
import { command, family } from '../command.ts'
import { errors } from '../errors.ts'
import { mayGo } from '../saving.ts'
import { savingErrors } from '../saving-errors.ts'

const token = (word: string): ArgDoc => ({ name: word.toLowerCase(), type: 'pure-token', token: word })
const optional = (word: string): ArgDoc => ({ ...token(word), optional: true })

export const shutdown = family('server', [
  command({
    name: 'SHUTDOWN',
    summary: {
      en: 'Stops the server and closes every connection. Here the next command starts it again, with the keys of its snapshot.',
      ko: '서버를 끄고 모든 연결을 끊습니다. 여기서는 다음 명령을 보내면 스냅샷에 담긴 키와 함께 다시 켜집니다.',
    },
    since: '1.0.0',
    complexity:
      'O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1)',
    flags: ['admin', 'noscript', 'loading', 'stale', 'no_multi', 'allow_busy'],
    args: [
      free('words', [
        { name: 'save-selector', type: 'oneof', optional: true, arguments: ['NOSAVE', 'SAVE'].map(token) },
        ...['NOW', 'FORCE', 'ABORT'].map(optional),
      ]),
    ],
    run({ server }, { words }) {
      const asked: ReadonlySet<string> = new Set(words.map((word) => word.toUpperCase()))
      for (const word of asked) if (!['NOSAVE', 'SAVE', 'NOW', 'FORCE', 'ABORT'].includes(word)) throw errors.syntax()
      if (asked.has('SAVE') && asked.has('NOSAVE')) throw errors.syntax()
      if (asked.has('ABORT') && asked.size > 1) throw errors.syntax()
      // Nobody follows this server, so that going down never takes any time that could be called off.
      if (asked.has('ABORT')) throw errors.noShutdown()
      if (!mayGo(server, asked)) throw savingErrors.cannotGo()
      server.goingDown = 'shutdown'
      return OK
    },
  }),
])
