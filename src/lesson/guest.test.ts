import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readGuest } from './guest.ts'

const file = (name: string) => ({
  name,
  text: readFileSync(
    fileURLToPath(new URL(`../../lessons/01-keys/02-keys-and-values/${name}`, import.meta.url)),
    'utf8',
  ),
})

it('reads a lesson of the course as a file, in both languages, whichever comes first', () => {
  for (const files of [
    [file('en.md'), file('ko.md')],
    [file('ko.md'), file('en.md')],
  ]) {
    const read = readGuest(files)
    expect(read).toMatchObject({
      ok: true,
      lessons: [
        { id: 'file:keys-and-values', language: 'en', track: 'file' },
        { id: 'file:keys-and-values', language: 'ko' },
      ],
    })
  }
})

it('tells the language of a file alone', () => {
  const text = file('en.md').text.replaceAll(/^title: .*$/gm, 'title: 수도')
  expect(readGuest([{ name: 'x.md', text }])).toMatchObject({ ok: true, lessons: [{ language: 'ko', title: '수도' }] })
})

it('says what is wrong with which file, and where', () => {
  expect(readGuest([{ name: 'bad.md', text: '# Hello\n' }])).toMatchObject({
    ok: false,
    problems: expect.arrayContaining([expect.objectContaining({ file: 'bad.md', line: 1 })]) as unknown,
  })
  const other = { name: 'my.ko.md', text: '---\nid: other\ntitle: 다른 것\n---\n' }
  const read = readGuest([file('en.md'), other])
  expect(read.ok ? [] : read.problems[0]).toMatchObject({ file: 'my.ko.md', line: 2 })
  expect(readGuest([])).toEqual({ ok: false, problems: [] })
})
