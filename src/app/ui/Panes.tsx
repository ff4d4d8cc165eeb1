import { useEffect, type ReactNode } from 'react'
import { Group, Separator, useGroupRef } from 'react-resizable-panels'
import { useLayout, useMessages, useStores } from '../context.tsx'
import css from './panes.module.css'

/** Panes that can be resized; their sizes are kept with the session. */
export function Panes({
  id,
  orientation,
  children,
}: {
  id: string
  orientation: 'horizontal' | 'vertical'
  children: ReactNode
}) {
  const { layout } = useStores()
  const applied = useLayout((state) => state.applied)
  const group = useGroupRef()
  useEffect(() => {
    const sizes = layout.getState().panes[id]
    if (sizes) group.current?.setLayout({ ...sizes })
  }, [applied, group, id, layout])
  return (
    <Group
      groupRef={group}
      className={css.group}
      orientation={orientation}
      onLayoutChanged={(_, { isUserInteraction, requestedLayout }) => {
        if (isUserInteraction && requestedLayout) layout.getState().resized(id, requestedLayout)
      }}
    >
      {children}
    </Group>
  )
}

/** The line between two panes. */
export function Splitter() {
  const t = useMessages()
  return <Separator className={css.splitter} aria-label={t.resize} />
}
