// The stores of one playground, wired to one session. They decide; components draw.
import type { Session } from '../../session/client.ts'
import type { Brought, Imported, ImportRefusal, SessionId, Shared, ValuePage } from '../../session/protocol.ts'
import type { Reply } from '../../wire/reply.ts'
import type { Source } from '../../lesson/guest.ts'
import type { Lesson } from '../../lesson/schema.ts'
import { messagesIn } from '../i18n/index.ts'
import { latin, utf8, type Bytes } from '../../wire/bytes.ts'
import { keysWith } from '../typing/looking.ts'
import { createActorsStore, type ActorsStore } from './actors.ts'
import { createConsoleStore, letters, type ConsoleStore } from './console.ts'
import { createKeyspaceStore, type KeyspaceStore } from './keyspace.ts'
import { createLayoutStore, type LayoutHost, type LayoutStore, type Memory } from './layout.ts'
import { createHandStore, type HandHost, type HandStore } from './hand.ts'
import { createLessonStore, type Lessons, type LessonStore, type Listed } from './lesson.ts'
import { readNotebook, writeNotebook, type Notebook } from './notebook.ts'
import { createPlaces, type Purpose } from './places.ts'
import { createProgressStore, type ProgressStore } from './progress.ts'
import { createScriptStore, type ScriptStore } from './script.ts'
import { createSessionStore, quietName, type SessionStore } from './session.ts'
import { teacherOf } from './teacher.ts'
import { createTypingStore, type TypingStore } from './typing.ts'

export interface Stores {
  readonly session: SessionStore
  readonly console: ConsoleStore
  readonly typing: TypingStore
  readonly script: ScriptStore
  readonly keyspace: KeyspaceStore
  readonly lesson: LessonStore
  readonly progress: ProgressStore
  readonly actors: ActorsStore
  readonly hand: HandStore
  readonly layout: LayoutStore
  readonly lessons: Lessons
  /** In another page's frame: one lesson or one server, and no way from there to others. */
  readonly isEmbed: boolean
  /** Opens a session: the one named, the last one (null), or a fresh one. */
  readonly open: (id: SessionId | null, fresh?: true) => Promise<void>
  /** Opens what came from elsewhere: a session that was stored for it, or a new one. */
  readonly settle: (settler: Settler) => Promise<void>
  /** Opens the playground, a session of its own without a lesson. */
  readonly play: () => Promise<void>
  /** Opens a lesson in a session of its own: the one where it was last played, or a fresh one. */
  readonly learn: (lesson: string) => Promise<void>
  /** Opens a teacher's lesson in a session of its own. */
  readonly teach: (guest: Guest) => Promise<void>
  /** A lesson of the course, or the teacher's that is open. */
  readonly find: (id: string) => Listed | undefined
  /** Begins the open lesson from its beginning, in a fresh session; the old one stays in the list. */
  readonly again: () => Promise<void>
  /** A look at the server that disturbs nothing: a command that only reads, and what a key holds. */
  readonly peek: (db: number, argv: readonly Bytes[]) => Promise<Reply>
  readonly inspect: (db: number, key: Bytes) => Promise<ValuePage | null>
  readonly share: (upTo: number | null) => Promise<Shared>
  /** Tries what came, and with a name keeps it as a session. */
  readonly bring: (from: Brought, name: string | null) => Promise<Imported | ImportRefusal>
  /** Keys of the database in view with these letters in their names, asked for by pages while `goes`. */
  readonly findKeys: (part: string, goes: () => boolean) => Promise<readonly Bytes[]>
  /** The session as a file with all that there is of it, and a name for the file. */
  readonly download: () => Promise<readonly [Blob, string]>
  /** Takes a session over from the tab that has it open. */
  readonly take: (id: SessionId) => Promise<void>
  /** Stops whatever command runs: the session is as it was before it. */
  readonly stop: () => void
  /** Keeps the notebook and has all stored now: the page may be about to go. */
  readonly leave: () => void
}

/** A teacher's lesson: its files, and what was read in them, a Lesson for each language. */
export interface Guest {
  readonly files: readonly Source[]
  readonly lessons: readonly [Lesson, ...Lesson[]]
}

interface OpenGuest {
  readonly files: readonly Source[]
  readonly listed: Listed
}

/** A teacher's lesson, as those of the course are listed. */
function listGuest({ lessons }: Guest): Listed {
  const [first] = lessons
  const title = {
    en: first.title,
    ko: first.title,
    ...Object.fromEntries(lessons.map((each) => [each.language, each.title])),
  }
  return {
    ...first,
    title,
    languages: lessons.map(({ language }) => language),
    load: (language) => Promise.resolve(lessons.find((each) => each.language === language) ?? first),
  }
}

