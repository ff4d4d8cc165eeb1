import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'zustand'
import type { CommandDoc } from '../../session/protocol.ts'
import type { Language } from '../../wire/text.ts'
import { useLayout, useMedia, useMessages, useStores } from '../context.tsx'
import type { EditorProps } from './editor.ts'
import { DocHover } from './DocHover.tsx'
import type { Help, Offer } from './help.ts'
import { dress, editor as monaco, language as redis, languages, Range } from './monaco.ts'
import type { Result } from './runner.ts'
import { besideLine } from './said.ts'
import { tokensOf } from './tokens.ts'
import { useScriptMessages } from './words.ts'
import css from './script.module.css'

type Editor = monaco.IStandaloneCodeEditor

/** The editor where there is a mouse and a keyboard: Monaco. */
export default function MonacoEditor({ handle, label, results, help, at }: EditorProps) {
  const stores = useStores()
  const box = useRef<HTMLDivElement>(null)
  const [made, setMade] = useState<Editor | null>(null)
  const text = useStore(stores.script, (state) => state.text)
  const language = useLayout((state) => state.language)

  useEffect(() => {
    if (!box.current) return
    const found = create(box.current, stores.script.getState().text)
    const model = found.getModel()!
    model.onDidChangeContent(() => stores.script.getState().write(model.getValue()))
    setMade(found)
    return () => {
      setMade(null)
      model.dispose()
      found.dispose()
    }
  }, [stores])

  useEffect(() => {
    const model = made?.getModel()
    if (model && model.getValue() !== text) model.setValue(text)
  }, [made, text])
  useEffect(() => made?.updateOptions({ ariaLabel: label }), [made, label])
  useEffect(() => {
    const told = () => {
      const line = made?.getPosition()?.lineNumber
      if (line !== undefined) at(made?.getModel()?.getLineContent(line) ?? '')
    }
    const listening = made?.onDidChangeCursorPosition(told)
    return () => listening?.dispose()
  }, [made, at])
  useImperativeHandle(
    handle,
    () => ({
      chosen() {
        const selection = made?.getSelection()
        if (!selection) return [0, 0]
        const { startLineNumber: first, endLineNumber: last, endColumn } = selection
        return [first - 1, last > first && endColumn === 1 ? last - 2 : last - 1]
      },
      goTo(line) {
        made?.setPosition({ lineNumber: line + 1, column: 1 })
        made?.revealLineInCenterIfOutsideViewport(line + 1)
        made?.focus()
      },
    }),
    [made],
  )
  useColours(help)
  useCompletion(made, help, language)
  useResults(made, results)
  useGhost(made, help)
  const hovered = useHover(made, help)
  return (
    <>
      <div ref={box} className={css.monaco} />
      {hovered && createPortal(<DocHover doc={hovered.doc} />, hovered.node)}
    </>
  )
}

const create = (box: HTMLElement, value: string): Editor =>
  monaco.create(box, {
    value,
    language: redis,
    automaticLayout: true,
    accessibilitySupport: 'auto',
    acceptSuggestionOnEnter: 'off',
    autoIndent: 'none',
    contextmenu: false,
    fixedOverflowWidgets: true,
    folding: false,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontLigatures: false,
    fontSize: 12.5,
    glyphMargin: false,
    guides: { indentation: false },
    lineDecorationsWidth: 10,
    lineHeight: 21,
    lineNumbersMinChars: 3,
    links: false,
    matchBrackets: 'never',
    minimap: { enabled: false },
    occurrencesHighlight: 'off',
    overviewRulerLanes: 0,
    padding: { top: 8, bottom: 8 },
    quickSuggestions: { other: true, comments: false, strings: false },
    renderLineHighlight: 'line',
    // Dots for blanks would be drawn as pictures (see markup.ts).
    renderWhitespace: 'none',
    scrollBeyondLastLine: false,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
    selectionHighlight: false,
    snippetSuggestions: 'none',
    // A script needs no indentation: Tab takes a completion, or leads on to the next control.
    tabFocusMode: true,
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
    wordBasedSuggestions: 'off',
    wordWrap: 'on',
  })

/** The colours of the theme that is on, and of the words by the catalog. */
function useColours(help: Help): void {
  const theme = useLayout((state) => state.theme)
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const isDark = theme ? theme === 'dark' : systemDark
  // The page's own theme is put on in an effect of a parent, which comes after those of its children.
  useEffect(() => {
    const frame = requestAnimationFrame(() => dress(isDark))
    return () => cancelAnimationFrame(frame)
  }, [isDark])
  useEffect(() => {
    const state = { clone: () => state, equals: () => true }
    const provider = languages.setTokensProvider(redis, {
      getInitialState: () => state,
      tokenize: (line) => ({
        endState: state,
        tokens: tokensOf(line, help.catalog()).map(({ from, kind, client }) => ({
          startIndex: from,
          scopes: client ? `lane.${client.toLowerCase()}` : kind,
        })),
      }),
    })
    void document.fonts.ready.then(() => monaco.remeasureFonts())
    return () => provider.dispose()
  }, [help])
}

const kinds = {
  command: languages.CompletionItemKind.Function,
  subcommand: languages.CompletionItemKind.Function,
  token: languages.CompletionItemKind.Keyword,
  key: languages.CompletionItemKind.Variable,
  element: languages.CompletionItemKind.Field,
  topic: languages.CompletionItemKind.Text,
  own: languages.CompletionItemKind.Text,
}

