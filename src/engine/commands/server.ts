import { latin } from '../../wire/bytes.ts'
import { OK, status } from '../../wire/reply.ts'
import { choice, optional, special } from '../args.ts'
import { command, family, type Context } from '../command.ts'
import type { Database } from '../database.ts'
import { errors } from '../errors.ts'
import { rewriteLater, saveLater, saveNow } from '../saving.ts'
import { savingErrors } from '../saving-errors.ts'
import { parseInt64 } from '../values/numbers.ts'
import { about } from './about.ts'
import { acl } from './acl.ts'
import { commands } from './command-commands.ts'
import { config } from './config-commands.ts'
import { debug } from './debug.ts'
import { info } from './info.ts'
import { memory } from './memory.ts'
import { shutdown } from './shutdown.ts'
import { slowlog } from './slowlog.ts'

const everywhere = ['request_policy:all_shards', 'response_policy:all_succeeded']
const flushType = optional(choice('flush-type', ['ASYNC', 'SYNC']))

/** Empties databases: those who watch a key that is there lose their race, and observers see the keys go. */
function flush({ server }: Context, databases: readonly Database[]): void {
  for (const db of databases) {
    if (server.journal.observing) for (const key of db.keys()) server.before(db, key)
    server.touchAll(db, null)
    server.dirty += db.clear()
  }
}

/** A database's number; what is no number is refused in the words of its place. */
const dbIndex = <N extends string>(name: N, refuse: () => Error) =>
  special(name, 'integer', (word) => {
    const index = parseInt64(word)
    if (index === null || index > 2147483647 || index < -2147483648) throw refuse()
    return Number(index)
  })

/** Swaps two databases. A watched key that is there before or after is touched; those who wait look again. */
function swap({ server }: Context, one: Database, other: Database): void {
  server.touchAll(one, other)
  server.touchAll(other, one)
  one.swap(other)
  for (const db of [one, other]) for (const key of server.awaited(db.index)) server.note(db.index, key)
}

