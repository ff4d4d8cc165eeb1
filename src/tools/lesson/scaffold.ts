// A new lesson: three small files that pass every check, to be written over.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { withoutNumber } from '../lessons.ts'
import { idPattern } from '../../lesson/sections.ts'

/** Where a lesson of this name goes: below a track of `house` (the folder `lessons`), or into the present folder. */
export function placeOf(name: string, house: string, here: string): string {
  const [track, lesson, ...more] = name
    .replace(/\/+$/, '')
    .replace(/^lessons\//, '')
    .split('/')
  if (lesson === undefined) return resolve(here, track!)
  if (more.length > 0) return resolve(here, name)
  if (existsSync(join(house, track!, 'track.yaml'))) return join(house, track!, lesson)
  if (/^\d+-/.test(track!) && !existsSync(resolve(here, track!)))
    throw new Error(
      `There is no ${join(house, track!, 'track.yaml')}. Write it first: a title and about, in both languages.`,
    )
  return resolve(here, name)
}

/** Writes the files; nothing that is there is touched. */
export function scaffold(folder: string): readonly string[] {
  const id = withoutNumber(basename(folder))
  if (!idPattern.test(id))
    throw new Error(`"${id}" cannot be a lesson's id. Use small letters, digits and hyphens, as in 06-streams.`)
  const files = Object.entries({ 'en.md': english(id), 'ko.md': korean(id), 'attempts.txt': attempts })
  const there = files.map(([name]) => join(folder, name)).find(existsSync)
  if (there) throw new Error(`${there} is there already. Nothing was written.`)
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: 'wx' })
  return files.map(([name]) => join(folder, name))
}

const titled = (id: string) => `${id[0]!.toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`

const english = (id: string) => `---
id: ${id}
title: ${JSON.stringify(titled(id))}
minutes: 5
---

\`\`\`redis setup
SET door closed
\`\`\`

## open-the-door: Open the door

Say here what this step is about, in a few sentences. One idea and one action a step.

A line that the learner may run with a click:

\`\`\`redis run
GET door
\`\`\`

\`\`\`expect
"closed"
\`\`\`

Now say what is to be done: store \`open\` under the key \`door\`.

\`\`\`check
The door is open.
GET door => "open"
\`\`\`

\`\`\`hint
Which command stores a value under a key?
\`\`\`

\`\`\`hint
\`SET\`, then the key, then the new value.
\`\`\`

\`\`\`hint
Type \`SET door open\`.
\`\`\`

\`\`\`redis solution
A> SET door open
OK
\`\`\`
`

const korean = (id: string) => `---
id: ${id}
title: ${JSON.stringify(titled(id))}
---

## open-the-door: 문 열기

이 단계에서 무엇을 배우는지 두세 문장으로 써 주세요. 한 단계에는 생각 하나, 할 일 하나만 담아요.

눌러서 실행할 수 있는 줄은 이렇게 둬요.

\`\`\`redis run
\`\`\`

이제 할 일을 말해 주세요. \`door\` 키에 \`open\`을 저장해 보세요.

\`\`\`check
문이 열려 있어요.
\`\`\`

\`\`\`hint
키에 값을 저장하는 명령은 무엇이었죠?
\`\`\`

\`\`\`hint
\`SET\` 다음에 키, 그다음에 새 값을 써요.
\`\`\`

\`\`\`hint
\`SET door open\`이라고 입력해 보세요.
\`\`\`
`

const attempts = `# open-the-door
right
A> set door open
right
A> DEL door
A> SETNX door open
wrong
A> GET door
wrong
A> SETNX door open
wrong
A> SET open door
`