function useCompletion(made: Editor | null, help: Help, language: Language): void {
  const t = useMessages()
  useEffect(() => {
    const suggestion = (found: Offer, range: Range) => (option: Offer['options'][number], i: number) => {
      const { insert, kind, doc, type } = option
      const more = found.goesOn(option)
      return {
        label: insert,
        kind: kinds[kind],
        insertText: more ? `${insert} ` : insert,
        range,
        sortText: String(i).padStart(3, '0'),
        detail: type ? t.typeWord(type) : doc ? `${doc.name} ${doc.usage}` : '',
        ...(doc ? { documentation: `${doc.summary[language]}\n${doc.complexity}` } : {}),
        ...(more ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
      }
    }
    const provider = languages.registerCompletionItemProvider(redis, {
      triggerCharacters: [' '],
      async provideCompletionItems(model, position, context, token) {
        if (model !== made?.getModel()) return { suggestions: [] }
        const { lineNumber, column } = position
        const before = model.getLineContent(lineNumber).slice(0, column - 1)
        const asked = context.triggerKind === languages.CompletionTriggerKind.Invoke
        const found = await help.offer(before, asked, () => !token.isCancellationRequested)
        if (!found || token.isCancellationRequested) return { suggestions: [] }
        const range = new Range(lineNumber, found.from + 1, lineNumber, column)
        return { suggestions: found.options.map(suggestion(found, range)), incomplete: true }
      },
    })
    return () => provider.dispose()
  }, [made, help, language, t])
}

/** What came of the commands, behind their lines. */
function useResults(made: Editor | null, results: readonly Result[]): void {
  const t = useMessages()
  const s = useScriptMessages()
  useEffect(() => {
    const model = made?.getModel()
    if (!made || !model) return
    const marks = made.createDecorationsCollection(
      results
        .filter(({ end }) => end < model.getLineCount())
        .map((result): monaco.IModelDeltaDecoration => {
          const { mark, words } = besideLine(result, t, s)
          const line = result.line + 1
          const column = model.getLineMaxColumn(line)
          return {
            range: new Range(line, column, line, column),
            options: {
              showIfCollapsed: true,
              isWholeLine: true,
              className: mark === 'bad' ? css.badLine! : '',
              after: {
                content: `  ${words}`,
                inlineClassName: `${css.beside} ${css[mark]}`,
                inlineClassNameAffectsLetterSpacing: true,
              },
            },
          }
        }),
    )
    return () => marks.clear()
  }, [made, results, t, s])
}

/** Behind the cursor at a line's end: what may follow. */
function useGhost(made: Editor | null, help: Help): void {
  useEffect(() => {
    if (!made) return
    const marks = made.createDecorationsCollection()
    let round = 0
    const look = async () => {
      const mine = ++round
      const position = made.getPosition()
      const model = made.getModel()
      const line = position && model?.getLineContent(position.lineNumber)
      marks.clear()
      if (!position || !line || position.column !== line.length + 1) return
      const found = await help.offer(line, false, () => mine === round)
      if (mine !== round || !found || found.ghost === '') return
      const { lineNumber, column } = position
      marks.set([
        {
          range: new Range(lineNumber, column, lineNumber, column),
          options: { showIfCollapsed: true, after: { content: found.ghost, inlineClassName: css.ghost! } },
        },
      ])
    }
    const typed = made.onDidChangeModelContent(() => void look())
    const moved = made.onDidChangeCursorPosition(() => void look())
    return () => {
      round = -1
      typed.dispose()
      moved.dispose()
      marks.clear()
    }
  }, [made, help])
}

/** The command under the mouse. Monaco's own hover would make HTML of Markdown; this one is drawn by React. */
function useHover(made: Editor | null, help: Help): { readonly doc: CommandDoc; readonly node: HTMLElement } | null {
  const [hovered, set] = useState<{ readonly doc: CommandDoc; readonly node: HTMLElement } | null>(null)
  useEffect(() => {
    if (!made) return
    const node = document.createElement('div')
    // It must not lie between the mouse and the lines.
    node.style.pointerEvents = 'none'
    let place: { lineNumber: number; column: number } | null = null
    const widget: monaco.IContentWidget = {
      allowEditorOverflow: true,
      suppressMouseDown: true,
      getId: () => 'redis.hover',
      getDomNode: () => node,
      getPosition: () =>
        place && {
          position: place,
          preference: [monaco.ContentWidgetPositionPreference.ABOVE, monaco.ContentWidgetPositionPreference.BELOW],
        },
    }
    made.addContentWidget(widget)
    const show = (doc: CommandDoc | null, at: typeof place) => {
      place = at
      set(doc && { doc, node })
      // Drawn first, so that its place is chosen by its size.
      requestAnimationFrame(() => made.layoutContentWidget(widget))
    }
    const move = made.onMouseMove(({ target }) => {
      const isText = target.type === monaco.MouseTargetType.CONTENT_TEXT && target.position
      const found = isText ? help.docOf(made.getModel()?.getLineContent(target.position.lineNumber) ?? '') : null
      const column = target.position?.column ?? 0
      const isName = found && column > found.from && column <= found.to + 1
      if (isName && target.position) show(found.doc, { lineNumber: target.position.lineNumber, column: found.from + 1 })
      else if (place) show(null, null)
    })
    const away = [made.onMouseLeave(() => show(null, null)), made.onKeyDown(() => place && show(null, null))]
    return () => {
      move.dispose()
      for (const each of away) each.dispose()
      made.removeContentWidget(widget)
    }
  }, [made, help])
  return hovered
}