export interface Settler {
  /** Null: a new one, made for the lesson where there is one. */
  readonly session: SessionId | null
  readonly lesson?: string
  /** Its first notebook. */
  readonly book?: Notebook
}

/** What the page hands in: all that is outside. */
export interface Host extends LayoutHost, HandHost {
  /** performance.timeOrigin + performance.now(), in ms. */
  readonly clock: () => number
  readonly lessons: Lessons
  /** What this tab alone remembers over a reload: its session, for another tab may have used another one since. */
  readonly tab?: Memory | null
  readonly isEmbed?: boolean
}

/** Sooner than the worker saves, so that a command and what the page shows of it are stored together: at once after a
 * quiet moment, else a little later. Ms. */
const keepAfter = 40

export function createStores(session: Session, host: Host): Stores {
  const sessionStore = createSessionStore(session, host.clock)
  const actors = createActorsStore(session, sessionStore)
  const { library } = host.lessons
  const { isEmbed = false } = host
  let guest: OpenGuest | null = null
  const find = (id: string) => (guest?.listed.id === id ? guest.listed : library.find((each) => each.id === id))
  const lesson = createLessonStore(session, sessionStore, actors, host.lessons, find)
  const isCourse = (id: string) => library.some((each) => each.id === id)
  const progress = createProgressStore(lesson, isCourse, host.memory, host.clock)
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
  const hand = createHandStore({ session, sessionStore, consoles, lesson, layout }, host)
  const places = createPlaces(session, host.memory, host.tab)

  sessionStore.subscribe(({ info, phase }, before) => {
    if (!info || info.id === before.info?.id) return
    places.keepTab(info.id)
    // What is here has become a session of its own: its lesson goes on in that one.
    if (phase === 'open' && before.phase === 'open') noteLesson(true)
  })

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
      ...(guest ? { files: guest.files } : {}),
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
  for (const store of [consoles, keyspace, lesson, actors, layout, script] as const) store.subscribe(keep)

  function leave(): void {
    flush()
    session.ask({ do: 'flush' }).catch(() => undefined)
  }

  let wantedLesson = host.search.get('lesson')
  let wantedLine = host.search.get('run')

  /** What is to be opened: a session (null: the tab's own, or the last one), and what for. */
  interface Wish {
    /** The teacher's lesson that a fresh session is for. */
    readonly guest?: OpenGuest | null
    readonly session: SessionId | null
    readonly fresh?: boolean
    /** A lesson, which a fresh session is made for. */
    readonly lesson?: string
    readonly free?: boolean
    /** Another tab may have it open: it is taken from there. */
    readonly take?: true
    /** The page's address asked for it: as at the first visit, two clients are there. */
    readonly visit?: true
    /** In place of the notebook that is kept with it. */
    readonly book?: Notebook
  }

  const listed = (id: string | undefined) => (id === undefined ? undefined : find(id))

  /** A new session is made as its lesson wants it; the first of all, in which the first lesson begins, has two clients. */
  function beginnings({ lesson: id, free, fresh, visit }: Wish) {
    const { language } = layout.getState()
    if (free) return { clients: isEmbed ? ['A'] : ['A', 'B'], name: messagesIn(language).playground }
    const made = listed(id)
    if (!made) return { clients: ['A', 'B'], ...(fresh ? {} : { name: library[0]?.title[language] ?? '' }) }
    const { clients, actors: others, db, title } = made
    return {
      clients: [...new Set([...(visit ? ['A', 'B'] : []), ...clients]), ...others.map((name) => `${quietName}${name}`)],
      db,
      name: title[language],
    }
  }

  async function openFor(wish: Wish): Promise<void> {
    flush()
    restoring = true
    hand.getState().stop()
    guest = wish.guest ?? null
    sessionStore.getState().opening()
    try {
      const opened = await session.ask({
        do: 'open',
        session: wish.session ?? (wish.fresh ? null : places.ofTab()),
        ...(wish.fresh ? { fresh: true } : {}),
        ...(wish.take ? { take: true } : {}),
        ...beginnings(wish),
      })
      const book = wish.book ?? readNotebook(opened.notebook)
      kept = opened.notebook ?? ''
      if (book?.files) guest = await readAgain(book.files)
      sessionStore.getState().opened(opened)
      consoles.getState().restore(opened, book?.lanes ?? [], book?.shown)
      const db = wish.fresh ? (listed(wish.lesson)?.db ?? 0) : 0
      keyspace.getState().restore(book?.keyspace ?? (db > 0 ? { db, selected: null, open: [], closed: [] } : null))
      layout.getState().restore(book?.panes ?? null, book?.stage)
      script.getState().restore(book?.script)
      if (wantedLine !== null) consoles.getState().write('A', wantedLine)
      else {
        const { lanes, active, use } = consoles.getState()
        use(lanes.some(({ name }) => name === book?.active) ? book!.active : active)
      }
      wantedLine = null
      restoring = false
      if (wish.free ?? (book?.free === true && wish.lesson === undefined)) lesson.getState().leave()
      else
        await lesson
          .getState()
          .start(wish.lesson ?? book?.lesson?.place.lesson ?? null, layout.getState().language, book?.lesson)
      noteLesson(false)
      if (wish.book) keep()
    } catch (error) {
      restoring = false
      sessionStore.getState().failed(error instanceof Error ? error.message : String(error))
    }
  }

  /** The teacher's lesson that a session was kept with. */
  async function readAgain(files: readonly Source[]): Promise<OpenGuest | null> {
    const read = await host.lessons.readGuest(files)
    return read.ok ? { files, listed: listGuest({ files, lessons: read.lessons }) } : null
  }

  /** Where a lesson was played last it is opened again; a session that was only opened does not count while there is one. */
  function noteLesson(played: boolean): void {
    const { info } = sessionStore.getState()
    const id = lesson.getState().lesson?.id
    if (!info || id === undefined || !isCourse(id)) return
    const purpose: Purpose = `lesson.${id}`
    if (played || !places.has(purpose)) places.keep(purpose, info.id)
  }
  lesson.subscribe((now, before) => {
    if (now.tried && !before.tried) noteLesson(true)
  })

  async function open(id: SessionId | null, fresh?: true): Promise<void> {
    const asked = id === null && !fresh ? listed(wantedLesson ?? undefined) : undefined
    wantedLesson = null
    if (asked) return openLesson(asked.id, true)
    await openFor({ session: id, ...(fresh ? { fresh } : {}) })
  }

  const take = (id: SessionId) => openFor({ session: id, take: true })

  async function download(): Promise<readonly [Blob, string]> {
    flush()
    const file = await session.ask({ do: 'export' })
    return [new Blob([file], { type: 'application/octet-stream' }), 'session.rediscover']
  }

  async function openLesson(id: string, visit?: true): Promise<void> {
    const known = await places.find(`lesson.${id}`)
    await openFor({ session: known, fresh: known === null, lesson: id, ...(visit ? { visit } : {}) })
  }

  async function learn(id: string): Promise<void> {
    if (listed(id) && lesson.getState().lesson?.id !== id) await openLesson(id)
  }

  async function again(): Promise<void> {
    const id = lesson.getState().lesson?.id
    if (id === undefined) return
    await openFor({ session: null, fresh: true, lesson: id, guest })
    noteLesson(true)
  }

  async function teach({ files, lessons }: Guest): Promise<void> {
    const listedGuest = listGuest({ files, lessons })
    await openFor({
      session: null,
      fresh: true,
      lesson: listedGuest.id,
      guest: { files, listed: listedGuest },
    })
  }

  async function play(): Promise<void> {
    if (lesson.getState().free) return
    const known = await places.find('playground')
    await openFor({ session: known, fresh: known === null, free: true })
    const { info } = sessionStore.getState()
    if (info) places.keep('playground', info.id)
  }

  layout.subscribe((now, before) => {
    if (now.language !== before.language) void lesson.getState().translate(now.language)
    if (now.tab === 'keys') keyspace.getState().seen()
  })
  keyspace.subscribe((now) => {
    if (now.unseen > 0 && layout.getState().tab === 'keys') now.seen()
  })

  const settle = (settler: Settler) => openFor({ ...settler, fresh: settler.session === null })
  const actorsNames = library.flatMap((each) => each.actors.map((name) => `${quietName}${name}`))
  const share = (upTo: number | null) => session.ask({ do: 'share', upTo })
  const bring = (from: Brought, name: string | null) =>
    session.ask({ do: 'import', from, names: [...letters, ...actorsNames], keep: name === null ? null : { name } })

  const peek = (db: number, argv: readonly Bytes[]) => session.ask({ do: 'peek', db, argv })
  const inspect = (db: number, key: Bytes) => session.ask({ do: 'inspect', db, key, from: 0, count: 1 })

  return {
    session: sessionStore,
    console: consoles,
    typing,
    script,
    keyspace,
    lesson,
    progress,
    actors,
    hand,
    layout,
    lessons: host.lessons,
    isEmbed,
    open,
    settle,
    share,
    bring,
    play,
    learn,
    teach,
    find,
    again,
    findKeys,
    leave,
    download,
    take,
    stop: session.stop.bind(session),
    peek,
    inspect,
  }
}
