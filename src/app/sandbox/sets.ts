// Sample data for the playground: plain commands, typed into a console where they can be read and taken back.
import type { Text } from '../../wire/text.ts'

export interface SampleSet {
  readonly id: string
  readonly title: Text
  /** What there is to see in it. */
  readonly about: Text
  readonly lines: readonly string[]
}

export const sampleSets: readonly SampleSet[] = [
  {
    id: 'capitals',
    title: { en: 'Capitals', ko: '나라와 수도' },
    about: { en: 'strings; one of them expires', ko: '문자열. 하나는 곧 만료돼요' },
    lines: [
      'MSET Croatia Zagreb Norway Oslo Lebanon Beirut France Paris Japan Tokyo Bahamas Nassau Korea Seoul',
      'SET Atlantis unknown EX 600',
    ],
  },
  {
    id: 'hats',
    title: { en: 'The hat shop', ko: '모자 가게' },
    about: { en: 'a hash for each hat, a set of them all', ko: '모자마다 해시 하나, 모두를 담은 집합 하나' },
    lines: [
      'HSET hat:1326692461 color black price 49.99 style fitted quantity 1000 npurchased 0',
      'HSET hat:1236154736 color red price 59.99 style hipster quantity 500 npurchased 0',
      'HSET hat:56854717 color green price 99.99 style baseball quantity 200 npurchased 0',
      'SADD hats 1326692461 1236154736 56854717',
      'SADD hats:sale 56854717',
    ],
  },
  {
    id: 'queue',
    title: { en: 'A queue', ko: '작업 대기열' },
    about: { en: 'lists of jobs, and a lock with a time limit', ko: '할 일 리스트와 시간제한이 있는 잠금' },
    lines: [
      'RPUSH jobs:waiting "resize photo:17" "send mail:92" "resize photo:18" "count visitors"',
      'RPUSH jobs:done "send mail:91" "resize photo:16"',
      'HSET job:current name "resize photo:15" worker w1 tries 1',
      'SET lock:w1 busy EX 300',
    ],
  },
  {
    id: 'leaderboard',
    title: { en: 'A leaderboard', ko: '순위표' },
    about: { en: 'a sorted set of scores, a hash for the best', ko: '점수를 담은 정렬된 집합, 1등의 해시' },
    lines: [
      'ZADD leaderboard 3120 mina 2980 jon 2975 alex 2410 dana 2405 yuna 1990 omar 1720 lea 1500 kai 980 rui 120 tom',
      'ZADD leaderboard:today 240 dana 180 mina 75 tom',
      'HSET player:mina country KR games 41 since 2019',
    ],
  },
  {
    id: 'ten-thousand',
    title: { en: '10,000 keys', ko: '키 10,000개' },
    about: { en: 'enough to filter and to scan', ko: '걸러 보고 SCAN해 보기에 알맞아요' },
    lines: ['DEBUG POPULATE 10000 product'],
  },
  {
    id: 'hundred-thousand',
    title: { en: '100,000 keys', ko: '키 100,000개' },
    about: { en: 'what a small server holds', ko: '작은 서버에 담길 만한 양이에요' },
    lines: ['DEBUG POPULATE 100000 visitor'],
  },
]
