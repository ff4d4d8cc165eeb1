// The stores of one playground, wired to one session. They decide; components draw.
import type { Session } from '../../session/client.ts'
import type { Brought, Imported, ImportRefusal, SessionId, Shared, ValuePage } from '../../session/protocol.ts'
import type { Reply } from '../../wire/reply.ts'
import { messages } from '../i18n/index.ts'
import { latin, utf8, type Bytes } from '../../wire/bytes.ts'
import { keysWith } from '../typing/looking.ts'
import { createConsoleStore, letters, type ConsoleStore } from './console.ts'
import { createKeyspaceStore, type KeyspaceStore } from './keyspace.ts'
import { createLayoutStore, type LayoutHost, type LayoutStore, type Memory } from './layout.ts'
import { createLessonStore, type Lessons, type LessonStore } from './lesson.ts'
import { readNotebook, writeNotebook, type Notebook } from './notebook.ts'
import { createScriptStore, type ScriptStore } from './script.ts'
import { createSessionStore, type SessionStore } from './session.ts'
import { teacherOf } from './teacher.ts'
import { createTypingStore, type TypingStore } from './typing.ts'

export interface Stores {
  readonly session: SessionStore
  readonly console: ConsoleStore
  readonly typing: TypingStore
  readonly script: ScriptStore
  readonly keyspace: KeyspaceStore
  readonly lesson: LessonStore
  readonly layout: LayoutStore
  readonly lessons: Lessons
  /** Opens a session: the one named, the last one (null), or a fresh one. */
  readonly open: (id: SessionId | null, fresh?: true) => Promise<void>
  /** Opens what came from elsewhere: a session that was stored for it, or a new one (null), with its first notebook. */
  readonly settle: (id: SessionId | null, book: Notebook) => Promise<void>
  /** Opens the playground, a session of its own without a lesson. */
  readonly play: () => Promise<void>
  /** Opens a lesson; from the playground, in the session where the course was left. */
  readonly learn: (lesson: string) => Promise<void>
  /** A look at the server that disturbs nothing: a command that only reads, and what a key holds. */
  readonly peek: (db: number, argv: readonly Bytes[]) => Promise<Reply>
  readonly inspect: (db: number, key: Bytes) => Promise<ValuePage | null>
  readonly share: (upTo: number | null) => Promise<Shared>
  /** Tries what came, and with a name keeps it as a session. */
  readonly bring: (from: Brought, name: string | null) => Promise<Imported | ImportRefusal>
  /** Keys of the database in view with these letters in their names, asked for by pages while `goes`. */
  readonly findKeys: (part: string, goes: () => boolean) => Promise<readonly Bytes[]>
  /** Keeps the notebook and has all stored now: the page may be about to go. */
  readonly leave: () => void
}

/** What the page hands in: all that is outside. */
export interface Host extends LayoutHost {
  /** performance.timeOrigin + performance.now(), in ms. */
  readonly clock: () => number
  /** Calls later; returns how to call it off. */
  readonly later: (work: () => void, ms: number) => () => void
  readonly lessons: Lessons
  /** What this tab alone remembers over a reload: its session, for another tab may have used another one since. */
  readonly tab?: Memory | null
}

const tabsSession = 'rediscover.session'
/** The browser remembers which session is the playground, and from which one it was entered. */
const playgrounds = 'rediscover.playground'
const courses = 'rediscover.course'
/** Sooner than the worker saves, so that a command and what the page shows of it are stored together: at once after a
 * quiet moment, else a little later. Ms. */
const keepAfter = 40

