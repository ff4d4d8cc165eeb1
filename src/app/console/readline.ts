// The keys of redis-cli's line editor, as edits of a text: where the cursor goes, or which part goes away. Everything else
// (letters, selections, undo, a phone's keyboard) stays the browser's own.

export interface Line {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Where the cursor goes, or what is replaced. */
export type Edit = { readonly to: number } | { readonly from: number; readonly until: number; readonly with: string }

/** A letter as it is on the key, whatever alphabet is on: the keys of a Korean layout say ㅁ where A is. */
export function letterOf({ key, code }: { readonly key: string; readonly code: string }): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  return /^Key[A-Z]$/.test(code) ? code.at(-1)!.toLowerCase() : ''
}

/** The beginning of the word before a place. */
function wordBefore(text: string, at: number): number {
  let to = at
  while (to > 0 && text[to - 1] === ' ') to--
  while (to > 0 && text[to - 1] !== ' ') to--
  return to
}

/** The end of the word behind a place. */
function wordBehind(text: string, at: number): number {
  let to = at
  while (to < text.length && text[to] === ' ') to++
  while (to < text.length && text[to] !== ' ') to++
  return to
}

/** One character on, and not into the middle of one that takes two units. */
const step = (text: string, at: number, by: -1 | 1) => {
  const pieces = [...new Intl.Segmenter().segment(by > 0 ? text.slice(at) : text.slice(0, at))]
  const piece = by > 0 ? pieces[0] : pieces.at(-1)
  return at + by * (piece?.segment.length ?? 0)
}

/** What Ctrl and a letter do; null where it is not the line's business. */
export function withCtrl(letter: string, { text, start, end }: Line): Edit | null {
  switch (letter) {
    case 'a':
      return { to: 0 }
    case 'e':
      return { to: text.length }
    case 'b':
      return { to: start === end ? step(text, start, -1) : start }
    case 'f':
      return { to: start === end ? step(text, end, 1) : end }
    case 'd':
      return { from: start, until: start === end ? step(text, end, 1) : end, with: '' }
    case 'u':
      return { from: 0, until: text.length, with: '' }
    case 'k':
      return { from: start, until: text.length, with: '' }
    case 'w':
      return { from: start === end ? wordBefore(text, start) : start, until: end, with: '' }
    case 't': {
      if (start === 0 || text.length < 2) return null
      const at = Math.min(start, text.length - 1)
      return { from: at - 1, until: at + 1, with: text[at]! + text[at - 1]! }
    }
    default:
      return null
  }
}

/** What Alt and a letter do. */
export function withAlt(letter: string, { text, start, end }: Line): Edit | null {
  switch (letter) {
    case 'b':
      return { to: wordBefore(text, start) }
    case 'f':
      return { to: wordBehind(text, end) }
    case 'd':
      return { from: start, until: wordBehind(text, end), with: '' }
    default:
      return null
  }
}

/** Does an edit in a text box, so that the browser's own undo knows of it. */
export function apply(box: HTMLTextAreaElement, edit: Edit): void {
  if ('to' in edit) return box.setSelectionRange(edit.to, edit.to)
  if (edit.from === edit.until && edit.with === '') return
  box.focus()
  box.setSelectionRange(edit.from, edit.until)
  const document = box.ownerDocument
  const done = edit.with === '' ? document.execCommand('delete') : document.execCommand('insertText', false, edit.with)
  if (done) return
  box.setRangeText(edit.with, edit.from, edit.until, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
