// npm run lesson -- new | check | play | edit: for those who write lessons (lessons/README.md).
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { run } from './lesson/run.ts'

const isTerminal = process.stdin.isTTY && process.stdout.isTTY

async function pause(says: string): Promise<void> {
  if (!isTerminal) return
  const asks = createInterface({ input: process.stdin, output: process.stdout, prompt: `[${says}] ` })
  asks.once('SIGINT', () => process.exit(130))
  asks.prompt()
  // Ctrl+D goes on too.
  await Promise.race([once(asks, 'line'), once(asks, 'close')])
  asks.close()
}

process.exitCode = await run(process.argv.slice(2), {
  // run.mjs has gone to the project's folder; npm says where the person is.
  root: process.cwd(),
  here: process.env['INIT_CWD'] ?? process.cwd(),
  language: process.env['LANG']?.startsWith('ko') ? 'ko' : 'en',
  paper: {
    width: process.stdout.columns ?? 80,
    colours: process.stdout.isTTY && !process.env['NO_COLOR'],
    write: (row) => console.log(row),
    pause,
  },
  error: (row) => console.error(row),
})
