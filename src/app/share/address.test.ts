import { expect, it } from 'vitest'
import { addressIn, isAddress } from './address.ts'

const page = 'https://play.example/course/?lang=en#lesson=x'
const told = (fragment: string, from = page) => {
  const found = addressIn(fragment, from)
  return found instanceof URL ? found.href : found.why
}

it('is read as it stands, or encoded, or from the page’s own site', () => {
  expect(told('lesson=https://example.org/a.md')).toBe('https://example.org/a.md')
  expect(told('lesson=https://example.org/a.md?x=1&y=%41#part')).toBe('https://example.org/a.md?x=1&y=%41')
  expect(told(`lesson=${encodeURIComponent('https://example.org/모자 하나.md?x=1&y=2')}`)).toBe(
    'https://example.org/%EB%AA%A8%EC%9E%90%20%ED%95%98%EB%82%98.md?x=1&y=2',
  )
  expect(told('lesson=mine/hats.md')).toBe('https://play.example/course/mine/hats.md')
  expect(told('lesson=/hats.md', 'http://127.0.0.1:8080/site/')).toBe('http://127.0.0.1:8080/hats.md')
})

it('is https, or the page’s own site, and nothing else', () => {
  for (const other of [
    'http://example.org/a.md',
    'http://localhost/a.md',
    'http://play.example/a.md',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/plain,x',
    'blob:https://play.example/1',
    'file:///etc/passwd',
    'ftp://example.org/a.md',
    'ws://example.org/',
    'view-source:https://example.org/',
  ])
    expect(`${other} ${told(`lesson=${other}`)}`).toBe(`${other} not-https`)
  expect(told('lesson=//example.org/a.md')).toBe('https://example.org/a.md')
  expect(told('lesson=//example.org/a.md', 'http://127.0.0.1/')).toBe('not-https')
})

it('is none where nobody could read it, or where it carries a password', () => {
  for (const none of ['lesson=', 'lesson=https://', 'lesson=%E0%A4%A', 'lesson=https://me:secret@example.org/', 'x'])
    expect(told(none)).toBe('no-address')
  expect(isAddress('lesson=')).toBe(true)
  expect(isAddress('1.AAAA')).toBe(false)
})