export const server = [
  ...family('server', [
    command({
      name: 'DBSIZE',
      summary: { en: 'Counts the keys of this database.', ko: '이 데이터베이스에 있는 키를 셉니다.' },
      since: '1.0.0',
      complexity: 'O(1)',
      flags: ['readonly', 'fast'],
      categories: ['@keyspace'],
      args: [],
      tips: ['request_policy:all_shards', 'response_policy:agg_sum'],
      run: ({ db }) => db.size,
    }),
    command({
      name: 'FLUSHDB',
      summary: { en: 'Removes every key of this database.', ko: '이 데이터베이스의 모든 키를 지웁니다.' },
      since: '1.0.0',
      complexity: 'O(N) where N is the number of keys in the selected database',
      flags: ['write'],
      categories: ['@keyspace', '@dangerous'],
      args: [flushType],
      tips: everywhere,
      run(context) {
        flush(context, [context.db])
        context.propagate(context.argv)
        return OK
      },
    }),
    command({
      name: 'FLUSHALL',
      summary: { en: 'Removes every key of every database.', ko: '모든 데이터베이스의 모든 키를 지웁니다.' },
      since: '1.0.0',
      complexity: 'O(N) where N is the total number of keys in all databases',
      flags: ['write'],
      categories: ['@keyspace', '@dangerous'],
      args: [flushType],
      tips: everywhere,
      run(context) {
        const { server } = context
        flush(context, server.databases)
        // What it writes is worth nothing any more.
        server.snapshots.saving = null
        if (server.config.savePoints.length > 0) saveNow(server)
        context.propagate(context.argv)
        return OK
      },
    }),
    command({
      name: 'SWAPDB',
      summary: {
        en: 'Swaps two databases: their clients see each other’s keys at once.',
        ko: '두 데이터베이스의 내용을 맞바꿉니다. 연결된 클라이언트는 바로 바뀐 내용을 봅니다.',
      },
      since: '4.0.0',
      complexity: 'O(N) where N is the count of clients watching or blocking on keys from both databases.',
      flags: ['write', 'fast'],
      categories: ['@keyspace', '@dangerous'],
      args: [dbIndex('index1', errors.firstDb), dbIndex('index2', errors.secondDb)],
      run(context, { index1, index2 }) {
        const [one, other] = [context.server.databases[index1], context.server.databases[index2]]
        if (!one || !other) throw errors.dbOutOfRange()
        if (one !== other) swap(context, one, other)
        context.server.dirty++
        return OK
      },
    }),
    command({
      name: 'SAVE',
      summary: {
        en: 'Writes a snapshot to disk, and everybody waits until it is done.',
        ko: '스냅샷을 디스크에 씁니다. 끝날 때까지 모두가 기다립니다.',
      },
      since: '1.0.0',
      complexity: 'O(N) where N is the total number of keys in all databases',
      flags: ['admin', 'noscript', 'no_async_loading', 'no_multi'],
      args: [],
      run({ server }) {
        if (server.snapshots.saving) throw savingErrors.saving()
        server.snapshots.saves++
        if (!saveNow(server)) throw savingErrors.failed()
        return OK
      },
    }),
    command({
      name: 'BGSAVE',
      summary: {
        en: 'Writes a snapshot to disk in the background.',
        ko: '뒤에서 스냅샷을 디스크에 씁니다.',
      },
      since: '1.0.0',
      complexity: 'O(1)',
      flags: ['admin', 'noscript', 'no_async_loading'],
      args: [optional(choice('schedule', ['SCHEDULE']))],
      run({ server }, { schedule }) {
        const { snapshots } = server
        if (snapshots.saving) throw savingErrors.saving()
        if (!snapshots.busy && !server.inExec) {
          saveLater(server)
          return status('Background saving started')
        }
        if (!schedule && !server.inExec) throw savingErrors.childActive()
        snapshots.saveNext = true
        return status('Background saving scheduled')
      },
    }),
    command({
      name: 'BGREWRITEAOF',
      summary: {
        en: 'Writes the append-only file anew in the background.',
        ko: '추가 전용 파일(AOF)을 뒤에서 새로 씁니다.',
      },
      since: '1.0.0',
      complexity: 'O(1)',
      flags: ['admin', 'noscript', 'no_async_loading'],
      args: [],
      run({ server }) {
        const { snapshots } = server
        if (snapshots.rewriting !== null) throw savingErrors.rewriting()
        if (snapshots.busy || server.inExec) {
          snapshots.rewriteNext = true
          return status('Background append only file rewriting scheduled')
        }
        rewriteLater(server)
        return status('Background append only file rewriting started')
      },
    }),
    command({
      name: 'LASTSAVE',
      summary: {
        en: 'Tells when the last save succeeded, in seconds since 1970.',
        ko: '마지막으로 저장에 성공한 때를 1970년부터 센 초로 알려 줍니다.',
      },
      since: '1.0.0',
      complexity: 'O(1)',
      flags: ['loading', 'stale', 'fast'],
      categories: ['@admin', '@dangerous'],
      args: [],
      tips: ['nondeterministic_output'],
      run: ({ server }) => Math.floor(server.snapshots.lastSave / 1000),
    }),
    command({
      name: 'TIME',
      summary: {
        en: 'Tells the server’s time: seconds since 1970, and microseconds.',
        ko: '서버의 시각을 1970년부터 센 초와 마이크로초로 알려 줍니다.',
      },
      since: '2.6.0',
      complexity: 'O(1)',
      flags: ['loading', 'stale', 'fast'],
      args: [],
      tips: ['nondeterministic_output'],
      run: ({ now }) => [latin(String(Math.floor(now / 1000))), latin(String(Math.floor((now % 1000) * 1000)))],
    }),
  ]),
  ...shutdown,
  ...slowlog,
  ...info,
  ...memory,
  ...about,
  ...debug,
  ...config,
  ...acl,
  ...commands,
]
