import { describe, expect, it } from 'vitest'
import { latin } from '../wire/bytes.ts'
import { parseLesson, translateLesson, type Parsed } from './format.ts'
import type { Lesson } from './schema.ts'
import { inEnglish } from './testing.ts'

const head = '---\nid: hats\ntitle: Hats\nminutes: 3\nclients: [A, B]\n---\n'
const step = '\n## one: One\n\nSay it.\n'

const lessonOf = (parsed: Parsed): Lesson => {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.lesson
}
const read = (source: string): Lesson => lessonOf(parseLesson(source, { track: 'keys' }))
const problems = (parsed: Parsed): string[] =>
  parsed.ok ? [] : parsed.problems.map(({ line, says }) => `${line}: ${inEnglish(says)}`)
const wrong = (source: string): string[] => problems(parseLesson(source, { track: 'keys' }))
const fence = (info: string, ...lines: string[]) => ['', `\`\`\`${info}`, ...lines, '```', ''].join('\n')
const solved = fence('redis solution', 'SET k v')

const whole = [
  head,
  fence('redis setup', 'HSET hat:1 quantity 1'),
  step,
  fence('redis run client=B', 'GET k', 'GET j'),
  fence('expect', '(nil)'),
  fence('check', 'k holds v.', 'GET k => "v"'),
  fence('hint', 'Which **key**?', '', '- `SET`'),
  fence('redis solution', 'B> SET k v', 'OK', '127.0.0.1:6379[1](TX)> KEYS *', '1) "k"', '2) "j"'),
].join('')

describe('a lesson', () => {
  it('is read whole', () => {
    const lesson = read(whole)
    expect(lesson).toMatchObject({ id: 'hats', track: 'keys', language: 'en', minutes: 3, clients: ['A', 'B'], db: 0 })
    expect(lesson.setup).toEqual([{ client: 'A', line: 'HSET hat:1 quantity 1' }])
    const [one] = lesson.steps
    expect(one).toMatchObject({ id: 'one', title: 'One' })
    expect(one!.body[1]).toEqual({
      kind: 'run',
      lines: [
        { client: 'B', line: 'GET k' },
        { client: 'B', line: 'GET j', expect: '(nil)' },
      ],
    })
    expect(one!.solution).toEqual([
      { client: 'B', line: 'SET k v', expect: 'OK' },
      { client: 'A', line: 'KEYS *', expect: '1) "k"\n2) "j"' },
    ])
    expect(one!.hints).toEqual([
      [
        {
          kind: 'paragraph',
          text: [
            { kind: 'text', text: 'Which ' },
            { kind: 'strong', text: [{ kind: 'text', text: 'key' }] },
            { kind: 'text', text: '?' },
          ],
        },
        {
          kind: 'list',
          ordered: false,
          items: [[{ kind: 'paragraph', text: [{ kind: 'code', text: 'SET' }] }]],
        },
      ],
    ])
  })

  it('survives JSON, so that a build can carry it', () => {
    const lesson = read(head + step + fence('check', 's', 'GET "\\xff안" => "\\xff"') + solved)
    expect(JSON.parse(JSON.stringify(lesson))).toEqual(lesson)
    expect(lesson.steps[0]!.checks[0]!.test).toMatchObject({ argv: ['GET', latin('\xff\xec\x95\x88')] })
  })

  it('reads Windows line ends', () => {
    expect(read(whole.replaceAll('\n', '\r\n'))).toEqual(read(whole))
  })
})

