import { OK } from '../../wire/reply.ts'
import { key, many } from '../args.ts'
import { command, family } from '../command.ts'
import { errors } from '../errors.ts'
import { transaction } from '../unit.ts'

export const transactions = family('transactions', [
  command({
    name: 'MULTI',
    summary: {
      en: 'Begins a transaction: what follows is queued until EXEC.',
      ko: '트랜잭션을 시작합니다. 이어지는 명령은 EXEC까지 줄을 서서 기다립니다.',
    },
    since: '1.2.0',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
    categories: ['@transaction'],
    immediate: true,
    args: [],
    run({ client, server }) {
      if (client.multi) throw errors.nestedMulti()
      client.multi = { queue: [], refused: null }
      server.tell(client)
      return OK
    },
  }),
  command({
    name: 'EXEC',
    summary: {
      en: 'Runs everything that was queued since MULTI, with nobody in between.',
      ko: 'MULTI 뒤로 줄 세운 명령을, 아무도 끼어들지 못하게 한 번에 실행합니다.',
    },
    since: '1.2.0',
    complexity: 'Depends on commands in the transaction',
    flags: ['noscript', 'loading', 'stale', 'skip_slowlog'],
    immediate: true,
    args: [],
    run: ({ client, server }) => transaction(server, client),
  }),
  command({
    name: 'DISCARD',
    summary: { en: 'Throws the queued commands away.', ko: '줄 세운 명령을 모두 버립니다.' },
    since: '2.0.0',
    complexity: 'O(N), when N is the number of queued commands',
    flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
    immediate: true,
    args: [],
    run({ client, server }) {
      if (!client.multi) throw errors.discardWithoutMulti()
      client.multi = null
      server.unwatch(client)
      server.tell(client)
      return OK
    },
  }),
  command({
    name: 'WATCH',
    summary: {
      en: 'Makes EXEC answer nil if one of these keys is touched before it.',
      ko: 'EXEC 전에 이 키 가운데 하나라도 바뀌면 EXEC가 nil로 답하게 합니다.',
    },
    since: '2.2.0',
    complexity: 'O(1) for every key.',
    flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
    immediate: true,
    args: [many(key('key', 'RO'))],
    run({ client, server, db }, { key: keys }) {
      if (client.multi) throw errors.watchInMulti()
      // A transaction that is lost already needs to watch no more.
      if (client.raced) return OK
      for (const one of keys) server.watch(client, db, one)
      server.tell(client)
      return OK
    },
  }),
  command({
    name: 'UNWATCH',
    summary: { en: 'Forgets every watched key.', ko: '지켜보던 키를 모두 잊습니다.' },
    since: '2.2.0',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
    args: [],
    run({ client, server }) {
      server.unwatch(client)
      server.tell(client)
      return OK
    },
  }),
])