export function createStores(session: Session, host: Host): Stores {
  const sessionStore = createSessionStore(session, host.clock)
  const lesson = createLessonStore(session, sessionStore, host.lessons)
  const consoles = createConsoleStore(
    session,
    sessionStore,
    (client, argv, reply) => lesson.getState().replied(client, argv, reply),
    teacherOf(lesson),
  )
  const typing = createTypingStore(session, sessionStore, consoles)
  const keyspace = createKeyspaceStore(session)
  const layout = createLayoutStore(host)
  const script = createScriptStore()

  const findKeys = (part: string, goes: () => boolean) => {
    const { db } = keyspace.getState()
    return keysWith(
      (...argv) => session.ask({ do: 'peek', db, argv: argv.map((word) => latin(word)) }),
      utf8(part),
      goes,
    )
  }

  let callOff: (() => void) | null = null
  let kept = ''
  let restoring = true
  let keptAt = 0

  function flush(): void {
    callOff?.()
    callOff = null
    if (restoring) return
    const { lanes, active, shown } = consoles.getState()
    const notebook = writeNotebook({
      lanes,
      active,
      shown,
      keyspace: keyspace.getState().snapshot(),
      lesson: lesson.getState().snapshot(),
      free: lesson.getState().free,
      panes: layout.getState().panes,
      stage: layout.getState().stage,
      script: script.getState().text,
    })
    if (notebook === kept) return
    kept = notebook
    keptAt = host.clock()
    session.ask({ do: 'keep', notebook }).catch(() => {
      kept = ''
    })
  }
  const keep = () => {
    if (!restoring) callOff ??= host.later(flush, host.clock() - keptAt > keepAfter ? 0 : keepAfter)
  }
  for (const store of [consoles, keyspace, lesson, layout, script] as const) store.subscribe(keep)

  function leave(): void {
    flush()
    session.ask({ do: 'flush' }).catch(() => undefined)
  }

  function recall(from: Memory | null | undefined, name: string): SessionId | null {
    try {
      return from?.getItem(name) ?? null
    } catch {
      return null
    }
  }

  /** Where nothing can be remembered the tab opens the session that was used last, and each playground is a new one. */
  function remember(into: Memory | null | undefined, name: string, id: SessionId): void {
    try {
      into?.setItem(name, id)
    } catch {
      // As said above.
    }
  }

  let wantedLesson = host.search.get('lesson')
  let wantedLine = host.search.get('run')

  async function open(id: SessionId | null, fresh?: true, free?: boolean, brought?: Notebook): Promise<void> {
    flush()
    restoring = true
    sessionStore.getState().opening()
    try {
      const wanted = id ?? (fresh ? null : recall(host.tab, tabsSession))
      const opened = await session.ask({
        do: 'open',
        session: wanted,
        clients: ['A', 'B'],
        ...(fresh ? { fresh } : {}),
      })
      const book = brought ?? readNotebook(opened.notebook)
      kept = opened.notebook ?? ''
      remember(host.tab, tabsSession, opened.session.id)
      sessionStore.getState().opened(opened)
      consoles.getState().restore(opened, book?.lanes ?? [], book?.shown)
      keyspace.getState().restore(book?.keyspace ?? null)
      layout.getState().restore(book?.panes ?? null, book?.stage)
      script.getState().restore(book?.script)
      if (wantedLine !== null) consoles.getState().write('A', wantedLine)
      else {
        const { lanes, active, use } = consoles.getState()
        use(lanes.some(({ name }) => name === book?.active) ? book!.active : active)
      }
      wantedLine = null
      restoring = false
      const place = book?.lesson?.place ?? null
      const language = layout.getState().language
      const chosen = wantedLesson ?? place?.lesson ?? null
      const closed = chosen === place?.lesson && book?.lesson?.closed
      if (free ?? (book?.free === true && wantedLesson === null)) lesson.getState().leave()
      else await lesson.getState().start(chosen, language, place, closed)
      wantedLesson = null
      if (brought) keep()
    } catch (error) {
      restoring = false
      sessionStore.getState().failed(error instanceof Error ? error.message : String(error))
    }
  }

  /** The session remembered under this name, where there still is one. */
  async function known(name: string): Promise<SessionId | null> {
    const id = recall(host.memory, name)
    const all = id === null ? [] : await session.ask({ do: 'sessions' })
    return all.some((each) => each.id === id) ? id : null
  }
  const openId = () => sessionStore.getState().info?.id ?? null

  async function play(): Promise<void> {
    if (lesson.getState().free) return
    const course = openId()
    if (course !== null) remember(host.memory, courses, course)
    const id = await known(playgrounds)
    await open(id, id === null ? true : undefined, true)
    const opened = openId()
    if (opened === null) return
    remember(host.memory, playgrounds, opened)
    if (id === null) await sessionStore.getState().rename(opened, messages[layout.getState().language].playground)
  }

  async function learn(id: string): Promise<void> {
    if (!lesson.getState().free) return lesson.getState().start(id, layout.getState().language)
    wantedLesson = id
    const course = await known(courses)
    await open(course, course === null ? true : undefined, false)
  }

  layout.subscribe((now, before) => {
    if (now.language !== before.language) void lesson.getState().translate(now.language)
    if (now.tab === 'keys') keyspace.getState().seen()
  })
  keyspace.subscribe((now) => {
    if (now.unseen > 0 && layout.getState().tab === 'keys') now.seen()
  })

  const settle = (id: SessionId | null, book: Notebook) => open(id, id === null ? true : undefined, undefined, book)
  const share = (upTo: number | null) => session.ask({ do: 'share', upTo })
  const bring = (from: Brought, name: string | null) =>
    session.ask({ do: 'import', from, names: letters, keep: name === null ? null : { name } })

  const peek = (db: number, argv: readonly Bytes[]) => session.ask({ do: 'peek', db, argv })
  const inspect = (db: number, key: Bytes) => session.ask({ do: 'inspect', db, key, from: 0, count: 1 })

  return {
    session: sessionStore,
    console: consoles,
    typing,
    script,
    keyspace,
    lesson,
    layout,
    lessons: host.lessons,
    open,
    settle,
    share,
    bring,
    play,
    learn,
    findKeys,
    leave,
    peek,
    inspect,
  }
}
