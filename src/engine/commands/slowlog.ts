import { OK, type Reply } from '../../wire/reply.ts'
import { free } from '../args.ts'
import { command, family, type Flag } from '../command.ts'
import { errors } from '../errors.ts'
import type { Slow } from '../slowlog.ts'
import { parseInt64 } from '../values/numbers.ts'
import { help } from './help.ts'

const flags: readonly Flag[] = ['admin', 'loading', 'stale']
/** Entries that GET shows, where nothing else is asked. */
const SHOWN = 10

const entry = ({ id, at, micros, argv, address, client }: Slow): Reply => [id, at, micros, argv, address, client]

export const slowlog = family('server', [
  command({
    name: 'SLOWLOG GET',
    summary: {
      en: 'Shows the latest commands that took longer than slowlog-log-slower-than.',
      ko: 'slowlog-log-slower-than보다 오래 걸린 명령을 최근 것부터 보여 줍니다.',
    },
    since: '2.2.12',
    complexity: 'O(N) where N is the number of entries returned',
    flags,
    args: [free('count', [{ name: 'count', type: 'integer', optional: true }])],
    tips: ['request_policy:all_nodes', 'nondeterministic_output'],
    run({ server, argv }, { count: [word, ...more] }) {
      if (more.length > 0) throw errors.subcommandSyntax('SLOWLOG', argv[1]!)
      const count = word === undefined ? SHOWN : parseInt64(word)
      if (count === null || count < -1) throw errors.slowlogCount()
      return server.slowlog.newest(count < 0 ? Infinity : Number(count)).map(entry)
    },
  }),
  command({
    name: 'SLOWLOG LEN',
    summary: { en: 'Counts the entries of the slow log.', ko: '느린 명령 기록이 몇 개인지 셉니다.' },
    since: '2.2.12',
    complexity: 'O(1)',
    flags,
    args: [],
    tips: ['request_policy:all_nodes', 'response_policy:agg_sum', 'nondeterministic_output'],
    run: ({ server }) => server.slowlog.length,
  }),
  command({
    name: 'SLOWLOG RESET',
    summary: { en: 'Empties the slow log.', ko: '느린 명령 기록을 비웁니다.' },
    since: '2.2.12',
    complexity: 'O(N) where N is the number of entries in the slowlog',
    flags,
    args: [],
    tips: ['request_policy:all_nodes', 'response_policy:all_succeeded'],
    run({ server }) {
      server.slowlog.clear()
      return OK
    },
  }),
  help('SLOWLOG', '6.2.0', [
    [
      'GET [<count>]',
      `Return top <count> entries from the slowlog (default: ${SHOWN}, -1 mean all).`,
      'Entries are made of:',
      'id, timestamp, time in microseconds, arguments array, client IP and port,',
      'client name',
    ],
    ['LEN', 'Return the length of the slowlog.'],
    ['RESET', 'Reset the slowlog.'],
  ]),
])
