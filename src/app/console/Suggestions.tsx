import { useCallback, useRef, type CSSProperties } from 'react'
import { useLayout, useMessages, useStores, useTyping } from '../context.tsx'
import type { Option } from '../typing/options.ts'
import { listbox, option as optionRole, useOptions } from '../ui/listbox.ts'
import css from './console.module.css'

export const optionId = (name: string, index: number) => `option-${name}-${index}`

/** What could complete the word being typed: above the prompt, chosen with Tab or a press. */
export function Suggestions({ name, indent }: { name: string; indent: number }) {
  const t = useMessages()
  const { typing, console: consoles } = useStores()
  const language = useLayout((state) => state.language)
  const options = useTyping((state) => state.options)
  const chosen = useTyping((state) => state.chosen)
  const from = useTyping((state) => state.reading?.from ?? 0)
  const list = useRef<HTMLDivElement>(null)
  const take = useCallback(
    (index: number) => {
      const wanted = typing.getState().options[index]
      if (wanted) typing.getState().take(wanted)
      consoles.getState().use(name)
    },
    [typing, consoles, name],
  )
  useOptions(list, chosen, take)
  const detail = (option: Option) => {
    if (option.kind === 'own') return t.help.find(([word]) => word === option.insert)?.[1] ?? ''
    return option.type ? t.typeWord(option.type) : (option.doc?.summary[language] ?? '')
  }
  return (
    <>
      <div
        ref={list}
        id={`options-${name}`}
        {...listbox}
        aria-label={t.completions}
        className={css.options}
        data-told={options.some(({ doc, kind }) => doc !== undefined || kind === 'own')}
        style={{ '--at': `${indent + from}ch` } as CSSProperties}
      >
        {options.map((option, i) => (
          <div
            key={`${option.kind} ${option.insert}`}
            id={optionId(name, i)}
            {...optionRole}
            data-at={i}
            aria-selected={i === chosen}
          >
            <b>{option.insert}</b>
            <small>{detail(option)}</small>
          </div>
        ))}
      </div>
      <output className="sr-only">{t.completionsCount(options.length)}</output>
    </>
  )
}
