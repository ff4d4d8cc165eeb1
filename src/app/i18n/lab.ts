// The sentences of the durability lab, apart from those about the server, which a frame in another page has, too.
import type { Language } from '../../wire/text.ts'
import { josa } from './josa.ts'

const en = {
  about:
    'A snapshot is all that a crash leaves. Save, change something, crash the server, and see key by key what came back.',
  save: 'Save',
  later: 'Save in the background',
  crash: 'Crash (kill -9)',
  restart: 'Restart',
  full: 'Fill the disk',
  free: 'Make room',
  typed: (line: string, client: string) => `${line} was typed in client ${client}.`,
  disk: 'On the server’s disk',
  empty: 'There is no snapshot yet. A save writes one.',
  isFull: 'The disk is full.',
  size: (bytes: string) => `${bytes} bytes`,
  written: (time: string) => `written ${time}`,
  download: 'Download',
  /** The server that a snapshot is for, with the version of its format. */
  forServer: (file: string) => `Which Redis ${file} is for`,
  versions: { 12: 'Redis 8.0 · RDB 12', 11: 'Redis 7.2 · RDB 11', 10: 'Redis 7.0 · RDB 10' },
  formless: (count: string, version: number) =>
    count === '1'
      ? `1 key has no form in RDB version ${version}. The file would be without it:`
      : `${count} keys have no form in RDB version ${version}. The file would be without them:`,
  reasons: {} as Readonly<Record<string, string>>,
  andMore: (count: string) => `and ${count} more`,
  unreadToo: (kinds: string) => `Without what this page cannot read yet: ${kinds}.`,
  without: 'Download without them',
  notNow: 'Not now',
  unconvertible: (file: string, why: string) => `${file} is damaged, so there is no other version of it: ${why}.`,
  replace: 'Replace',
  put: 'Put a dump.rdb there',
  tooLarge: 'The file is larger than 32 MB, which is more than this disk takes.',
  laid: (path: string) =>
    `${path} is on the disk. The server reads it when it starts again; with save points, a restart saves over it first, and a crash does not.`,
  laidDamaged: (path: string, why: string, stops: boolean) =>
    `${path} is on the disk, but it cannot be read: ${why}. ${stops ? 'A real redis-server would not start from it; this one starts with nothing.' : 'The server starts from it with nothing.'}`,
  laidUnread: (kinds: string) => `What this page cannot read yet will be left out: ${kinds}.`,
  last: 'What the last restart brought',
  never: 'Nothing has befallen the server yet.',
  same: 'All keys are as they were.',
  expired: (count: number) =>
    `${count === 1 ? '1 key of the file was left out, for its time' : `${count} keys of the file were left out, for their time`} had come.`,
  key: 'Key',
  fate: 'What became of it',
  before: 'Before',
  after: 'After',
  fates: { lost: 'lost', older: 'older', back: 'back' },
  db: (db: number) => `database ${db}`,
  elements: (count: string) => `${count} elements`,
  until: (time: string) => `expires ${time}`,
  more: (count: string) => `${count} more are not shown.`,
  close: 'Close',
}

export type LabMessages = typeof en

const ko: LabMessages = {
  about:
    '서버가 강제로 종료되면 스냅샷만 남아요. 저장하고, 값을 바꾸고, 서버를 강제로 종료한 뒤 무엇이 돌아왔는지 키마다 확인해 보세요.',
  save: '저장',
  later: '백그라운드 저장',
  crash: '강제 종료 (kill -9)',
  restart: '다시 시작',
  full: '디스크 꽉 채우기',
  free: '디스크 비우기',
  typed: (line, client) => `클라이언트 ${client}에 ${josa(line, '을/를')} 입력했어요.`,
  disk: '서버의 디스크',
  empty: '아직 스냅샷이 없어요. 저장하면 생겨요.',
  isFull: '디스크가 꽉 찼어요.',
  size: (bytes) => `${bytes}바이트`,
  written: (time) => `${time}에 씀`,
  download: '내려받기',
  forServer: (file) => `${josa(file, '을/를')} 읽을 Redis`,
  versions: { 12: 'Redis 8.0 · RDB 12', 11: 'Redis 7.2 · RDB 11', 10: 'Redis 7.0 · RDB 10' },
  formless: (count, version) => `키 ${count}개는 RDB 버전 ${version}에 담을 수 없어서 파일에서 빠져요.`,
  reasons: { 'fields with a time to live came with Redis 7.4': '필드별 만료 시간은 Redis 7.4부터 있어요' },
  andMore: (count) => `외 ${count}개`,
  unreadToo: (kinds) => `이 페이지에서 아직 읽을 수 없는 ${kinds}도 빠져요.`,
  without: '빼고 내려받기',
  notNow: '나중에',
  unconvertible: (file, why) => `${josa(file, '이/가')} 손상돼서 다른 버전으로 바꿀 수 없어요: ${why}.`,
  replace: '바꾸기',
  put: 'dump.rdb 올리기',
  tooLarge: '파일이 32MB보다 커서 이 디스크에 올릴 수 없어요.',
  laid: (path) =>
    `${josa(path, '이/가')} 디스크에 있어요. 서버는 다시 켜질 때 이 파일을 읽어요. 저장 시점(save)이 설정돼 있으면 다시 시작할 때는 먼저 이 파일에 덮어쓰고, 강제 종료할 때는 덮어쓰지 않아요.`,
  laidDamaged: (path, why, stops) =>
    `${josa(path, '이/가')} 디스크에 있지만 읽을 수 없어요: ${why}. ${stops ? '진짜 redis-server는 이 파일로는 켜지지 않아요. 여기서는 빈 상태로 켜져요.' : '서버는 빈 상태로 켜져요.'}`,
  laidUnread: (kinds) => `이 페이지에서 아직 읽을 수 없는 ${kinds}는 빼고 읽어요.`,
  last: '마지막으로 다시 켜졌을 때',
  never: '아직 서버에 아무 일도 없었어요.',
  same: '모든 키가 그대로예요.',
  expired: (count) => `파일의 키 ${count}개는 이미 만료돼서 읽지 않았어요.`,
  key: '키',
  fate: '결과',
  before: '전',
  after: '후',
  fates: { lost: '잃음', older: '예전 값', back: '돌아옴' },
  db: (db) => `데이터베이스 ${db}`,
  elements: (count) => `원소 ${count}개`,
  until: (time) => `${time}에 만료`,
  more: (count) => `${count}개는 여기에 나오지 않아요.`,
  close: '닫기',
}

export const labMessages = { en, ko } satisfies Record<Language, LabMessages>
