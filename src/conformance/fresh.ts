// A server as at its start: nothing in it, and every parameter that a test may have set as the real one has it (but no
// save points). Our own engine begins with other values of some, and is brought to these.
import { EngineTarget } from '../engine/testing/engine-target.ts'
import { latin } from '../wire/bytes.ts'
import type { Connection } from './connection.ts'

const parameters = {
  save: '',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  'lfu-log-factor': '10',
  'lfu-decay-time': '1',
  'slowlog-log-slower-than': '10000',
  'slowlog-max-len': '128',
  'proto-max-bulk-len': '536870912',
  'hash-max-listpack-entries': '512',
  'hash-max-listpack-value': '64',
  'list-max-listpack-size': '-2',
  'set-max-intset-entries': '512',
  'set-max-listpack-entries': '128',
  'set-max-listpack-value': '64',
  'zset-max-listpack-entries': '128',
  'zset-max-listpack-value': '64',
}

/** The command that sets them all. */
export const setParameters: readonly string[] = ['CONFIG', 'SET', ...Object.entries(parameters).flat()]

export async function freshen(connection: Connection): Promise<void> {
  await connection.ask('FLUSHALL')
  await connection.ask(...setParameters)
}

/** Our engine as such a server. */
export function freshEngine(): EngineTarget {
  const target = new EngineTarget({ seed: 1, at: Date.now() })
  target.connect('setup', 0)
  target.send('setup', setParameters.map(latin))
  target.disconnect('setup')
  return target
}
