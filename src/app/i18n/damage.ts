// What is wrong with a server's snapshot, or left out of it: wherever one is opened, laid on the disk or started from.
import type { Damage, Unread } from '../../session/protocol.ts'
import type { Language } from '../../wire/text.ts'

const en = {
  what: {
    'not-rdb': 'it is no RDB file',
    newer: 'it was written by a newer Redis than 8.0',
    cut: 'the file ends too early',
    checksum: 'the checksum does not fit what stands in the file',
    form: 'something stands that cannot be read',
    limits: 'the file asks for more than this page takes in',
    contents: 'what stands there contradicts itself',
  } satisfies Record<Damage['kind'], string>,
  at: (offset: string, key: string | null, what: string) =>
    key === null ? `at byte ${offset} ${what}` : `at byte ${offset}, in the key “${key}”, ${what}`,
  kinds: {
    stream: (count: number) => (count === 1 ? '1 stream' : `${count} streams`),
    function: (count: number) => (count === 1 ? '1 library of functions' : `${count} libraries of functions`),
    module: (count: number) => (count === 1 ? '1 thing of a module' : `${count} things of modules`),
  },
  all: (parts: readonly string[]) => new Intl.ListFormat('en').format(parts),
}

type DamageMessages = typeof en

const ko: DamageMessages = {
  what: {
    'not-rdb': 'RDB 파일이 아니에요',
    newer: 'Redis 8.0보다 새로운 버전에서 만든 파일이에요',
    cut: '파일이 중간에 끊겨 있어요',
    checksum: '체크섬이 파일 내용과 맞지 않아요',
    form: '읽을 수 없는 형식이 나와요',
    limits: '이 페이지에서 받을 수 있는 것보다 많은 내용이 나와요',
    contents: '내용의 앞뒤가 맞지 않아요',
  },
  at: (offset, key, what) =>
    key === null ? `${offset}바이트 위치에서 ${what}` : `${offset}바이트 위치의 키 ‘${key}’에서 ${what}`,
  kinds: {
    stream: (count) => `스트림 ${count}개`,
    function: (count) => `함수 라이브러리 ${count}개`,
    module: (count) => `모듈 데이터 ${count}개`,
  },
  all: (parts) => parts.join(', '),
}

const words = { en, ko } satisfies Record<Language, DamageMessages>

/**
 * Whether the real server is sure not to start from it either. What asks for more than we take, or is of a form unknown to us,
 * may be well for it; and what contradicts itself it does not always notice.
 */
export const stopsServer = ({ kind }: Damage): boolean => ['not-rdb', 'newer', 'cut', 'checksum'].includes(kind)

/** Characters of a key's name that a sentence bears. */
const LONGEST = 60

/** What is wrong, at which byte and under which key: a sentence without its first capital and its full stop. */
export function damageIn(language: Language, { kind, offset, key }: Damage): string {
  const { what, at } = words[language]
  if (kind === 'not-rdb' || kind === 'newer') return what[kind]
  const name = key === null || key.length <= LONGEST ? key : `${key.slice(0, LONGEST)}…`
  return at(offset.toLocaleString(language), name, what[kind])
}

/** Kinds of things that were left out, with how many there are. */
export function unreadIn(language: Language, unread: Unread): string {
  const { kinds, all } = words[language]
  const told = unread.map(([kind, count]) =>
    kind in kinds ? kinds[kind as keyof typeof kinds](count) : `${kind} ${count}`,
  )
  return all(told)
}