describe('tests', () => {
  const testOf = (...lines: string[]) => {
    const { test, mode } = read(head + step + fence('check', 's', ...lines) + solved).steps[0]!.checks[0]!
    return { ...test, mode }
  }

  it.each([
    ['GET k => "a => b"', { kind: 'probe', db: 0, argv: ['GET', 'k'], wants: { op: 'is', shown: '"a => b"' } }],
    ['GET "a => b" => (nil)', { argv: ['GET', 'a => b'], wants: { op: 'is', shown: '(nil)' } }],
    [
      'A replied: EXEC has (error) ERR x is not y',
      { command: ['EXEC'], wants: { op: 'has', shown: '(error) ERR x is not y' } },
    ],
    ['GET "x is not y" is not "v"', { argv: ['GET', 'x is not y'], wants: { op: 'is not', shown: '"v"' } }],
    ['[3] GET k => "안녕"', { db: 3, wants: { op: 'is', shown: '"\\xec\\x95\\x88\\xeb\\x85\\x95"' } }],
    ['TTL runner between -1 and 60', { argv: ['TTL', 'runner'], wants: { op: 'between', low: -1, high: 60 } }],
    ['DBSIZE at least 3', { wants: { op: 'between', low: 3, high: Number.MAX_SAFE_INTEGER } }],
    ['LRANGE q 0 -1 has "a"', { wants: { op: 'has', shown: '"a"' }, mode: 'live' }],
    ['replied: GET Japan => (nil)', { kind: 'replied', client: null, command: ['GET', 'Japan'], mode: 'latched' }],
    ['B replied EXEC => (nil)', { kind: 'replied', client: 'B', command: ['EXEC'] }],
    ['A replied: PING', { kind: 'replied', client: 'A', command: ['PING'], wants: { op: 'any' } }],
    ['A is in transaction', { kind: 'state', client: 'A', is: 'in transaction', key: null, mode: 'live' }],
    ['B is watching "hat 1"', { kind: 'state', client: 'B', is: 'watching', key: 'hat 1' }],
    ['B is blocked on q', { kind: 'state', client: 'B', is: 'blocked', key: 'q' }],
  ])('%s', (line, wanted) => expect(testOf(line)).toMatchObject(wanted))

  it('goes on below => for an array', () => {
    const many = { wants: { op: 'is', shown: '1) "a"\n2) (nil)' } }
    expect(testOf('MGET a b => 1) "a"', '2) (nil)')).toMatchObject(many)
    expect(testOf('MGET a b =>', '1) "a"', '2) (nil)')).toMatchObject(many)
  })

  it('is live or latched as its fence says', () => {
    const lesson = read(head + step + fence('check latched', 's', 'GET k => "v"') + solved)
    expect(lesson.steps[0]!.checks[0]!.mode).toBe('latched')
  })
})

