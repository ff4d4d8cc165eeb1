// A real server as at its start: nothing in it, and every parameter that a test may have set as it was.
import type { Connection } from './connection.ts'

const parameters = {
  save: '',
  'hash-max-listpack-entries': '512',
  'hash-max-listpack-value': '64',
  'list-max-listpack-size': '-2',
  'set-max-intset-entries': '512',
  'set-max-listpack-entries': '128',
  'set-max-listpack-value': '64',
  'zset-max-listpack-entries': '128',
  'zset-max-listpack-value': '64',
}

export async function freshen(connection: Connection): Promise<void> {
  await connection.ask('FLUSHALL')
  await connection.ask('CONFIG', 'SET', ...Object.entries(parameters).flat())
}
