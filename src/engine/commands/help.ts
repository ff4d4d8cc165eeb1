// HELP of the container commands: one shape for all of them.
import { status } from '../../wire/reply.ts'
import { command } from '../command.ts'

/** The HELP subcommand of a container; each group of lines is a usage and its sentences. */
export const help = (
  container: string,
  since: string,
  lines: readonly (readonly string[])[],
  categories: readonly string[] = [],
) =>
  command({
    name: `${container} HELP`,
    summary: {
      en: `Lists the subcommands of ${container}.`,
      ko: `${container}의 하위 명령을 늘어놓습니다.`,
    },
    since,
    complexity: 'O(1)',
    flags: ['loading', 'stale'],
    categories,
    args: [],
    run: () => [
      status(`${container} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`),
      ...[...lines, ['HELP', 'Print this help.']].flatMap(([usage, ...sentences]) => [
        status(usage!),
        ...sentences.map((sentence) => status(`    ${sentence}`)),
      ]),
    ],
  })