describe('mistakes come with their line and what to do', () => {
  it.each([
    ['# Just a text', ['1: Begin the file', '1: Inside a step', '1: Only a fence', '1: There is no step']],
    [head.replace('id: hats', 'id: My Hats') + step, ['2: An id is small letters']],
    [head.replace('title: Hats\n', '') + step, ['needs a line "title: …"']],
    [head.replace('minutes: 3', 'minutes: soon') + step, ['4: Say how many minutes']],
    [head.replace('[A, B]', '[]') + step, ['5: A lesson needs a client']],
    [head.replace('minutes', 'minuets') + step, ['4: "minuets" is not known here', 'Say how many minutes']],
    [head.replace('Hats', '"') + step, [': This is not YAML']],
    [`---\na: &a [x]\nb: *a\n---\n${step}`, ['The YAML here cannot be read']],
    [head + '\nHello.\n' + step, ['8: Only a fence ```redis setup']],
    [head + '\n## One\n\nx\n', ["8: A step's heading is"]],
    [head + step + step, ['12: There is a step "one" already']],
    [head + '\n## one: One\n', ['8: This step says nothing']],
    [head + step + fence('redis rnu', 'GET k'), ['12: "redis rnu" is not a fence']],
    [head + step + fence('redis run user=B', 'GET k'), ['12: "user=B" is not known behind']],
    [head + step + fence('redis run client=C', 'GET k'), ['12: There is no client "C"', '13: There is no client "C"']],
    [head + step + fence('redis run', 'C> GET k'), ['13: There is no client "C"']],
    [head + step + fence('redis run', 'SET k "v'), ['13: The quotes of this command']],
    [head + step + fence('redis run', '(nil)', 'A> GET k'), ['13: A reply stands here before any command']],
    [head + step + fence('redis run', 'A>'), ['13: A prompt without a command']],
    [head + step + fence('redis run'), ['12: This fence is empty']],
    [head + step + fence('redis setup', 'SET k v'), ['12: The setup stands before the first step']],
    [head + step + fence('expect', '(nil)'), ['12: An ```expect stands right below']],
    [
      head + step + fence('redis run', '> GET k', '(nil)') + fence('expect', '(nil)'),
      ['17: The reply to the line above'],
    ],
    [head + step + fence('check', 'GET k => "v"') + solved, ['12: A check is a sentence for people']],
    [head + step + fence('check', 's', 'GET k') + solved, ['14: This test does not say what it wants']],
    [head + step + fence('check', 's', 'GET "k => "v"') + solved, ['14: The quotes of this test']],
    [head + step + fence('check', 's', 'C is blocked') + solved, ['14: There is no client "C"']],
    [head + step + fence('check sometimes', 's', 'GET k => "v"') + solved, ['12: "sometimes" is not known']],
    [head + step + fence('check', 's', 'GET k => "v"'), ['8: This step has a check but no']],
    [head + step + solved, ['8: This step has a solution but no']],
    [head + step + fence('hint', '```redis run', 'GET k'), ['13: This fence', '13: A hint holds']],
    [head + step + fence('hint'), ['12: This hint is empty']],
    [head + step + '\n```redis run\nGET k\n', ['12: This fence is never closed']],
    [
      head + step + '\n- in a list:\n\n  ```redis run\n  GET k\n  ```\n',
      ['14: A fence "redis run" cannot stand inside'],
    ],
    [head + step + '\n![a hat](https://x.org/h.png)\n', ['12: Pictures cannot be shown']],
    [head + step + '\n***\n', ['12: A ruled line cannot be shown']],
    [head + step + '\n# Big\n', ['12: Inside a step, headings begin with ###']],
  ])('%j', (source, says) => {
    const found = wrong(source)
    for (const sentence of says) expect(found.join('\n')).toContain(sentence)
    expect(found).toHaveLength(says.length)
  })

  it('tells all of them at once, from the top', () => {
    const found = wrong(`${head}${step}${fence('redis run', 'SET "')}${fence('hint')}`)
    expect(found.map((one) => one.split(':')[0])).toEqual(['13', '16'])
  })
})

