import { Plus } from 'lucide-react'
import { Fragment, useEffect, useRef } from 'react'
import { Panel } from 'react-resizable-panels'
import { useConsole, useMedia, useMessages, useSession, useStores } from '../context.tsx'
import { letters, type Lane } from '../stores/console.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Panes, Splitter } from '../ui/Panes.tsx'
import { Announcer } from './Announcer.tsx'
import { ClientConsole } from './ClientConsole.tsx'
import { DocStrip } from './DocStrip.tsx'
import css from './console.module.css'

/** The clients: as many side by side as can be read, the others a press away; on a narrow page one at a time. */
export function ConsolePane() {
  const two = useMedia('(min-width: 900px)')
  const three = useMedia('(min-width: 1280px)')
  const room = three ? 3 : two ? 2 : 1
  const view = useConsole(({ lanes, shown, active }) => {
    if (lanes.length === 0) return 'A'
    const here = shown.filter((name) => lanes.some((lane) => lane.name === name))
    const wanted = room === 1 || here.length === 0 ? [active] : here.slice(0, room)
    return wanted.sort().join('')
  })
  const names = view.split('')
  return (
    <div className={css.stage} data-pane="console">
      <Bar room={room} view={names} />
      <div className={room === 1 ? css.lanes : css.columns}>
        {room === 1 ? <ClientConsole key={view} name={view} first alone /> : <SideBySide names={names} />}
      </div>
      <DocStrip />
      <Announcer />
    </div>
  )
}

function SideBySide({ names }: { names: readonly string[] }) {
  return (
    <Panes key={names.length} id={`clients-${names.join('')}`} orientation="horizontal">
      {names.map((name, i) => (
        <Fragment key={name}>
          {i > 0 && <Splitter />}
          <Panel id={`client-${name}`} minSize="180px">
            <ClientConsole name={name} first={i === 0} alone={names.length === 1} />
          </Panel>
        </Fragment>
      ))}
    </Panes>
  )
}

/** All clients by letter: which are in view, and one more. Ctrl+Alt and a number leads to each. */
function Bar({ room, view }: { room: number; view: readonly string[] }) {
  const t = useMessages()
  const { console: consoles } = useStores()
  const lanes = useConsole((state) => state.lanes)
  const active = useConsole((state) => state.active)
  const one = room === 1
  const bar = useRef<HTMLDivElement>(null)
  const titles = lanes.map(({ name, title }) => name + title).join('\n')
  useEffect(() => {
    const box = bar.current
    const tab = box?.querySelector<HTMLElement>('[data-active="true"]')
    if (!box || !tab) return
    // Not by scrollIntoView: in a frame that moves the page around, too.
    const left = tab.offsetLeft - box.offsetLeft
    box.scrollLeft = Math.min(left, Math.max(box.scrollLeft, left + tab.offsetWidth - box.clientWidth))
  }, [active, titles])
  return (
    <div className={css.bar}>
      <div ref={bar} className={css.switch} role={one ? 'tablist' : 'toolbar'} aria-label={t.console}>
        {lanes.map((lane) => (
          <button
            key={lane.name}
            type="button"
            data-client={lane.name}
            data-active={lane.name === active}
            aria-label={[t.clientName(lane.name), lane.title].filter(Boolean).join(', ')}
            aria-keyshortcuts={`Control+Alt+${letters.indexOf(lane.name) + 1}`}
            title={t.clientKeys(lane.name, letters.indexOf(lane.name) + 1)}
            {...(one
              ? { role: 'tab', 'aria-selected': view.includes(lane.name) }
              : { 'aria-pressed': view.includes(lane.name) })}
            onClick={() => consoles.getState().use(lane.name)}
          >
            <i className={css.mark} />
            {one && lanes.length < 3 && lane.title === '' ? (
              t.clientName(lane.name)
            ) : (
              <>
                <span className={css.lead}>{lane.name}</span>
                {lane.title}
              </>
            )}
            {!view.includes(lane.name) && <Sign lane={lane} />}
          </button>
        ))}
      </div>
      {lanes.length > 0 && lanes.length < letters.length && (
        <IconButton small icon={Plus} label={t.addClient} onClick={() => consoles.getState().add()} />
      )}
    </div>
  )
}

/** What a client out of view is about. */
function Sign({ lane }: { lane: Lane }) {
  const t = useMessages()
  const client = useSession((state) => state.clients.find((each) => each.client === lane.client))
  if (client?.blocked) return <i className={css.pulse} title={t.waiting} />
  return client && client.queued !== null ? <small>TX</small> : null
}
