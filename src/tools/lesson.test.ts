// npm run lesson, on folders of its own. Each promise is broken once, and the breach is told with its place.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { serve } from '../hosts/tcp/server.ts'
import { inEnglish } from '../lesson/testing.ts'
import { checkLesson } from './lesson/check.ts'
import { preview } from './lesson/edit.ts'
import { findLessons, readLesson } from './lesson/files.ts'
import { columns, wrap } from './lesson/prose.ts'
import { compare } from '../conformance/lesson.ts'
import { run } from './lesson/run.ts'
import { placeOf } from './lesson/scaffold.ts'

let here: string
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'lesson-'))
})
afterEach(() => rmSync(here, { recursive: true, force: true }))

/** Runs `npm run lesson -- …` in the temporary folder. */
async function lesson(...argv: string[]) {
  const rows: string[] = []
  const errors: string[] = []
  let pauses = 0
  const pause = () => {
    pauses++
    return Promise.resolve()
  }
  const paper = { width: 80, colours: argv.includes('--colours'), write: (row: string) => void rows.push(row), pause }
  const words = argv.filter((word) => word !== '--colours')
  const code = await run(words, {
    root: resolve('.'),
    here,
    language: 'en',
    paper,
    error: (row) => void errors.push(row),
  })
  return { code, rows, errors: errors.join('\n'), pauses, said: rows.join('\n'), last: rows.at(-1) }
}