describe('hostile Markdown', () => {
  const body = (markdown: string) => read(`${head}\n## one: One\n\n${markdown}\n`).steps[0]!.body

  it('shows raw HTML as the text that it is', () => {
    expect(body('<img src=x onerror=alert(1)> &lt;b>')).toEqual([
      { kind: 'paragraph', text: [{ kind: 'text', text: '<img src=x onerror=alert(1)> <b>' }] },
    ])
    expect(body('<script>\nalert(1)\n</script>')).toEqual([
      { kind: 'paragraph', text: [{ kind: 'text', text: '<script> alert(1) </script>' }] },
    ])
  })

  it('keeps a link to https', () => {
    expect(body('[Redis](https://redis.io/docs)')).toEqual([
      {
        kind: 'paragraph',
        text: [{ kind: 'link', href: 'https://redis.io/docs', text: [{ kind: 'text', text: 'Redis' }] }],
      },
    ])
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html,hi)',
    '[x](http://example.org)',
    '[x](//example.org)',
    '[x](/etc)',
    '[x](https:///nowhere)',
    '<javascript:alert(1)>',
    '[x][y]\n\n[y]: vbscript:x',
  ])('refuses the link %s', (link) => {
    expect(wrong(`${head}${step}\nfirst\n${link}\n`)).toEqual([expect.stringMatching(/^13: A link begins with https:/)])
  })

  it.each([
    ['quotes', '>'.repeat(10_000)],
    ['quotes with spaces', '> '.repeat(10_000)],
    ['lists', '- '.repeat(10_000)],
    ['bold', '**a '.repeat(10_000) + '**'.repeat(10_000)],
    ['stars', '*a **b '.repeat(5_000) + 'b** a*'.repeat(5_000)],
    ['brackets', '['.repeat(10_000)],
    ['links', `${'['.repeat(500)}x${'](https://a.b)'.repeat(500)}`],
    ['a front matter of brackets', `x\n---\n---\nid: ${'['.repeat(10_000)}\n---\n`],
  ])('does not overflow on 10,000 nested %s', (_what, markdown) => {
    expect(() => parseLesson(`${head}${step}\n${markdown} x\n`, { track: 'keys' })).not.toThrow()
  })

  it('says so where nesting is too deep, and loses nothing in silence', () => {
    expect(wrong(`${head}${step}\n${'> '.repeat(10_000)}x\n`)[0]).toMatch(/^12: Lists and quotes are nested too deep/)
    const deep = `${'*a _b '.repeat(10)}x${'_*'.repeat(10)}`
    expect(wrong(`${head}${step}\n${deep}\n`)).toEqual([
      expect.stringMatching(/^12: Bold, italics and links are nested/),
    ])
  })

  it('does not overflow on a head of 10,000 brackets', () => {
    expect(wrong(`---\nid: ${'['.repeat(10_000)}\n---\n${step}`).length).toBeGreaterThan(0)
  })

  it('refuses a file that is longer than any lesson', () => {
    expect(wrong(head + step + 'x'.repeat(200_000))).toEqual([
      '1: This file is too long for a lesson. Make several of it.',
    ])
  })
})

describe('Korean', () => {
  const bold = (markdown: string) => {
    const [block] = read(`${head}\n## one: One\n\n${markdown}\n`).steps[0]!.body
    return block?.kind === 'paragraph'
      ? block.text.map((one) => (one.kind === 'strong' ? `<${plain(one.text)}>` : plain([one]))).join('')
      : ''
  }
  const plain = (text: readonly { readonly kind: string; readonly text: unknown }[]): string =>
    text.map((one) => (typeof one.text === 'string' ? one.text : '?')).join('')

  it.each([
    ['**한글**을 써요', '<한글>을 써요'],
    ['**키(key)**는 이름이에요', '<키(key)>는 이름이에요'],
    ['**"값"**은 값이에요', '<"값">은 값이에요'],
    ['**`GET`**은 값을 돌려줘요', '<GET>은 값을 돌려줘요'],
    ['이건**"값"**이에요', '이건<"값">이에요'],
    ['**없어요!**라고 해요', '<없어요!>라고 해요'],
    ['**하나.** 그리고 **둘.**', '<하나.> 그리고 <둘.>'],
    ['2 ** 3 은 8', '2 ** 3 은 8'],
  ])('%s', (markdown, shown) => expect(bold(markdown)).toBe(shown))
})

