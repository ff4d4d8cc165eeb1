import type { CommandDoc } from '../../session/protocol.ts'
import { useLayout, useMessages, useSession } from '../context.tsx'
import Fidelity from '../docs/Fidelity.tsx'
import css from './console.module.css'

/** The commands that `help` and these words are about, as redis-cli finds them: a group, or all whose name begins so. */
export function topicOf(topic: string, catalog: readonly CommandDoc[]): readonly CommandDoc[] {
  const wanted = topic.trim().toLowerCase()
  if (wanted.startsWith('@')) return catalog.filter(({ group }) => `@${group}` === wanted.replaceAll('_', '-'))
  const words = wanted.split(/\s+/)
  return catalog.filter(({ name }) => {
    const own = name.toLowerCase().split(' ')
    return words.every((word, i) => own[i] === word)
  })
}

/** What redis-cli prints for help; only the summary is in the person's language. */
export default function HelpTopic({ topic }: { topic: string }) {
  const t = useMessages()
  const language = useLayout((state) => state.language)
  const found = topicOf(
    topic,
    useSession((state) => state.catalog),
  )
  if (found.length === 0)
    return (
      <div data-part="note" className={css.note}>
        {t.helpNone(topic)}
      </div>
    )
  return (
    <div data-part="help" className={css.topic}>
      {found.map((doc) => (
        <div key={doc.name}>
          <b>{doc.name}</b> {doc.usage}
          <br />
          <i>summary:</i> <span lang={language}>{doc.summary[language]}</span>
          <br />
          <i>since:</i> {doc.since}
          {!topic.trim().startsWith('@') && (
            <>
              <br />
              <i>group:</i> {doc.group}
              <br />
              <i>fidelity:</i>{' '}
              <span lang={language}>
                <Fidelity name={doc.name} />
              </span>
            </>
          )}
        </div>
      ))}
    </div>
  )
}
