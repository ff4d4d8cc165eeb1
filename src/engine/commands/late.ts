// The families that a page loads once it is there, in the order of the docs. A family belongs here, unless a first
// lesson begins with it.
import type { Command } from '../command.ts'
import { blocking } from './blocking.ts'
import { client } from './client-commands.ts'
import { pausing } from './client-pause.ts'
import { dump } from './dump.ts'
import { hashTime } from './hash-time.ts'
import { lcs } from './lcs.ts'
import { list } from './list.ts'
import { monitor } from './monitor.ts'
import { object } from './object.ts'
import { pubsub } from './pubsub.ts'
import { server } from './server.ts'
import { set } from './set.ts'
import { setAlgebra } from './set-algebra.ts'
import { sort } from './sort.ts'
import { wait } from './wait.ts'
import { zset } from './zset.ts'
import { zsetCombine } from './zset-combine.ts'
import { zsetPop } from './zset-pop.ts'
import { zsetRange } from './zset-range.ts'

export const lateFamilies: readonly (readonly Command[])[] = [
  lcs,
  hashTime,
  list,
  blocking,
  set,
  setAlgebra,
  zset,
  zsetRange,
  zsetCombine,
  zsetPop,
  object,
  sort,
  dump,
  wait,
  pubsub,
  client,
  pausing,
  server,
  monitor,
]