describe('another language', () => {
  const korean = [
    '---\nid: hats\ntitle: 모자\n---\n',
    '\n## one: 하나\n\n말해요.\n',
    fence('redis run'),
    fence('check', 'k에 v가 있어요.'),
    fence('hint', '어느 키일까요?'),
  ].join('')
  const lay = (source: string) => translateLesson(read(whole), source, 'ko')

  it('brings its prose, and the machine parts stay', () => {
    const english = read(whole)
    const lesson = lessonOf(lay(korean))
    expect(lesson).toMatchObject({
      id: 'hats',
      language: 'ko',
      title: '모자',
      clients: ['A', 'B'],
      setup: english.setup,
    })
    const [one] = lesson.steps
    expect(one!.title).toBe('하나')
    expect(one!.body.map((block) => block.kind)).toEqual(['paragraph', 'run'])
    expect(one!.body[1]).toBe(lesson.steps[0]!.body[1])
    expect(one!.body[1]).toEqual(english.steps[0]!.body[1])
    expect(one!.checks).toEqual([{ ...english.steps[0]!.checks[0]!, says: 'k에 v가 있어요.' }])
    expect(one!.solution).toEqual(english.steps[0]!.solution)
    expect(one!.hints).toHaveLength(1)
  })

  it.each([
    ['another id', korean.replace('id: hats', 'id: caps'), '2: The English file has the id "hats"'],
    ['machine facts in the head', korean.replace('title:', 'minutes: 3\ntitle:'), '3: "minutes" is not known here'],
    ['a setup', korean.replace('\n## one', `${fence('redis setup', 'SET k v')}\n## one`), '6: Nothing stands before'],
    [
      'an unknown step',
      korean.replace('## one', '## two: 둘\n\n둘이에요.\n\n## one'),
      '6: The English file has no step "two"',
    ],
    ['a missing step', korean.slice(0, korean.indexOf('## one')), 'The step "one" of the English file is missing'],
    [
      'a solution',
      korean + fence('redis solution', 'SET k v'),
      'A fence "redis solution" lives in the English file only',
    ],
    ['an expect', korean + fence('expect', 'OK'), 'A fence "expect" lives in the English file only'],
    [
      'lines to run',
      korean.replace('```redis run\n', '```redis run\nGET k\n'),
      '10: The lines live in the English file',
    ],
    ['a client', korean.replace('```redis run', '```redis run client=B'), '10: Write only ```redis run here'],
    ['a mode', korean.replace('```check', '```check live'), '13: Write only ```check here'],
    ['a test', korean.replace('있어요.', '있어요.\nGET k => "v"'), '13: Here a check is one sentence'],
    [
      'a check too many',
      korean + fence('check', '또.'),
      '6: The step "one" has 1 ```check in the English file, and 2 here',
    ],
    [
      'a hint too few',
      korean.slice(0, korean.indexOf('```hint')),
      '6: The step "one" has 1 ```hint in the English file, and 0',
    ],
    [
      'a run too few',
      korean.replace(fence('redis run'), ''),
      '6: The step "one" has 1 ```redis run in the English file, and 0',
    ],
    ['no prose', korean.replace('말해요.', '').replace(fence('redis run'), ''), '6: This step says nothing'],
  ])('does not fit with %s', (_what, source, says) => {
    expect(problems(lay(source)).join('\n')).toContain(says)
  })

  it('does not fit in another order', () => {
    const two = read(`${head}\n## one: One\n\n1\n\n## two: Two\n\n2\n`)
    const source = '---\nid: hats\ntitle: t\n---\n## two: 둘\n\n2\n\n## one: 하나\n\n1\n'
    expect(problems(translateLesson(two, source, 'ko'))).toEqual([
      '5: The steps stand in another order than in the English file: one, two.',
    ])
  })
})

const played = [
  head.replace('clients: [A, B]', 'clients: [A, B]\nactors: [Mina]'),
  step,
  fence('redis cue', 'when: A is watching k', 'Mina> SET k 2', 'OK'),
  fence('redis predict', 'A> GET k', '"1"', 'or', '(nil)', 'or', '(error) ERR no', 'or', '1) "a"'),
  fence('redis run interrupt', 'A> ^C', '~ 1.5s', 'A> GET k'),
  fence('python', '>>> r.get("k")'),
  fence('check', 'A looked.', 'A typed: GET k'),
  fence('hint', 'Look.'),
  fence('hint when', 'replied: GET fails WRONGTYPE', 'That is another kind.'),
  fence('redis solution', 'A> GET k', '"1"', '~ 2m'),
].join('')

