import { status, type Reply } from '../../wire/reply.ts'
import { bytes, optional, special } from '../args.ts'
import { command, family } from '../command.ts'
import { errors } from '../errors.ts'
import { DATABASES } from '../server.ts'
import { parseInt64 } from '../values/numbers.ts'

const PONG: Reply = status('PONG')

const dbIndex = special('index', 'integer', (word) => {
  const index = parseInt64(word)
  if (index === null) throw errors.notInteger()
  if (index < 0 || index >= DATABASES) throw errors.dbOutOfRange()
  return Number(index)
})

export const connection = family('connection', [
  command({
    name: 'PING',
    summary: {
      en: 'Answers PONG, or your own words.',
      ko: 'PONG이라고 답합니다. 말을 건네면 그 말을 그대로 돌려줍니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['fast'],
    args: [optional(bytes('message'))],
    tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
    run: (_, { message }) => message ?? PONG,
  }),
  command({
    name: 'ECHO',
    summary: { en: 'Gives your words back.', ko: '보낸 말을 그대로 돌려줍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['loading', 'stale', 'fast'],
    args: [bytes('message')],
    run: (_, { message }) => message,
  }),
  command({
    name: 'SELECT',
    summary: {
      en: 'Moves this client to another of the sixteen databases.',
      ko: '이 클라이언트를 열여섯 개 데이터베이스 가운데 다른 곳으로 옮깁니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['loading', 'stale', 'fast'],
    args: [dbIndex],
    run({ client, server }, { index }) {
      client.db = index
      server.tell(client)
      return status('OK')
    },
  }),
])
