// Monaco with no more than a script needs. Only the pane's editor imports this, by way of a chunk of its own.
import './environment.ts'
import { editor, languages, KeyCode, KeyMod, Range } from 'monaco-editor/editor'
// Its feature `suggest` brings the inline kind alone; the list is here.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/caretOperations/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/wordOperations/register'
import type { Kind } from './tokens.ts'

export { editor, languages, KeyCode, KeyMod, Range }

/** Our language: a script of commands, one a line. */
export const language = 'redis-script'
const theme = 'rediscover'

languages.register({ id: language })
languages.setLanguageConfiguration(language, {
  comments: { lineComment: '#' },
  wordPattern: /[^\s"']+/g,
  autoClosingPairs: [
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
})

/** The page's colours for what stands in a line. */
const colours: Readonly<Record<Kind, string>> = {
  note: '--ink-3',
  expected: '--ok',
  lane: '--ink-2',
  command: '--accent-ink',
  option: '--zset',
  string: '--string',
  number: '--hash',
  word: '--ink',
}
const clients = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`lane.${name}`, `--${name}`] as const)

/** Gives Monaco the colours that the page has now; it knows only hexadecimal ones. */
export function dress(isDark: boolean): void {
  const probe = document.body.appendChild(document.createElement('i'))
  const colour = (name: string) => {
    probe.style.color = `var(${name})`
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? []
    return `#${parts
      .slice(0, 3)
      .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
      .join('')}`
  }
  const rule = ([token, name]: readonly [string, string]) => ({
    token,
    foreground: colour(name).slice(1),
    ...(token === 'command' || token.startsWith('lane') ? { fontStyle: 'bold' } : {}),
  })
  editor.defineTheme(theme, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [['', '--ink'] as const, ...Object.entries(colours), ...clients].map(rule),
    colors: {
      'editor.background': colour('--panel'),
      'editor.foreground': colour('--ink'),
      'editorLineNumber.foreground': colour('--ink-3'),
      'editorLineNumber.activeForeground': colour('--ink'),
      'editorCursor.foreground': colour('--ink'),
      'editor.selectionBackground': `${colour('--accent')}40`,
      'editor.lineHighlightBackground': colour('--sunk'),
      'editor.lineHighlightBorder': '#00000000',
      'editorWidget.background': colour('--panel'),
      'editorWidget.border': colour('--line-strong'),
      'editorSuggestWidget.foreground': colour('--ink'),
      'editorSuggestWidget.highlightForeground': colour('--accent-ink'),
      'editorSuggestWidget.focusHighlightForeground': colour('--accent-ink'),
      'editorSuggestWidget.selectedForeground': colour('--ink'),
      'editorSuggestWidget.selectedBackground': colour('--code'),
      'list.hoverBackground': colour('--sunk'),
      focusBorder: colour('--accent'),
      'scrollbarSlider.background': `${colour('--line-strong')}99`,
      'scrollbarSlider.hoverBackground': colour('--line-strong'),
    },
  })
  probe.remove()
  editor.setTheme(theme)
}
