import { Play, Square, TextCursorInput } from 'lucide-react'
import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { CommandDoc } from '../../session/protocol.ts'
import { useConsole, useMedia, useMessages, useStores } from '../context.tsx'
import { DocLine } from '../console/DocStrip.tsx'
import type { Stores } from '../stores/index.ts'
import type { EditorProps, Handle } from './editor.ts'
import { createHelp } from './help.ts'
import { PlainEditor } from './PlainEditor.tsx'
import { Results } from './Results.tsx'
import { createRunner, type Runner, type RunState } from './runner.ts'
import { commandsOf, touching } from './split.ts'
import { useScriptMessages, type ScriptMessages } from './words.ts'
import css from './script.module.css'

/** Monaco's few words come with it, and stay in the language that was on. Where it cannot be had, the plain editor does. */
const MonacoEditor = lazy(async () => {
  try {
    if (document.documentElement.lang === 'ko') await import('monaco-editor/nls/lang/ko')
    return await import('./MonacoEditor.tsx')
  } catch {
    return { default: Instead }
  }
})

function Instead(props: EditorProps) {
  const s = useScriptMessages()
  return (
    <>
      <p className={css.note} role="alert">
        {s.notLoaded}
      </p>
      <PlainEditor {...props} />
    </>
  )
}

const runners = new WeakMap<Stores, Runner>()

/** The runner of a playground goes on when its pane is out of view. */
function runnerOf(stores: Stores): Runner {
  const runner = runners.get(stores) ?? createRunner(stores)
  runners.set(stores, runner)
  return runner
}

