// The sentences about the server itself, as a machine: apart from the others because they come later.
import type { Language } from '../../wire/text.ts'
import { josa } from './josa.ts'

const en = {
  title: 'The server itself',
  /** What can be done to it. */
  deeds: {
    crash: 'Crash the server (kill -9)',
    restart: 'Restart the server',
    full: 'Fill its disk',
    free: 'Make room on its disk',
  },
  hint: 'A crash takes all that its last snapshot does not have. Undo brings it back.',
  crashed: 'The server was killed, and has started again',
  restarted: 'The server was ended, and has started again',
  shutdown: 'The server was shut down, and has started again',
  from: (file: string, keys: number) => `from ${file}, with ${keys === 1 ? '1 key' : `${keys} keys`}`,
  fromNothing: 'with nothing, for there was no snapshot',
  /** `stops`: the real server would not even start. */
  unreadable: (file: string, why: string, stops: boolean) =>
    `with nothing, for ${file} cannot be read: ${why}${stops ? '; a real redis-server would not start' : ''}`,
  lost: (count: number) => `${count === 1 ? '1 key is' : `${count} keys are`} lost`,
  older: (count: number) => `${count === 1 ? '1 is' : `${count} are`} older`,
  back: (count: number) => `${count === 1 ? '1 that was removed is' : `${count} that were removed are`} back`,
  unread: (kinds: string) => `left out, for this page cannot read that yet: ${kinds}`,
  all: (what: string, source: string, counts: readonly string[]) =>
    `${what}, ${source}.${counts.length > 0 ? ` ${counts.join(', ')}.` : ''}`,
  refused: 'The server could not save its snapshot, so it goes on instead of ending.',
  notStarting: (line: number, why: string) =>
    `The server goes on instead of ending, for it would not start again: line ${line} of redis.conf is refused (${why}).`,
  withoutConfig: (line: number, why: string) =>
    `It runs without its redis.conf, of which line ${line} is refused (${why}). A real server would not have started.`,
  isFull: 'The disk is full now: no snapshot can be written.',
  isFree: 'There is room on the disk again.',
  details: 'Details',
  lab: 'Durability lab',
}

export type ServerMessages = typeof en

const ko: ServerMessages = {
  title: '서버 자체',
  deeds: {
    crash: '서버 강제 종료 (kill -9)',
    restart: '서버 다시 시작',
    full: '디스크 꽉 채우기',
    free: '디스크 비우기',
  },
  hint: '강제로 종료하면 마지막 스냅샷에 없는 것은 모두 사라져요. 되돌리기를 누르면 다시 돌아와요.',
  crashed: '서버가 강제로 종료됐다가 다시 켜졌어요',
  restarted: '서버가 꺼졌다가 다시 켜졌어요',
  shutdown: '서버가 SHUTDOWN으로 꺼졌다가 다시 켜졌어요',
  from: (file, keys) => `${josa(file, '을/를')} 읽어 키 ${keys}개를 되찾았어요`,
  fromNothing: '스냅샷이 없어서 비어 있어요',
  unreadable: (file, why, stops) =>
    `${josa(file, '을/를')} 읽을 수 없어서 비어 있어요: ${why}${stops ? '. 진짜 redis-server라면 켜지지 않았을 거예요' : ''}`,
  lost: (count) => `키 ${count}개를 잃었어요`,
  older: (count) => `${count}개는 예전 값이에요`,
  back: (count) => `지웠던 ${count}개가 돌아왔어요`,
  unread: (kinds) => `이 페이지에서 아직 읽을 수 없는 ${kinds}는 빠졌어요`,
  all: (what, source, counts) => [what, source, ...counts].map((each) => `${each}.`).join(' '),
  refused: '스냅샷을 저장할 수 없어서 서버가 꺼지지 않고 그대로 있어요.',
  notStarting: (line, why) =>
    `redis.conf ${line}번째 줄에 잘못이 있어(${why}) 다시 켜지지 못해요. 그래서 서버가 꺼지지 않고 그대로 있어요.`,
  withoutConfig: (line, why) =>
    `redis.conf ${line}번째 줄에 잘못이 있어서(${why}) 설정 파일 없이 켜졌어요. 진짜 서버라면 켜지지 않았을 거예요.`,
  isFull: '이제 디스크가 꽉 차서 스냅샷을 쓸 수 없어요.',
  isFree: '디스크에 다시 자리가 생겼어요.',
  details: '자세히',
  lab: '내구성 실험실',
}

export const serverMessages = { en, ko } satisfies Record<Language, ServerMessages>
