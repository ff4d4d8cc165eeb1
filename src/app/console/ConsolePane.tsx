import { Fragment } from 'react'
import { Panel } from 'react-resizable-panels'
import { useConsole, useMedia, useMessages, useStores } from '../context.tsx'
import { Panes, Splitter } from '../ui/Panes.tsx'
import { ClientConsole } from './ClientConsole.tsx'
import { DocStrip } from './DocStrip.tsx'
import css from './console.module.css'

/** All clients: side by side where there is room, else one at a time. */
export function ConsolePane() {
  const names = useConsole((state) => state.lanes.map((lane) => lane.name).join('\n'))
  const wide = useMedia('(min-width: 900px)')
  const lanes = names === '' ? ['A', 'B'] : names.split('\n')
  return (
    <div className={css.stage}>
      {wide ? (
        <div className={css.beside}>
          <SideBySide lanes={lanes} />
        </div>
      ) : (
        <OneAtATime lanes={lanes} />
      )}
      <DocStrip />
    </div>
  )
}

function SideBySide({ lanes }: { lanes: readonly string[] }) {
  return (
    <Panes id={`clients-${lanes.join('')}`} orientation="horizontal">
      {lanes.map((name, i) => (
        <Fragment key={name}>
          {i > 0 && <Splitter />}
          <Panel id={`client-${name}`} minSize="180px">
            <ClientConsole name={name} color={i} />
          </Panel>
        </Fragment>
      ))}
    </Panes>
  )
}

function OneAtATime({ lanes }: { lanes: readonly string[] }) {
  const t = useMessages()
  const { console: consoles } = useStores()
  const active = useConsole((state) => state.active)
  const shown = lanes.includes(active) ? active : lanes[0]!
  return (
    <>
      <div className={css.switch} role="tablist" aria-label={t.console}>
        {lanes.map((name, i) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === shown}
            onClick={() => consoles.getState().use(name)}
          >
            <i className={css.mark} data-color={i % 3} />
            {t.clientName(name)}
          </button>
        ))}
      </div>
      <div className={css.lanes}>
        <ClientConsole key={shown} name={shown} color={lanes.indexOf(shown)} />
      </div>
    </>
  )
}