/** A script: what it says, what came of it, and what runs it. */
export default function ScriptPane() {
  const t = useMessages()
  const s = useScriptMessages()
  const stores = useStores()
  const touch = useMedia('(pointer: coarse)')
  const runner = runnerOf(stores)
  const run = useStore(runner.store)
  // A long script is run first, and drawn when there is time.
  const results = useDeferredValue(run.results)
  const [hint, setHint] = useState<'noCommand' | 'noCommands' | null>(null)
  const [doc, setDoc] = useState<CommandDoc | null>(null)
  const handle = useRef<Handle>(null)
  const help = useMemo(() => createHelp(stores), [stores])
  const at = useCallback((line: string) => setDoc((before) => help.docOf(line)?.doc ?? before), [help])
  const goTo = useCallback((line: number) => handle.current?.goTo(line), [])
  const client = useClient()

  const start = (what: 'line' | 'all') => {
    const all = commandsOf(stores.script.getState().text)
    const [first, last] = handle.current?.chosen() ?? [0, 0]
    const chosen = what === 'all' ? all : touching(all, first, last)
    setHint(chosen.length > 0 ? null : what === 'all' ? 'noCommands' : 'noCommand')
    stores.script.getState().choose(client)
    runner.run(chosen, client)
  }
  /** Before the editor gets them: its own keys must not hide those of the page. */
  const press = (event: React.KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, nativeEvent } = event
    if ((!ctrlKey && !metaKey) || altKey || nativeEvent.isComposing) return
    if (key === 'Enter') start(shiftKey ? 'all' : 'line')
    else if (key.toLowerCase() === 'k' && !shiftKey) stores.layout.getState().openPalette(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const editor = { handle, label: `${s.editor}. ${touch ? '' : s.editorHint}`.trim(), results, help, at }
  return (
    <section className={css.pane} aria-label={s.editor}>
      <div className={css.parts}>
        <Tools run={run} client={client} start={start} stop={runner.stop} />
        <div className={css.editor} data-part="editor" onKeyDownCapture={press}>
          <Empty />
          {touch ? (
            <PlainEditor {...editor} />
          ) : (
            <Suspense fallback={<p className={css.note}>{s.loading}</p>}>
              <MonacoEditor {...editor} />
            </Suspense>
          )}
        </div>
        <State run={run} hint={hint} runner={runner} client={client} />
        <Results results={results} goTo={goTo} />
        <DocLine doc={doc} empty={t.docsEmpty} />
      </div>
    </section>
  )
}

/** Over an empty script: how to begin. */
function Empty() {
  const s = useScriptMessages()
  const { script } = useStores()
  const isEmpty = useStore(script, ({ text }) => text.trim() === '')
  if (!isEmpty) return null
  return (
    <div className={css.empty}>
      <b>{s.emptyTitle}</b>
      <p>{s.empty}</p>
      <button type="button" onClick={() => script.getState().write(s.example)}>
        {s.takeExample}
      </button>
    </div>
  )
}

/** Where lines run that name no client. */
function useClient(): string {
  const { script } = useStores()
  const chosen = useStore(script, (state) => state.client)
  return useConsole(({ lanes, active }) => (lanes.some(({ name }) => name === chosen) ? chosen! : active))
}

function Tools({
  run,
  client,
  start,
  stop,
}: {
  run: RunState
  client: string
  start: (what: 'line' | 'all') => void
  stop: () => void
}) {
  const t = useMessages()
  const s = useScriptMessages()
  const { script } = useStores()
  const names = useConsole(({ lanes }) => lanes.map(({ name }) => name).join(''))
  const busy = run.todo.length > 0 || run.results.some(({ state }) => state === 'waits' || state === 'runs')
  return (
    <div className={css.tools} role="toolbar" aria-label={s.editor}>
      <button type="button" className={css.main} title={s.runAllTip} onClick={() => start('all')}>
        <Play size={13} aria-hidden="true" />
        {s.runAll}
      </button>
      <button type="button" title={s.runLineTip} onClick={() => start('line')}>
        <TextCursorInput size={14} aria-hidden="true" />
        {s.runLine}
      </button>
      <label className={css.client} data-client={client} title={s.clientTip}>
        <span>{s.client}</span>
        <select value={client} onChange={(event) => script.getState().choose(event.target.value)}>
          {names.split('').map((name) => (
            <option key={name} value={name}>
              {t.clientName(name)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className={css.stop} disabled={!busy} onClick={stop}>
        <Square size={12} aria-hidden="true" />
        <span>{s.stop}</span>
      </button>
    </div>
  )
}

/** How far a run has come, why it stopped, and how many expectations hold. */
function State({
  run,
  hint,
  runner,
  client,
}: {
  run: RunState
  hint: 'noCommand' | 'noCommands' | null
  runner: Runner
  client: string
}) {
  const s = useScriptMessages()
  const { stopped, todo, held } = run
  const rest = stopped?.rest.length ?? 0
  return (
    <div className={css.state} data-stopped={stopped !== null}>
      <output aria-live={todo.length > 0 && held === null ? 'off' : 'polite'}>{hint ? s[hint] : told(run, s)}</output>
      {rest > 0 && (
        <>
          <button type="button" onClick={() => runner.goOn(client)}>
            {s.goOnWith(rest)}
          </button>
          <button type="button" onClick={runner.letGo}>
            {s.letGo}
          </button>
        </>
      )}
    </div>
  )
}

function told({ stopped, todo, held, sent, total, results }: RunState, s: ScriptMessages): string {
  const checked = results.filter(({ holds }) => holds !== null)
  const checks = checked.length > 0 ? ` ${s.checks(checked.filter(({ holds }) => holds).length, checked.length)}` : ''
  if (stopped?.failed) return s.failed(stopped.failed.line + 1) + checks
  if (stopped?.rest[0]) return s.stopped(stopped.rest[0].line + 1) + checks
  if (held !== null && todo[0]) return s.held(todo[0].line + 1, held)
  if (todo.length > 0) return s.running(sent, total)
  const waiting = results.filter(({ state }) => state === 'waits').length
  const parts = [...(sent > waiting ? [s.ran(sent - waiting)] : []), ...(waiting > 0 ? [s.waits(waiting)] : [])]
  return results.length > 0 ? parts.join(' ') + checks : ''
}
