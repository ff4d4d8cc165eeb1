// What the page around may ask of the frame. It acts as the learner does: lines go into the consoles, where they can be
// seen and taken back.
import type { Mode, Result, State, Theme, Where } from '../../embed/protocol.ts'
import type { Desk } from '../../embed/guest.ts'
import { isError } from '../../wire/reply.ts'
import { asPrinted, show } from '../../wire/show.ts'
import { loadMessages } from '../i18n/index.ts'
import { cargoOf, noLog, pack } from '../share/pack.ts'
import { isBroken, look, openNew } from '../share/unpack.ts'
import { argvOf } from '../stores/cli.ts'
import type { Entry } from '../stores/console.ts'
import type { Stores } from '../stores/index.ts'
import type { LessonState } from '../stores/lesson.ts'

/** The most characters of a reply that are told. */
const longestReply = 20_000

/** A row as it is told. */
export function resultOf(client: string, { line, reply }: Entry, most = longestReply): Result {
  if (reply === undefined) return { client, line, reply: null, isError: false }
  return { client, line, reply: show(asPrinted(argvOf(line), reply)).slice(0, most), isError: isError(reply) }
}

/** Where the learner is; null without a lesson. */
export function whereOf({ lesson, place }: LessonState): Where | null {
  const step = place && lesson?.steps[place.step]
  if (!lesson || !step) return null
  return {
    lesson: lesson.id,
    title: lesson.title,
    step: step.id,
    number: place.step + 1,
    steps: lesson.steps.length,
    done: place.done,
  }
}

export function stateOf({ layout, lesson, console: consoles, session }: Stores, mode: Mode): State {
  const { language, theme } = layout.getState()
  const { databases, saving } = session.getState()
  return {
    mode,
    language,
    theme: theme ?? 'auto',
    lesson: whereOf(lesson.getState()),
    clients: consoles.getState().lanes.map(({ name }) => name),
    keys: databases.reduce((sum, each) => sum + each.keys, 0),
    isKept: saving?.state !== 'memory',
  }
}

/** A link to the session as it is; null where there is none that is short enough. */
export async function linkTo(stores: Stores): Promise<string | null> {
  const shared = await stores.share(null)
  const cargo = cargoOf(stores, shared, noLog(shared) ? 'image' : 'log')
  return cargo && (await pack(cargo)).link
}

/** Null follows the system. */
export const chooseTheme = ({ layout }: Stores, theme: Theme) =>
  theme === 'auto' ? layout.setState({ theme: null }) : layout.getState().setTheme(theme)

export function createDesk(stores: Stores, mode: Mode): Desk {
  const { console: consoles, layout, lesson, session } = stores
  const state = () => stateOf(stores, mode)

  async function openLesson(id: string, step: string | number | undefined): Promise<void> {
    if (!stores.find(id)) throw new Error(`there is no lesson "${id}"`)
    await stores.learn(id)
    if (step === undefined) return
    const steps = lesson.getState().lesson?.steps ?? []
    const at = typeof step === 'number' ? step - 1 : steps.findIndex((each) => each.id === step)
    if (!steps[at]) throw new Error(`the lesson "${id}" has no step ${JSON.stringify(step)}`)
    lesson.getState().go(at)
  }

  async function openLink(link: string): Promise<void> {
    const found = await look(stores, link.slice(link.indexOf('#') + 1))
    const broken = isBroken(found) ? found : await openNew(stores, found)
    if (broken) throw new Error(`the link cannot be opened: ${broken}`)
  }

  /** Resolves when the last line has its answer, or the lines were stopped. */
  function run(lines: readonly string[], client: string): Promise<Result[]> {
    const after =
      consoles
        .getState()
        .lanes.find(({ name }) => name === client)
        ?.entries.at(-1)?.id ?? 0
    const rows = () =>
      (consoles.getState().lanes.find(({ name }) => name === client)?.entries ?? [])
        .filter(({ id, pushed, line }) => id > after && !pushed && line !== '')
        .map((entry) => resultOf(client, entry))
    consoles.getState().bring(client)
    consoles.getState().paste(client, lines.join('\n'))
    return new Promise((resolve) => {
      const settle = () => {
        if (consoles.getState().busy(client)) return
        leave()
        consoles.getState().letGo(client)
        resolve(rows())
      }
      const leave = consoles.subscribe(() => queueMicrotask(settle))
      settle()
    })
  }

  return {
    async load(asked) {
      if ('link' in asked) await openLink(asked.link)
      else await openLesson(asked.lesson, asked.step)
      return state()
    },
    async run({ lines, client }) {
      const wanted = client ?? consoles.getState().active
      if (consoles.getState().busy(wanted)) throw new Error(`client ${wanted} is busy`)
      return run(lines, wanted)
    },
    async reset({ what = 'all' }) {
      const open = lesson.getState().lesson !== null
      if (!open) await session.getState().reset()
      else if (what === 'step') await lesson.getState().anew()
      else await stores.again()
      return state()
    },
    async setLanguage({ language }) {
      await loadMessages(language)
      layout.getState().setLanguage(language)
      return state()
    },
    async setTheme({ theme }) {
      chooseTheme(stores, theme)
      return state()
    },
    async getState() {
      return state()
    },
    link: () => linkTo(stores),
  }
}
