import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useKeyspace, useLesson, useMedia, useMessages, useSession, useStores } from '../context.tsx'
import type { Kind, Sort } from '../../session/protocol.ts'
import { usualDelimiter } from '../stores/keyspace.ts'
import { Popover } from '../ui/Popover.tsx'
import { KeyTree } from './KeyTree.tsx'
import { ValuePanel } from './ValuePanel.tsx'
import css from './inspector.module.css'

const sixteen = Array.from({ length: 16 }, (_, db) => db)
const suggestions = ['SET Bahamas Nassau', 'HSET hat:1 color black price 49.99', 'RPUSH jobs paint dry']

/** The keys of a database beside the consoles: always as they are, never asked to refresh. */
export function Inspector() {
  const total = useKeyspace((state) => state.total)
  const loaded = useKeyspace((state) => state.loaded)
  const selected = useKeyspace((state) => state.selected)
  const body = useRef<HTMLDivElement>(null)
  const [wide, setWide] = useState(false)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWide((entry?.contentRect.width ?? 0) > 560))
    if (body.current) observer.observe(body.current)
    return () => observer.disconnect()
  }, [])
  const nothing = loaded && total === 0
  const classes = [css.body, wide && css.split, nothing && selected === null && css.empty].filter(Boolean).join(' ')
  return (
    <div className={css.pane} data-pane="keys">
      <Head />
      <div ref={body} className={classes}>
        {nothing ? <Nothing /> : <KeyTree />}
        {!(nothing && selected === null) && <ValuePanel />}
      </div>
    </div>
  )
}

function Head() {
  const t = useMessages()
  const { keyspace } = useStores()
  const filter = useKeyspace((state) => state.filter)
  const db = useKeyspace((state) => state.db)
  const keys = useKeyspace((state) => state.keys)
  const sizes = useSession((state) => state.databases)
  const keysIn = (each: number) => sizes.find((size) => size.db === each)?.keys ?? 0
  const label = (each: number) =>
    each !== db && keysIn(each) > 0 ? `db ${each} · ${t.keysCount(keysIn(each))}` : `db ${each}`
  const filled = sixteen.filter((each) => keysIn(each) > 0)
  const blank = sixteen.filter((each) => keysIn(each) === 0)
  const option = (each: number) => (
    <option key={each} value={each}>
      {label(each)}
    </option>
  )
  return (
    <div className={css.head}>
      <input
        className={css.filter}
        value={filter}
        onChange={(event) => keyspace.getState().match(event.target.value)}
        placeholder="MATCH *"
        aria-label={t.filterLabel}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
      />
      <select
        className={css.db}
        value={db}
        aria-label={t.database}
        onChange={(event) => keyspace.getState().choose(Number(event.target.value))}
      >
        {filled.map(option)}
        {filled.length > 0 && blank.length > 0 && <hr />}
        {blank.map(option)}
      </select>
      <Options />
      <span className={css.count} data-part="keys">
        {t.keysCount(keys)}
      </span>
    </div>
  )
}

const kinds: readonly Kind[] = ['string', 'list', 'set', 'zset', 'hash', 'stream']
const sorts: readonly Sort[] = ['name', 'changed', 'ttl']

/** Which keys, in which order, in which folders. */
function Options() {
  const t = useMessages()
  const { keyspace } = useStores()
  const type = useKeyspace((state) => state.type)
  const sort = useKeyspace((state) => state.sort)
  const delimiter = useKeyspace((state) => state.delimiter)
  const special = type !== null || sort !== 'name' || delimiter !== usualDelimiter
  return (
    <Popover
      label={t.treeOptions}
      className={css.options}
      button={
        <>
          <SlidersHorizontal size={15} strokeWidth={1.9} aria-hidden="true" />
          {special && <i className={css.special} />}
        </>
      }
    >
      {() => (
        <div className={css.choices}>
          <label>
            {t.onlyType}
            <select
              value={type ?? ''}
              onChange={(event) => keyspace.getState().only(kinds.find((kind) => kind === event.target.value) ?? null)}
            >
              <option value="">{t.allTypes}</option>
              {kinds.map((kind) => (
                <option key={kind}>{kind}</option>
              ))}
            </select>
          </label>
          <label>
            {t.sortBy}
            <select
              value={sort}
              onChange={(event) => keyspace.getState().order(sorts.find((each) => each === event.target.value)!)}
            >
              {sorts.map((each) => (
                <option key={each} value={each}>
                  {t.sorts[each]}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t.delimiter}
            <input
              value={delimiter}
              maxLength={8}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              disabled={sort !== 'name'}
              onChange={(event) => keyspace.getState().divide(event.target.value)}
            />
          </label>
          <p>{sort === 'name' ? t.delimiterTip : t.flatTip}</p>
        </div>
      )}
    </Popover>
  )
}

/** No rows: because nothing is stored, or because nothing matches. */
function Nothing() {
  const t = useMessages()
  const { keyspace, console: consoles, layout, play, isEmbed } = useStores()
  const free = useLesson((state) => state.free)
  // There the sample data stands beside the keys.
  const beside = useMedia('(min-width: 721px)') && free
  const filter = useKeyspace((state) => state.filter)
  const type = useKeyspace((state) => state.type)
  const db = useKeyspace((state) => state.db)
  const elsewhere = useSession((state) => state.databases.some((each) => each.keys > 0))
  const showAll = () => {
    keyspace.getState().match('')
    keyspace.getState().only(null)
  }
  const suggestion = suggestions[db % suggestions.length]!
  return (
    <div className={css.treeBox}>
      <div role="tree" aria-label="Keys" />
      <div className={css.none}>
        {filter.trim() !== '' || type !== null ? (
          <>
            <h2>{t.noMatch}</h2>
            <button type="button" className={css.link} onClick={showAll}>
              {t.clearFilter}
            </button>
          </>
        ) : (
          <>
            <h2>{elsewhere || db > 0 ? t.emptyHere(db) : t.noKeys}</h2>
            <p>{t.noKeysHint}</p>
            <button
              type="button"
              className={css.try}
              onClick={() => {
                layout.getState().show('console')
                consoles.getState().submit(consoles.getState().active, suggestion)
              }}
            >
              {suggestion}
            </button>
            {!beside && !isEmbed && (
              <button
                type="button"
                className={`${css.link} ${css.sets}`}
                onClick={() => (free ? layout.getState().show('lesson') : void play())}
              >
                {free ? t.sampleData : t.toPlayground}
              </button>
            )}
          </>
        )}
      </div>
    </div>
  )
}
