import { text } from '../../wire/bytes.ts'
import { isError } from '../../wire/reply.ts'
import { useMessages, useSession, useStores } from '../context.tsx'
import { argvOf } from '../stores/cli.ts'
import type { Entry } from '../stores/console.ts'
import { catalogOf, mended, nearCommand, nearSubcommand } from '../typing/reading.ts'
import css from './console.module.css'

/** After an error about a name that is none: the one that was meant, perhaps; a press writes the line anew. */
export function DidYouMean({ entry, client }: { entry: Entry; client: string }) {
  const t = useMessages()
  const { console: consoles } = useStores()
  const docs = useSession((state) => state.catalog)
  if (entry.reply === undefined || !isError(entry.reply)) return null
  const isCommand = entry.reply.text.startsWith('ERR unknown command ')
  if (!isCommand && !entry.reply.text.startsWith('ERR unknown subcommand ')) return null
  const [first, second] = argvOf(entry.line).map(text)
  const catalog = catalogOf(docs)
  const container = first?.toUpperCase() ?? ''
  const near = isCommand ? nearCommand(first ?? '', catalog) : nearSubcommand(container, second ?? '', catalog)
  if (near === null) return null
  return (
    <div data-part="note" className={css.note}>
      <button
        type="button"
        className={css.fix}
        onClick={() => consoles.getState().write(client, mended(entry.line, isCommand ? 0 : 1, near))}
      >
        {t.didYouMean(isCommand ? near : `${container} ${near}`)}
      </button>
    </div>
  )
}
