// docs/commands.md, from the catalog: which commands there are, what they do in both languages, and which of the server's
// are not there. `npm run docs` writes it; a test keeps it true.
import '../engine/whole.ts'
import { catalog } from '../engine/catalog.ts'
import { departures, differences } from '../engine/config-parameters.ts'
import { readFidelity, type Fidelity } from './fidelity.ts'
import { missing } from '../engine/testing/recorded.ts'

/** Groups in the page's order. */
const groups = new Map<string, string>([
  ['string', 'Strings'],
  ['hash', 'Hashes'],
  ['list', 'Lists'],
  ['set', 'Sets'],
  ['sorted-set', 'Sorted sets'],
  ['generic', 'Keys'],
  ['transactions', 'Transactions'],
  ['connection', 'Connections'],
  ['pubsub', 'Messages'],
  ['server', 'Server'],
])

/** How often a command was compared; a star where it is not quite the same on purpose. */
function timesOf(name: string, { compared, differs }: Fidelity): string {
  const [transcripts, fuzz] = compared[name] ?? [0, 0]
  const times = transcripts + fuzz === 0 ? 'never' : (transcripts + fuzz).toLocaleString('en')
  return differs[name] ? `${times} *` : times
}

const cell = (text: string) => text.replaceAll('|', '\\|')

function table(group: string, fidelity: Fidelity): string {
  const rows = catalog
    .filter((command) => command.group === group)
    .map(
      ({ name, usage, summary }) =>
        `| \`${cell(`${name} ${usage}`.trim())}\` | ${cell(summary.en)} | ${cell(summary.ko)} | ${timesOf(name, fidelity)} |`,
    )
  return ['| command | what it does | 하는 일 | compared |', '|---|---|---|--:|', ...rows].join('\n')
}

/** Where this server is not quite redis-server, on purpose. */
function otherwise(): string {
  const values = Object.entries(differences).map(
    ([name, { ours, why }]) => `- \`${name}\` begins with \`${ours || '""'}\`. ${why}`,
  )
  const doings = Object.entries(departures).map(([name, { en, ko }]) => `- \`${name}\`: ${en} ${ko}`)
  return [...values, ...doings].join('\n')
}

/** The page's text. */
export function commandsPage(): string {
  const fidelity = readFidelity()
  const known = new Set<string>(catalog.map(({ group }) => group))
  const inOrder = [...groups.keys()].filter((group) => known.has(group))
  const sections = [...new Set([...inOrder, ...known])].map(
    (group) => `## ${groups.get(group) ?? group}\n\n${table(group, fidelity)}\n`,
  )
  const lack = missing()
    .map((entry) => `\`${entry.replace(/^.*: /, '').toUpperCase().replace('|', ' ')}\``)
    .join(', ')
  return [
    '# Commands\n',
    'Made from the catalog by `npm run docs`; every reply is compared with redis-server 8.0.2 (`npm run test:oracle`).\n',
    `The last column tells how many replies of each command were compared and the same, in transcripts and by fuzzers, when they were last counted (${fidelity.date}, seed ${fidelity.seed}; \`npm run test:oracle -- --count\`). A star: some of it is otherwise here on purpose, as the end of the page tells.\n`,
    ...sections,
    '## Otherwise here\n',
    `${otherwise()}\n`,
    '## Not there yet\n',
    `What redis-server 8.0.2 has beside these: ${lack}.\n`,
  ].join('\n')
}
