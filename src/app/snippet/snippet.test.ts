import { expect, it } from 'vitest'
import { snippetOf, type Choices } from './snippet.ts'

const site = 'https://rediscover.example/some/path/'
const words = { title: 'Tom & "Jerry" <3', open: 'Open in Rediscover' }
const all: Choices = { lesson: 'last-hat', language: 'ko', theme: 'dark', mode: 'console+keys', height: 500 }
const least: Choices = { lesson: null, language: null, theme: 'auto', mode: 'console', height: null }

it('makes the element, and says no more than is needed', () => {
  expect(snippetOf('element', all, site, words)).toBe(
    `<script src="https://rediscover.example/some/path/embed.js" async></script>
<rediscover-playground lesson="last-hat" lang="ko" theme="dark" mode="console+keys" height="500">
  <p><a href="https://rediscover.example/some/path/?lesson=last-hat&amp;lang=ko">Open in Rediscover</a></p>
</rediscover-playground>
`,
  )
  expect(snippetOf('element', least, site, words)).toContain('<rediscover-playground mode="console">')
})

it('makes a frame alone, with its words escaped', () => {
  expect(snippetOf('frame', all, site, words)).toBe(
    `<iframe title="Tom &amp; &quot;Jerry&quot; &lt;3" src="https://rediscover.example/some/path/embed.html?lesson=last-hat&amp;lang=ko&amp;theme=dark&amp;mode=console%2Bkeys"
  width="100%" height="500" loading="lazy" allow="clipboard-write"
  style="border: 1px solid #8888; border-radius: 8px"></iframe>
`,
  )
  expect(snippetOf('frame', least, site, words)).toContain('height="240"')
})
