// What is pasted into a page: the element with its script, or a frame alone.
import type { Language, Mode, Theme } from '../../embed/protocol.ts'
import { bounds } from '../embedded/fit.ts'

export interface Choices {
  readonly lesson: string | null
  /** Null: the reader's own. */
  readonly language: Language | null
  readonly theme: Theme
  readonly mode: Mode
  /** In px; null: it fits itself, or as a frame alone begins. */
  readonly height: number | null
}

export type Kind = 'element' | 'frame'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What differs from what goes without saying, by the attributes' names. */
const told = ({ lesson, language, theme, mode }: Choices): (readonly [string, string])[] => [
  ...(lesson === null ? [] : [['lesson', lesson] as const]),
  ...(language === null ? [] : [['lang', language] as const]),
  ...(theme === 'auto' ? [] : [['theme', theme] as const]),
  ['mode', mode],
]

/** The frame's address; `site` ends with a slash. */
export function addressOf(choices: Choices, site: string): string {
  const url = new URL('embed.html', site)
  for (const [name, value] of told(choices)) url.searchParams.set(name, value)
  return url.href
}

export const heightOf = ({ height, mode }: Choices): number => height ?? bounds[mode].least

/** `words`: the frame's title, and what the link says that stands there until all is loaded. */
export function snippetOf(
  kind: Kind,
  choices: Choices,
  site: string,
  words: { readonly title: string; readonly open: string },
): string {
  if (kind === 'frame')
    return [
      `<iframe title="${escaped(words.title)}" src="${escaped(addressOf(choices, site))}"`,
      `  width="100%" height="${heightOf(choices)}" loading="lazy" allow="clipboard-write"`,
      '  style="border: 1px solid #8888; border-radius: 8px"></iframe>\n',
    ].join('\n')
  const attributes = [
    ...told(choices),
    ...(choices.height === null ? [] : [['height', String(choices.height)] as const]),
  ]
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')
  const whole = new URL(site)
  for (const [name, value] of told(choices))
    if (name === 'lesson' || name === 'lang') whole.searchParams.set(name, value)
  return [
    `<script src="${escaped(new URL('embed.js', site).href)}" async></script>`,
    `<rediscover-playground${attributes}>`,
    `  <p><a href="${escaped(whole.href)}">${escaped(words.open)}</a></p>`,
    '</rediscover-playground>\n',
  ].join('\n')
}