/** Replaces a text of a file that must have it. */
function edit(file: string, from: string, to: string): void {
  const path = join(here, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
}

/** The scaffold below a track, as a lesson of the house. */
async function inHouse(): Promise<void> {
  mkdirSync(join(here, '01-first'))
  writeFileSync(join(here, '01-first/track.yaml'), 'title: { en: First, ko: 처음 }\nabout: { en: It, ko: 이것 }\n')
  writeFileSync(join(here, 'python.txt'), '')
  await lesson('new', '01-first/01-doors')
}

describe('new', () => {
  it('makes a lesson that passes its checks, and says what to do next', async () => {
    const made = await lesson('new', '06-streams')
    expect(made.code).toBe(0)
    expect(made.rows.slice(0, 3)).toEqual(['06-streams/en.md', '06-streams/ko.md', '06-streams/attempts.txt'])
    expect(made.said).toContain('npm run lesson -- edit 06-streams')
    expect(readFileSync(join(here, '06-streams/en.md'), 'utf8')).toContain('id: streams\n')
    const checked = await lesson('check', '06-streams')
    expect(checked).toMatchObject({ code: 0, errors: '' })
    expect(checked.last).toMatch(/^lessons=1 problems=0 warnings=0 attempts=5 replies=2 compared=[02] server=/)
  })

  it('writes over nothing', async () => {
    mkdirSync(join(here, 'mine'))
    writeFileSync(join(here, 'mine/attempts.txt'), 'my own')
    const made = await lesson('new', 'mine')
    expect(made.code).toBe(1)
    expect(made.errors).toContain('is there already')
    expect(findLessons.bind(null, join(here, 'mine'))).toThrow('There is no en.md')
    expect(readFileSync(join(here, 'mine/attempts.txt'), 'utf8')).toBe('my own')
  })

  it('puts a name with a track into the house, and any other where one is', () => {
    const house = resolve('lessons')
    expect(placeOf('02-structures/06-streams', house, here)).toBe(join(house, '02-structures/06-streams'))
    expect(placeOf('lessons/02-structures/06-streams/', house, here)).toBe(join(house, '02-structures/06-streams'))
    expect(placeOf('mine', house, here)).toBe(join(here, 'mine'))
    expect(placeOf('course/mine', house, here)).toBe(join(here, 'course/mine'))
    expect(() => placeOf('77-nothing/01-x', house, here)).toThrow('track.yaml. Write it first')
  })

  it('refuses a name that cannot be an id', async () => {
    expect((await lesson('new', 'My Lesson')).errors).toContain('"My Lesson" cannot be a lesson\'s id')
  })
})

describe('check', () => {
  const breaches: readonly (readonly [what: string, file: string, from: string, to: string, told: string])[] = [
    ['the format', 'en.md', 'minutes: 5', 'minutes: soon', 'en.md:4: Say how many minutes'],
    ['a check that holds before', 'en.md', 'SET door closed', 'SET door open', 'holds before anything was done'],
    [
      'a check that never holds',
      'en.md',
      'GET door => "open"',
      'GET door => "ajar"',
      'does not hold after the solution',
    ],
    ['a reply', 'en.md', '"closed"', '"shut"', 'en.md:18: open-the-door: "GET door" should answer "shut" and answers'],
    ['a missing hint', 'ko.md', '```hint\n키에', '```text\n키에', 'ko.md:6: The step "open-the-door" has 3 ```hint'],
    ['a missing sentence', 'ko.md', '```check', '```text', 'has 1 ```check in the English file, and 0 here'],
    [
      'a missing step',
      'ko.md',
      '## open-the-door:',
      '## close-the-door:',
      'The step "open-the-door" of the English file',
    ],
    [
      'an unseen hint',
      'en.md',
      'Which command stores a value under a key?',
      '[x]: https://x.org',
      'Nothing is seen of hint number 1',
    ],
    [
      'a right way',
      'attempts.txt',
      'set door open',
      'set door ajar',
      'attempts.txt:3: open-the-door: this way is said to be right',
    ],
    ['a wrong way', 'attempts.txt', 'A> GET door', 'A> SET door open', 'this way is said to be wrong'],
    [
      'too few ways',
      'attempts.txt',
      'wrong\nA> GET door\n',
      '',
      'attempts.txt:1: open-the-door: there are 2 right and 2 wrong',
    ],
  ]
  it.each(breaches)('tells of %s', async (_what, file, from, to, told) => {
    await lesson('new', 'door')
    edit(`door/${file}`, from, to)
    const checked = await lesson('check', 'door/en.md')
    expect(checked.code).toBe(1)
    expect(checked.said).toContain(told)
    expect(checked.last).not.toContain('problems=0')
  })

  it('tells it in Korean, all at once', async () => {
    await lesson('new', 'door')
    edit('door/en.md', '"closed"', '"shut"')
    edit('door/en.md', 'Say here what', `${'Say here again and again what '.repeat(12)}`)
    edit('door/ko.md', '```check', '```text')
    edit('door/attempts.txt', 'set door open', 'set door ajar')
    edit('door/attempts.txt', 'wrong\nA> GET door\n', '')
    const { rows } = await lesson('check', 'door', '--lang', 'ko')
    const told = rows.filter((row) => row.startsWith('door/'))
    // One more where a real server is at hand.
    expect([5, 6]).toContain(told.length)
    for (const row of told) expect(row).toMatch(/\p{sc=Hangul}/u)
    expect(told).toContainEqual(expect.stringContaining(':18: open-the-door: "GET door" 명령에 적힌 응답은 "shut",'))
    expect(told).toContainEqual(expect.stringContaining('주의: 이 문단은'))
  })

  it('knows no other language', async () => {
    await lesson('new', 'door')
    const errors = '--lang is en or ko, not fr.'
    expect(await lesson('check', 'door', '--lang', 'fr')).toMatchObject({ code: 1, errors })
  })

  it('wants two hints', async () => {
    await lesson('new', 'door')
    const path = join(here, 'door/en.md')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace(/```hint\nWhich[^`]*```\n/, '').replace(/```hint\nType[^]*?```\n/, ''))
    rmSync(join(here, 'door/ko.md'))
    expect((await lesson('check', 'door')).said).toContain('door/en.md:11: open-the-door: Give two hints or more')
  })

  it('warns of a long paragraph, and is content', async () => {
    await lesson('new', 'door')
    edit('door/en.md', 'Say here what', `${'Say here again and again what '.repeat(12)}`)
    edit('door/ko.md', '이 단계에서', '이 단계에서 '.repeat(40))
    const { code, said } = await lesson('check', 'door')
    expect(code).toBe(0)
    expect(said).toMatch(/door\/en\.md:13: warning: This paragraph has \d+ characters, more than four lines \(320\)/)
    expect(said).toMatch(/door\/ko\.md:8: warning: .*\(200\)/)
    expect(said).toContain('problems=0 warnings=2')
  })

  it('lets a teacher write one file in one language, and tells', async () => {
    await lesson('new', 'door')
    writeFileSync(join(here, 'mine.md'), readFileSync(join(here, 'door/en.md')))
    const { code, said } = await lesson('check', 'mine.md')
    expect(code).toBe(0)
    expect(said).toContain('mine.md: there is one language only')
    expect(said).toContain('mine.md: there is no attempts.txt')
  })

  it('wants all three files in the house, and each id once', async () => {
    await inHouse()
    await lesson('new', '01-first/02-doors')
    rmSync(join(here, '01-first/01-doors/ko.md'))
    rmSync(join(here, '01-first/01-doors/attempts.txt'))
    const { code, said, last } = await lesson('check', '.')
    expect(code).toBe(1)
    expect(said).toContain('01-first/01-doors/ko.md:1: This file is missing')
    expect(said).toContain('01-first/01-doors/attempts.txt:1: This file is missing')
    expect(said).toMatch(/01-first\/02-doors\/en\.md:2: \S+01-doors\/en\.md has this id already/)
    expect(last).toContain('lessons=2 problems=4')
  })

  it('says where there is nothing to check', async () => {
    expect(await lesson('check', 'nowhere')).toMatchObject({ code: 1, errors: `There is no ${join(here, 'nowhere')}.` })
    expect((await lesson('check', '.')).errors).toContain('There is no en.md in')
    expect((await lesson('peel', 'x')).errors).toContain('usage: npm run lesson')
  })
})

describe('check, beside a server', () => {
  const body = `---
id: t
title: T
minutes: 1
clients: [A, B]
actors: [Mina]
---

## one: One

Do it.

\`\`\`redis cue
Mina> SET door closed
OK
\`\`\`

\`\`\`check
came
GET k => "v"
\`\`\`

\`\`\`redis solution
A> BLPOP list 0
1) "list"
2) "x"
B> RPUSH list x
(integer) 1
A> SET k v EX 100
OK
A> HSET h f v
(integer) 1
A> HEXPIRE h 100 FIELDS 1 f
1) (integer) 1
B> BLPOP list 30
(nil)
~ 60s
A> GET k
"v"
\`\`\`

## two: Two

Do it.

\`\`\`check
gone
EXISTS k => (integer) 0
\`\`\`

\`\`\`redis solution
A> TTL k
(integer) 40
A> HTTL h FIELDS 1 f
1) (integer) 40
B> PING
PONG
A> SUBSCRIBE news
B> PUBLISH news x
(integer) 1
A> UNSUBSCRIBE news
A> PING
PONG
B> DEL k
(integer) 1
\`\`\`
`
  const read = (text: string) => {
    writeFileSync(join(here, 'mine.md'), text)
    return readLesson(findLessons(join(here, 'mine.md'))[0]!).lesson!
  }
  /** Our own engine behind a port stands for the server: what is told apart is what a lesson states. */
  async function beside<T>(use: (server: Parameters<typeof compare>[1]) => Promise<T>): Promise<T> {
    const host = await serve('127.0.0.1', 0)
    try {
      const none = () => undefined
      const later = () => Promise.resolve()
      return await use({
        port: host.port,
        version: '8.0.2',
        cli: null,
        stop: later,
        again: later,
        fill: none,
        forget: none,
        approve: none,
      })
    } finally {
      await host.close()
    }
  }

  it('asks for every reply, but for those on a connection that hears messages', async () => {
    const found = await beside((server) => compare(read(body), server))
    expect(found.wrong).toEqual([])
    expect(found.compared).toBe(13)
    expect(found.left).toMatchObject([
      { step: 'two', line: 'PING', says: { en: 'messages come on the connection of A' } },
    ])
  })

  it('says of a reply after a moved clock only that it is another one', async () => {
    const moved = body.replace('A> GET k\n', 'A> OBJECT IDLETIME k\n(integer) 60\nA> GET k\n')
    const found = await beside((server) => compare(read(moved), server))
    expect(found.wrong).toEqual([])
    expect(found.left[0]).toMatchObject({ step: 'one', line: 'OBJECT IDLETIME k' })
    expect(found.left[0]!.says.en).toMatch(/^the clock was moved before it in this step, and the real server answers/)
  })

  it.each([
    [
      'B> PING\nPONG',
      'B> PING\nPANG',
      { step: 'two', line: 'PING', says: 'should answer PANG and the real server answers PONG' },
    ],
    [
      '(integer) 40',
      '(integer) 39',
      { step: 'two', line: 'TTL k', says: 'should answer (integer) 39 and the real server answers (integer) 40' },
    ],
    [
      'Mina> SET door closed\nOK',
      'Mina> SET door closed\nKO',
      { step: 'one', line: 'SET door closed', says: 'should answer KO and the real server answers OK' },
    ],
  ])('hears that %j is not %j', async (right, wrong, remark) => {
    const found = await beside((server) => compare(read(body.replace(right, wrong)), server))
    expect(found.wrong.map((one) => ({ ...one, says: inEnglish(one.says) }))).toEqual([remark])
  })

  it('tells each with its place', async () => {
    read(body.replace('B> PING\nPONG', 'B> PING\nPANG'))
    const file = join(here, 'mine.md')
    const found = await beside((server) => checkLesson(findLessons(file)[0]!, server))
    const line = readFileSync(file, 'utf8').split('\n').lastIndexOf('A> PING') + 1
    expect(found.findings.map(({ says }) => inEnglish(says))).toContain(
      'two: "PING" should answer PANG and the real server answers PONG',
    )
    expect(found.notes.map(inEnglish)).toContain(
      `${file}:${line}: "PING" was not compared with the real server: messages come on the connection of A.`,
    )
    expect(found).toMatchObject({ replies: 14, compared: 13 })
  })
})

describe('play', () => {
  it('prints a transcript', async () => {
    await lesson('new', 'door')
    const { code, said, pauses } = await lesson('play', 'door', '--all')
    expect(code).toBe(0)
    expect(pauses).toBe(0)
    expect(said).toContain('1/1  Open the door')
    expect(said).toContain('A> GET door\n"closed"\n')
    expect(said).toContain('Solution:\nA> SET door open\nOK\n')
    expect(said).toContain('✓ The door is open.')
    expect(said).not.toContain('\u001b')
    expect((await lesson('play', 'door', '--colours')).said).toContain('\u001b[36mA>\u001b[0m GET door')
  })

  it('is there in Korean, where the lesson is', async () => {
    await lesson('new', 'door')
    expect((await lesson('play', 'door', '--language', 'ko')).said).toContain('풀이:\nA> SET door open')
    rmSync(join(here, 'door/ko.md'))
    expect(await lesson('play', 'door', '--language', 'ko')).toMatchObject({ code: 1, said: '' })
  })

  it('waits for Enter before each reply that is foretold, and between the steps', async () => {
    const path = resolve('lessons/02-structures/03-waiting')
    const { code, pauses, said } = await lesson('play', path)
    const { steps } = readLesson(findLessons(path)[0]!).lesson!
    const guesses = steps.flatMap(({ body }) => body).filter(({ kind }) => kind === 'predict')
    expect(code).toBe(0)
    expect(pauses).toBe(steps.length - 1 + guesses.length)
    expect(said).toContain('A> BLPOP orders 0\nA: waits …')
    expect(said).toContain('B> RPUSH orders green\n(integer) 1\nA: had been waiting\n1) "orders"\n2) "green"')
  })

  it('ends badly where a check does not hold', async () => {
    await lesson('new', 'door')
    edit('door/en.md', 'GET door => "open"', 'GET door => "ajar"')
    const { code, said } = await lesson('play', 'door')
    expect(code).toBe(1)
    expect(said).toContain('✗ The door is open.')
  })

  it('reckons with wide letters', () => {
    expect(columns('문 a')).toBe(4)
    expect(wrap('문을 열어 보세요 now', 9)).toEqual(['문을 열어', '보세요', 'now'])
  })
})

describe('edit', () => {
  it('shows the file as the only lesson, and keeps the last sound one while it is broken', async () => {
    await lesson('new', 'door')
    const [files] = findLessons(join(here, 'door'))
    const told: string[][] = []
    const { server, refresh } = await preview(resolve('.'), files!, 0, (found) =>
      told.push(found.map((one) => inEnglish(one.says))),
    )
    try {
      const sent = vi.spyOn(server.ws, 'send')
      const list = async () => (await server.transformRequest('virtual:lessons'))!.code
      const borrowed = resolve('lessons/01-keys/01-first-contact')
      const shown = async (language: string) => (await server.transformRequest(join(borrowed, `${language}.md`)))!.code
      expect(await list()).toContain('"id":"door"')
      expect(await list()).toContain('"languages":["en","ko"]')
      expect(await shown('en')).toContain('Open the door')
      expect(await shown('ko')).toContain('문 열기')

      edit('door/en.md', 'Open the door', 'Close the door')
      await refresh()
      expect(await shown('en')).toContain('Close the door')
      expect(sent).toHaveBeenCalledWith({ type: 'full-reload' })

      edit('door/en.md', 'minutes: 5', 'minutes: soon')
      await refresh()
      expect(await shown('en')).toContain('Close the door')
      expect(told[0]).toEqual([])
      expect(told.at(-1)).toEqual(['Say how many minutes the lesson takes: minutes: 5'])

      rmSync(join(here, 'door/en.md'))
      await refresh()
      expect(told.at(-1)![0]).toContain('no such file')
    } finally {
      await server.close()
    }
  })
})
