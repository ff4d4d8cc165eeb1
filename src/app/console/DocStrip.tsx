import { ChevronDown, ChevronUp } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { CommandDoc } from '../../session/protocol.ts'
import { useLayout, useMessages, useStores, useTyping } from '../context.tsx'
import type { Messages } from '../i18n/index.ts'
import { IconButton } from '../ui/IconButton.tsx'
import css from './docs.module.css'

const Fidelity = lazy(() => import('../docs/Fidelity.tsx'))

/** The docs of the command being typed, at the foot of the consoles. */
export function DocStrip() {
  const t = useMessages()
  const { isEmbed } = useStores()
  return <DocLine doc={useTyping((state) => state.doc)} empty={isEmbed ? '' : t.docsEmpty} />
}

/** The docs of a command: one line, or a card. Both are always as high, so that nothing moves while one types. */
export function DocLine({ doc, empty }: { doc: CommandDoc | null; empty: string }) {
  const t = useMessages()
  const language = useLayout((state) => state.language)
  const { layout } = useStores()
  const open = useLayout((state) => state.docs)
  return (
    <aside className={css.docs} data-open={open} aria-label={t.docs}>
      {doc ? (
        <div className={css.line}>
          <code>
            <b>{doc.name}</b> {!open && doc.usage}
          </code>
          {!open && <span>{doc.summary[language]}</span>}
        </div>
      ) : (
        <div className={css.line}>
          <span>{empty}</span>
        </div>
      )}
      <IconButton
        icon={open ? ChevronDown : ChevronUp}
        label={open ? t.docsClose : t.docsOpen}
        small
        onClick={() => layout.getState().openDocs(!open)}
      />
      {open && doc && <Card doc={doc} />}
    </aside>
  )
}

/** A region that scrolls is reached by the keyboard. */
const scrolls = { tabIndex: 0 } as const

function Card({ doc }: { doc: CommandDoc }) {
  const t = useMessages()
  const language = useLayout((state) => state.language)
  return (
    <section className={css.card} aria-label={doc.name} {...scrolls}>
      <p>{doc.summary[language]}</p>
      <code>
        <b>{doc.name}</b> {doc.usage}
      </code>
      <p className={css.facts}>
        {[t.since(doc.since), doc.complexity, ...flagWords(t, doc)].map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <p className={css.facts}>
        <Suspense fallback={<span>&nbsp;</span>}>
          <Fidelity name={doc.name} />
        </Suspense>
      </p>
    </section>
  )
}

/** COMMAND's flags as people say them; those that only the server's own house needs are left out. */
export function flagWords(t: Messages, { flags }: CommandDoc): string[] {
  return t.flags.filter(([flag]) => flags.includes(flag)).map(([, words]) => words)
}
