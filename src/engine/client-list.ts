// Clients as CLIENT LIST draws them, one line each, and the filters by which CLIENT LIST and CLIENT KILL pick them. Every
// client is a console of the page: its address is made up from its number, its buffers are empty.
import type { Bytes } from '../wire/bytes.ts'
import { listens } from './channels.ts'
import type { Client } from './client.ts'
import { errors } from './errors.ts'
import type { Server } from './server.ts'
import { parseInt64 } from './values/numbers.ts'

export const addressOf = ({ id }: Client): string => `127.0.0.1:${50000 + (id % 10000)}`
const HERE = '127.0.0.1:6379'

function flagsOf(client: Client): string {
  const flags =
    (client.monitoring ? 'O' : '') +
    (listens(client) ? 'P' : '') +
    (client.multi || client.executing >= 0 ? 'x' : '') +
    (client.wait ? 'b' : '') +
    (client.raced ? 'd' : '') +
    (client.closing ? 'c' : '') +
    (client.noEvict ? 'e' : '') +
    (client.noTouch ? 'T' : '')
  return flags || 'N'
}

const seconds = (ms: number) => Math.floor(ms / 1000)

/** A client's line, without its line break. */
export function clientLine(server: Server, client: Client): string {
  const fields: readonly (readonly [string, string | number])[] = [
    ['id', client.id],
    ['addr', addressOf(client)],
    ['laddr', HERE],
    ['fd', client.id + 7],
    ['name', client.title],
    ['age', seconds(server.now - client.createdAt)],
    ['idle', seconds(server.now - client.lastAt)],
    ['flags', flagsOf(client)],
    ['db', client.db],
    ['sub', client.listening.channels.size],
    ['psub', client.listening.patterns.size],
    ['ssub', client.listening.shards.size],
    ['multi', client.multi?.queue.length ?? client.executing],
    ['watch', client.watching.length],
    ['qbuf', 0],
    ['qbuf-free', 0],
    ['argv-mem', 0],
    ['multi-mem', 0],
    ['rbs', 1024],
    ['rbp', 0],
    ['obl', 0],
    ['oll', 0],
    ['omem', 0],
    ['tot-mem', 0],
    ['events', 'r'],
    ['cmd', client.lastCommand || 'NULL'],
    ['user', 'default'],
    ['redir', -1],
    ['resp', client.protocol],
    ['lib-name', client.libName],
    ['lib-ver', client.libVersion],
    ['io-thread', 0],
  ]
  return fields.map(([name, value]) => `${name}=${String(value).split('\0', 1)[0]}`).join(' ')
}

export type Filter = (client: Client) => boolean

/** The kinds of clients; here all are normal, or subscribed. */
export function ofType(word: Bytes): Filter {
  const type = word.toLowerCase()
  if (!['normal', 'slave', 'replica', 'pubsub', 'master'].includes(type)) throw errors.clientType(word)
  return (client) => type === (listens(client) ? 'pubsub' : 'normal')
}

function byAge(server: Server, word: Bytes): Filter {
  const age = parseInt64(word)
  if (age === null) throw errors.maxAge()
  if (age <= 0) throw errors.maxAgePositive()
  return (client) => seconds(server.now - client.createdAt) >= age
}

function byId(word: Bytes): Filter {
  const id = parseInt64(word)
  if (id === null || id < 1) throw errors.killId()
  return (client) => client.id === id
}

function byUser(word: Bytes): Filter {
  if (word !== 'default') throw errors.noSuchUser(word)
  return () => true
}

/** What CLIENT KILL's options pick, and whether the asking client is spared. */
export function killFilters(server: Server, words: readonly Bytes[]): { filters: Filter[]; spareMe: boolean } {
  const filters: Filter[] = []
  let spareMe = true
  for (let i = 0; i < words.length; i += 2) {
    const value = words[i + 1]
    if (value === undefined) throw errors.syntax()
    const option = words[i]!.toUpperCase()
    if (option === 'ID') filters.push(byId(value))
    else if (option === 'TYPE') filters.push(ofType(value))
    else if (option === 'ADDR') filters.push((client) => addressOf(client) === value)
    else if (option === 'LADDR') filters.push(() => value === HERE)
    else if (option === 'USER') filters.push(byUser(value))
    else if (option === 'MAXAGE') filters.push(byAge(server, value))
    else if (option === 'SKIPME' && /^(yes|no)$/i.test(value)) spareMe = value.toLowerCase() === 'yes'
    else throw errors.syntax()
  }
  return { filters, spareMe }
}
