import { useImperativeHandle, useRef } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../context.tsx'
import type { EditorProps } from './editor.ts'
import css from './script.module.css'

/** The editor of a touch screen: a text area, for a phone's keyboard knows those best. */
export function PlainEditor({ handle, label, at }: EditorProps) {
  const { script } = useStores()
  const text = useStore(script, (state) => state.text)
  const box = useRef<HTMLTextAreaElement>(null)
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length - 1
  useImperativeHandle(handle, () => ({
    chosen() {
      const { selectionStart = 0, selectionEnd = 0 } = box.current ?? {}
      const last = lineAt(selectionEnd)
      const isBefore = selectionEnd > selectionStart && text[selectionEnd - 1] === '\n'
      return [lineAt(selectionStart), isBefore ? last - 1 : last]
    },
    goTo(line) {
      const lines = text.split('\n')
      const start = lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0)
      box.current?.focus()
      box.current?.setSelectionRange(start, start + (lines[line]?.length ?? 0))
    },
  }))
  return (
    <textarea
      ref={box}
      className={css.text}
      value={text}
      aria-label={label}
      autoCapitalize="off"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      onSelect={({ currentTarget }) => at(text.split('\n')[lineAt(currentTarget.selectionStart)] ?? '')}
      onChange={(event) => script.getState().write(event.target.value)}
    />
  )
}
