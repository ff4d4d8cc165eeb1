import { OK } from '../../wire/reply.ts'
import { free, special } from '../args.ts'
import { command, family, type Flag } from '../command.ts'
import { errors } from '../errors.ts'
import { begin } from '../pause.ts'
import { timeoutMs } from './timeout.ts'

const flags: readonly Flag[] = ['admin', 'noscript', 'loading', 'stale']

/** Looked at after the mode that follows it. */
const timeout = special('timeout', 'integer', (word) => (now: number) => timeoutMs(word, now))

export const pausing = family('connection', [
  command({
    name: 'CLIENT PAUSE',
    summary: {
      en: 'Holds back the commands of all clients for some time, or only those that write.',
      ko: '모든 클라이언트의 명령을 얼마 동안 붙잡아 둡니다. WRITE를 주면 쓰는 명령만 붙잡습니다.',
    },
    since: '3.0.0',
    complexity: 'O(1)',
    flags,
    args: [
      timeout,
      free('mode', [
        {
          name: 'mode',
          type: 'oneof',
          optional: true,
          arguments: ['WRITE', 'ALL'].map((word) => ({ name: word.toLowerCase(), type: 'pure-token', token: word })),
        },
      ]),
    ],
    run({ server, argv, now }, { timeout: until, mode }) {
      if (mode.length > 1) throw errors.subcommandSyntax('CLIENT', argv[1]!)
      const how = mode[0]?.toUpperCase() ?? 'ALL'
      if (how !== 'ALL' && how !== 'WRITE') throw errors.pauseMode()
      const end = until(now)
      if (end > now) begin(server, end, how === 'ALL')
      return OK
    },
  }),
  command({
    name: 'CLIENT UNPAUSE',
    summary: {
      en: 'Ends a pause: what it held back runs.',
      ko: 'CLIENT PAUSE를 끝냅니다. 붙잡혀 있던 명령이 실행됩니다.',
    },
    since: '6.2.0',
    complexity: 'O(N) Where N is the number of paused clients',
    flags,
    args: [],
    run({ server }) {
      server.pause = null
      return OK
    },
  }),
])
