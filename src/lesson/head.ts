// What the head of a lesson's English file says: who it is, who takes part, how long it takes.
import { readString, type FrontMatter } from './front-matter.ts'
import type { Problems } from './problems.ts'
import type { PythonTable } from './python.ts'
import { idPattern } from './sections.ts'

/** What a lesson has from outside its file. */
export interface Around {
  /** The id of its track. */
  readonly track: string
  /** What the head need not say, because the track says it. */
  readonly clients?: readonly string[]
  readonly actors?: readonly string[]
  readonly db?: number
  /** What Python prints. */
  readonly python?: PythonTable
}

/** The facts that a lesson's head states; what it leaves out, its track or a default says. */
export function readHead(head: FrontMatter, around: Around, problems: Problems) {
  const id = readString(head, 'id', problems)
  if (id !== '' && !idPattern.test(id))
    problems.add(head.lineOf('id'), {
      en: 'An id is small letters, digits and hyphens: keys-and-values',
      ko: 'id에는 영어 소문자, 숫자, 하이픈만 쓰세요: keys-and-values',
    })
  const clients = readNames(head, 'clients', around.clients ?? ['A'], problems)
  const actors = readNames(head, 'actors', around.actors ?? [], problems)
  if (clients.length === 0)
    problems.add(head.lineOf('clients'), {
      en: 'A lesson needs a client: clients: [A]',
      ko: '수업에는 클라이언트가 있어야 해요: clients: [A]',
    })
  for (const name of actors)
    if (clients.includes(name))
      problems.add(head.lineOf('actors'), {
        en: `"${name}" is a client of the learner's. An actor needs a name of its own.`,
        ko: `"${name}" 클라이언트는 학습자가 써요. actors에는 다른 이름을 쓰세요.`,
      })
  const db = head.fields.get('db') ?? around.db ?? 0
  if (!isWhole(db) || db > 15)
    problems.add(head.lineOf('db'), {
      en: 'A database is a number from 0 to 15: db: 1',
      ko: '데이터베이스는 0부터 15까지의 번호로 쓰세요: db: 1',
    })
  const minutes = head.fields.get('minutes')
  if (!head.isBroken && (!isWhole(minutes) || minutes === 0))
    problems.add(head.lineOf('minutes'), {
      en: 'Say how many minutes the lesson takes: minutes: 5',
      ko: '수업이 몇 분 걸리는지 쓰세요: minutes: 5',
    })
  return {
    id,
    title: readString(head, 'title', problems),
    minutes: isWhole(minutes) ? minutes : 1,
    clients: clients.length > 0 ? clients : ['A'],
    actors,
    db: isWhole(db) ? db : 0,
  }
}

function readNames(head: FrontMatter, field: string, otherwise: readonly string[], problems: Problems) {
  const names = head.fields.get(field) ?? otherwise
  const ok = Array.isArray(names) && names.every((name) => typeof name === 'string' && /^[A-Za-z][\w-]*$/.test(name))
  if (ok) return names as readonly string[]
  problems.add(head.lineOf(field), {
    en: `Write ${field} as a list of names that begin with a letter: ${field}: [A, B]`,
    ko: `${field}에는 영어 글자로 시작하는 이름을 목록으로 쓰세요: ${field}: [A, B]`,
  })
  return otherwise
}

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0
