// Keyspace events as messages: what notify-keyspace-events asks for goes to two channels, one named after the key, one after
// the event. Each event belongs to a class, a letter of that parameter.
import { latin, type Bytes } from '../wire/bytes.ts'
import type { Server } from './server.ts'

const byClass: Readonly<Record<string, string>> = {
  g: 'del expire persist rename_from rename_to move_from move_to copy_to restore',
  $: 'set append setrange setbit incrby incrbyfloat pfadd',
  l: 'lpush rpush lpop rpop linsert lset lrem ltrim sortstore',
  s: 'sadd srem spop sinterstore sunionstore sdiffstore',
  h: 'hset hincrby hincrbyfloat hdel hexpire hpersist hexpired',
  z: 'zadd zincr zrem zpopmin zpopmax zremrangebyscore zremrangebyrank zremrangebylex zrangestore zinterstore zunionstore zdiffstore geosearchstore georadiusstore',
  t: 'xadd xdel xtrim xsetid xclaim xautoclaim xgroup-create xgroup-createconsumer xgroup-delconsumer xgroup-destroy xgroup-setid',
  x: 'expired',
  e: 'evicted',
  n: 'new',
  m: 'keymiss',
}

const classes: ReadonlyMap<string, string> = new Map(
  Object.entries(byClass).flatMap(([letter, events]) => events.split(' ').map((event) => [event, letter] as const)),
)

/** An event's class; all that the table does not name is generic. */
export const classOf = (event: string): string => classes.get(event) ?? 'g'

/** Everything that A stands for. */
const ALL = 'g$lshzxetd'

/** Tells those who listen of an event, where the parameter asks for its class. */
export function notify(server: Server, db: number, key: Bytes, event: string): void {
  const wanted = server.config.events
  if (wanted === '') return
  const letter = classOf(event)
  if (!wanted.includes(letter) && !(wanted.includes('A') && ALL.includes(letter))) return
  if (wanted.includes('K')) server.channels.publish(latin(`__keyspace@${db}__:${key}`), latin(event))
  if (wanted.includes('E')) server.channels.publish(latin(`__keyevent@${db}__:${event}`), key)
}
