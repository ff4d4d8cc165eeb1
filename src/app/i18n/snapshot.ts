// The sentences of the card before a server's dump.rdb.
import type { ImportRefusal } from '../../session/protocol.ts'
import type { Language } from '../../wire/text.ts'

const keys = (count: string) => (count === '1' ? '1 key' : `${count} keys`)

const en = {
  title: 'A snapshot of a Redis server',
  damaged: 'This snapshot is damaged',
  partly: 'Only a part of this snapshot fits in here',
  writtenBy: 'Written by',
  redis: (version: string) => `Redis ${version}`,
  format: (version: number) => `RDB version ${version}`,
  made: 'Made',
  keys: 'Keys',
  before: 'Before that place',
  keysCount: keys,
  database: (db: number, count: string) => `database ${db}: ${count}`,
  ttl: 'With a time to live',
  expired: (count: string) =>
    count === '1'
      ? '1 has expired since, and is left out, as any server does when it starts'
      : `${count} have expired since, and are left out, as any server does when it starts`,
  unread: 'Not loaded',
  unreadable: (kinds: string) => `${kinds}, which this page cannot read yet.`,
  rest: 'The rest is loaded.',
  refuses: 'A real redis-server does not start from such a file.',
  newer: (version: number) =>
    `It is of RDB version ${version}, of a newer Redis. Redis 8.0, and this page, read up to version 12.`,
  doubtful: 'All keys could be read, but any of them may be another than it was.',
  untouched: 'It becomes a session of its own, whose server has just started from this file. Yours stay as they are.',
  untouchedBefore: 'They become a session of their own, with a whole file of them. Yours stay as they are.',
  loading: 'Loading',
  openBefore: (count: string) => `Open the ${keys(count)} before it`,
  refused: {
    damaged: 'It cannot be loaded.',
    newer: 'It was made by a newer version.',
    older: 'It was made by an older version.',
    'too-large': 'It holds more than this page takes in: 32 MB as a file, 256 MB in the server’s memory.',
    'too-many-keys': 'It holds more than 1,000,000 keys, which is more than this page takes in.',
    'too-long': 'Loading it takes too long.',
  } satisfies Record<ImportRefusal, string>,
}

export type SnapshotMessages = typeof en

const ko: SnapshotMessages = {
  title: 'Redis 서버의 스냅샷',
  damaged: '손상된 스냅샷이에요',
  partly: '스냅샷의 일부만 열 수 있어요',
  writtenBy: '만든 서버',
  redis: (version) => `Redis ${version}`,
  format: (version) => `RDB 버전 ${version}`,
  made: '만든 때',
  keys: '키',
  before: '그 앞에 있는 키',
  keysCount: (count) => `${count}개`,
  database: (db, count) => `데이터베이스 ${db}: ${count}개`,
  ttl: '만료 시간이 있는 키',
  expired: (count) => `그중 ${count}개는 이미 만료돼서 빼고 읽어요. 서버도 켜질 때 그렇게 해요`,
  unread: '읽지 않는 것',
  unreadable: (kinds) => `${kinds}. 이 페이지에서는 아직 읽을 수 없어요.`,
  rest: '나머지는 모두 읽어요.',
  refuses: '진짜 redis-server는 이런 파일로는 켜지지 않아요.',
  newer: (version) =>
    `더 새로운 Redis에서 만든 RDB 버전 ${version} 파일이에요. Redis 8.0과 이 페이지는 버전 12까지 읽을 수 있어요.`,
  doubtful: '키는 모두 읽었지만 원래와 다른 값이 있을 수 있어요.',
  untouched: '이 파일로 막 켜진 서버가 새 세션으로 열려요. 지금까지의 세션은 그대로 남아요.',
  untouchedBefore: '이 키들만 담은 온전한 파일과 함께 새 세션으로 열려요. 지금까지의 세션은 그대로 남아요.',
  loading: '읽어 들이는 중',
  openBefore: (count) => `그 앞의 키 ${count}개 열기`,
  refused: {
    damaged: '읽어 들일 수 없어요.',
    newer: '더 새로운 버전에서 만든 것이에요.',
    older: '더 오래된 버전에서 만든 것이에요.',
    'too-large': '이 페이지에서 받을 수 있는 크기보다 커요. 파일은 32MB, 서버 메모리로는 256MB까지예요.',
    'too-many-keys': '키가 1,000,000개보다 많아서 이 페이지에서는 받을 수 없어요.',
    'too-long': '읽어 들이는 데 시간이 너무 오래 걸려요.',
  },
}

export const snapshotMessages = { en, ko } satisfies Record<Language, SnapshotMessages>
