import { useConsole, useLayout, useMessages, useSession, useStores } from '../context.tsx'
import { sampleSets } from './sets.ts'
import css from './sandbox.module.css'

/** The sample data, each set at one press: its commands are typed into a console that is free to run them. */
export default function SampleSets() {
  const t = useMessages()
  const { console: consoles, layout } = useStores()
  const language = useLayout((state) => state.language)
  const name = useFreeConsole()
  return (
    <ul className={css.sets}>
      {sampleSets.map(({ id, title, about, lines }) => (
        <li key={id}>
          <button
            type="button"
            data-client={name}
            title={lines.join('\n')}
            onClick={() => {
              layout.getState().show('console')
              consoles.getState().use(name)
              consoles.getState().paste(name, lines.join('\n'), true)
            }}
          >
            <b>{title[language]}</b>
            <small>{t.sampleRuns(name)}</small>
            <span>{about[language]}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The active client, or where that one waits, queues or only listens, the first that would run a command now. */
function useFreeConsole(): string {
  const clients = useSession((state) => state.clients)
  const active = useConsole((state) => state.active)
  return useConsole(({ lanes }) => {
    const free = lanes.filter((lane) => {
      const state = clients.find((each) => each.client === lane.client)
      if (!state || state.blocked || state.queued !== null) return false
      return state.protocol === 3 || Object.values(state.subscribed).every((names) => names.length === 0)
    })
    return (free.find((lane) => lane.name === active) ?? free[0])?.name ?? active
  })
}
