// The families, in the order of the docs.
import type { Command } from '../command.ts'
import { blocking } from './blocking.ts'
import { connection } from './connection.ts'
import { dump } from './dump.ts'
import { expire } from './expire.ts'
import { generic } from './generic.ts'
import { hash } from './hash.ts'
import { list } from './list.ts'
import { monitor } from './monitor.ts'
import { pubsub } from './pubsub.ts'
import { scan } from './scan.ts'
import { server } from './server.ts'
import { set } from './set.ts'
import { string } from './string.ts'
import { transactions } from './transactions.ts'
import { zsetCombine } from './zset-combine.ts'
import { zsetPop } from './zset-pop.ts'
import { zsetRange } from './zset-range.ts'
import { wait } from './wait.ts'
import { zset } from './zset.ts'

export const families: readonly (readonly Command[])[] = [
  string,
  hash,
  list,
  blocking,
  set,
  zset,
  zsetRange,
  zsetCombine,
  zsetPop,
  generic,
  dump,
  scan,
  expire,
  wait,
  transactions,
  pubsub,
  connection,
  server,
  monitor,
]