describe('what happens in a lesson', () => {
  const around = { track: 'keys', python: new Map([['>>> r.get("k")', ["b'1'\n", "b'2'\n"]]]) }
  const [one] = lessonOf(parseLesson(played, around)).steps

  it('is read', () => {
    expect(one!.cues).toEqual([
      {
        when: { kind: 'state', client: 'A', is: 'watching', key: 'k' },
        lines: [{ client: 'Mina', line: 'SET k 2', expect: 'OK' }],
      },
    ])
    expect(one!.body.slice(1)).toEqual([
      {
        kind: 'predict',
        typed: { client: 'A', line: 'GET k', expect: '"1"' },
        choices: ['"1"', '(error) ERR no', '(nil)', '1) "a"'],
      },
      {
        kind: 'run',
        lines: [{ interrupt: 'A' }, { skip: 1500 }, { client: 'A', line: 'GET k' }],
        interrupts: true,
      },
      { kind: 'python', code: '>>> r.get("k")\nb\'1\'' },
    ])
    expect(one!.reactions[0]).toMatchObject({ when: { kind: 'replied', wants: { op: 'fails', code: 'WRONGTYPE' } } })
    expect(one!.hints).toHaveLength(1)
    expect(one!.checks[0]!.test).toMatchObject({ kind: 'replied', client: 'A', wants: { op: 'whatever' } })
    expect(one!.solution.at(-1)).toEqual({ skip: 120_000 })
  })

  it('lets Python answer as it did another time, where the author writes so', () => {
    const second = played.replace('>>> r.get("k")', '>>> r.get("k")\nb\'2\'')
    expect(lessonOf(parseLesson(second, around)).steps[0]!.body.at(-1)).toEqual({
      kind: 'python',
      code: '>>> r.get("k")\nb\'2\'',
    })
  })

  it('stands in the other language where its empty fences are', () => {
    const other = (body: string) => translateLesson(lessonOf(parseLesson(played, around)), body, 'ko')
    const korean = [
      '---\nid: hats\ntitle: 모자\n---\n\n## one: 하나\n\n먼저.\n',
      ...['redis predict', 'python', 'redis run'].map((name) => fence(name)),
      fence('check', '봤다.'),
      fence('hint', '봐요.'),
      fence('hint when', '다른 종류예요.'),
    ].join('')
    const [step] = lessonOf(other(korean)).steps
    expect(step!.body.map(({ kind }) => kind)).toEqual(['paragraph', 'predict', 'python', 'run'])
    expect(step!.reactions[0]!.says).toEqual([{ kind: 'paragraph', text: [{ kind: 'text', text: '다른 종류예요.' }] }])
    expect(problems(other(korean.replace('```python\n```', '')))).toEqual([
      '6: The step "one" has 1 ```python in the English file, and 0 here.',
    ])
  })

  it('takes from its track what its head does not say', () => {
    const bare = '---\nid: hats\ntitle: Hats\nminutes: 3\n---\n' + step
    const track = { track: 'shop', clients: ['A', 'B'], actors: ['Mina'], db: 1 }
    expect(lessonOf(parseLesson(bare, track))).toMatchObject({ clients: ['A', 'B'], actors: ['Mina'], db: 1 })
  })

  it.each([
    [played.replace('actors: [Mina]', 'actors: [A]'), '"A" is a client of the learner'],
    [played.replace('\nactors: [Mina]', ''), 'Nobody acts on cue yet'],
    [played.replace('Mina> SET k 2', 'B> SET k 2'), 'There is no client "B"'],
    [played.replace('"1"\nor', 'or'), 'Foretell one line'],
    [played.replace('(nil)\nor', '"1"\nor'), 'Two of these replies are the same'],
    [played.replace('r.get("k")', 'r.get("j")'), 'lessons/python.txt does not have: >>> r.get("j")'],
    [played.replace('>>> r.get("k")', '>>> r.get("k")\n1'), 'Python prints something else'],
    [played.replace('Mina> SET k 2', '~ 5s\nMina> SET k 2'), 'Here stand only lines that somebody types'],
  ])('says what is wrong (%#)', (source, says) => {
    expect(problems(parseLesson(source, around)).join('\n')).toContain(says)
  })
})
