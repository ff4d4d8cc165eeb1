import { latin, type Bytes } from '../../wire/bytes.ts'
import { OK, type Reply } from '../../wire/reply.ts'
import { bytes, choice, free, int64, late, type ArgDoc } from '../args.ts'
import type { Client } from '../client.ts'
import { addressOf, clientLine, killFilters, ofType, type Filter } from '../client-list.ts'
import { command, family, type Context, type Flag } from '../command.ts'
import { errors } from '../errors.ts'
import type { Server } from '../server.ts'
import { close, unblock } from '../unit.ts'
import { parseInt64 } from '../values/numbers.ts'
import { plain } from './connection.ts'
import { help } from './help.ts'

const flags: readonly Flag[] = ['noscript', 'loading', 'stale']
const adminFlags: readonly Flag[] = ['admin', ...flags]
const onAllNodes = ['request_policy:all_nodes', 'response_policy:all_succeeded']
const onOff = choice('enabled', ['ON', 'OFF'])

const token = (name: string): ArgDoc => ({ name: name.toLowerCase(), type: 'pure-token', token: name })
const typeDoc = (...types: string[]): ArgDoc => ({
  name: 'client-type',
  type: 'oneof',
  token: 'TYPE',
  optional: true,
  arguments: types.map(token),
})

const lines = (server: Server, clients: readonly Client[]): Reply => ({
  kind: 'verbatim',
  format: 'txt',
  text: latin(clients.map((client) => `${clientLine(server, client)}\n`).join('')),
})

/** Those that CLIENT LIST's words name. */
function listed(server: Server, words: readonly Bytes[]): Client[] {
  const all = [...server.clients.values()]
  if (words.length === 0) return all
  const option = words[0]!.toUpperCase()
  if (option === 'TYPE' && words.length === 2) return all.filter(ofType(words[1]!))
  if (option !== 'ID' || words.length < 2) throw errors.syntax()
  return words.slice(1).flatMap((word) => {
    const id = parseInt64(word)
    if (id === null) throw errors.clientId()
    return server.clients.get(Number(id)) ?? []
  })
}

/** Closes the clients that match; the asking one goes when it has its answer. Returns how many. */
function kill({ server, client }: Context, filters: readonly Filter[], spareMe: boolean): number {
  const doomed = [...server.clients.values()].filter(
    (one) => !(spareMe && one === client) && filters.every((matches) => matches(one)),
  )
  for (const one of doomed) {
    if (one === client) client.closing = true
    else close(server, one)
  }
  return doomed.length
}

const killDoc: ArgDoc = {
  name: 'filter',
  type: 'oneof',
  arguments: [
    { name: 'old-format', type: 'string', display: 'ip:port' },
    {
      name: 'new-format',
      type: 'oneof',
      multiple: true,
      arguments: [
        { name: 'client-id', type: 'integer', token: 'ID', optional: true },
        typeDoc('NORMAL', 'MASTER', 'SLAVE', 'REPLICA', 'PUBSUB'),
        { name: 'username', type: 'string', token: 'USER', optional: true },
        { name: 'addr', type: 'string', token: 'ADDR', display: 'ip:port', optional: true },
        { name: 'laddr', type: 'string', token: 'LADDR', display: 'ip:port', optional: true },
        {
          name: 'skipme',
          type: 'oneof',
          token: 'SKIPME',
          optional: true,
          arguments: [token('YES'), token('NO')],
        },
        { name: 'maxage', type: 'integer', token: 'MAXAGE', optional: true },
      ],
    },
  ],
}

export const client = family('connection', [
  command({
    name: 'CLIENT ID',
    summary: { en: 'Tells this connection’s number.', ko: '이 연결의 번호를 알려 줍니다.' },
    since: '5.0.0',
    complexity: 'O(1)',
    flags,
    args: [],
    run: ({ client }) => client.id,
  }),
  command({
    name: 'CLIENT GETNAME',
    summary: { en: 'Tells this connection’s name.', ko: '이 연결의 이름을 알려 줍니다.' },
    since: '2.6.9',
    complexity: 'O(1)',
    flags,
    args: [],
    run: ({ client }) => client.title || null,
  }),
  command({
    name: 'CLIENT SETNAME',
    summary: { en: 'Gives this connection a name.', ko: '이 연결에 이름을 붙입니다.' },
    since: '2.6.9',
    complexity: 'O(1)',
    flags,
    args: [bytes('connection-name')],
    tips: onAllNodes,
    run({ client }, { 'connection-name': name }) {
      if (!plain(name)) throw errors.clientName()
      client.title = name
      return OK
    },
  }),
  command({
    name: 'CLIENT SETINFO',
    summary: {
      en: 'Notes which library speaks here, and its version.',
      ko: '이 연결을 쓰는 라이브러리의 이름과 버전을 적어 둡니다.',
    },
    since: '7.2.0',
    complexity: 'O(1)',
    flags,
    args: [
      free(
        'attr',
        [
          {
            name: 'attr',
            type: 'oneof',
            arguments: [
              { name: 'libname', type: 'string', token: 'LIB-NAME' },
              { name: 'libver', type: 'string', token: 'LIB-VER' },
            ],
          },
        ],
        2,
        2,
      ),
    ],
    tips: onAllNodes,
    run({ client }, { attr }) {
      const [word, value] = [attr[0]!, attr[1]!]
      const name = word.toUpperCase()
      if (name !== 'LIB-NAME' && name !== 'LIB-VER') throw errors.unknownOption(word)
      if (!plain(value)) throw errors.clientAttribute(word)
      if (name === 'LIB-NAME') client.libName = value
      else client.libVersion = value
      return OK
    },
  }),
  command({
    name: 'CLIENT INFO',
    summary: { en: 'Describes this connection.', ko: '이 연결의 상태를 한 줄로 보여 줍니다.' },
    since: '6.2.0',
    complexity: 'O(1)',
    flags,
    args: [],
    tips: ['nondeterministic_output'],
    run: ({ server, client }) => lines(server, [client]),
  }),
  command({
    name: 'CLIENT LIST',
    summary: { en: 'Describes all connections, a line each.', ko: '모든 연결을 한 줄씩 보여 줍니다.' },
    since: '2.4.0',
    complexity: 'O(N) where N is the number of client connections',
    flags: adminFlags,
    args: [
      free('words', [
        typeDoc('NORMAL', 'MASTER', 'REPLICA', 'PUBSUB'),
        { name: 'client-id', type: 'integer', token: 'ID', optional: true, multiple: true },
      ]),
    ],
    tips: ['nondeterministic_output'],
    run: ({ server }, { words }) => lines(server, listed(server, words)),
  }),
  command({
    name: 'CLIENT KILL',
    summary: { en: 'Closes connections.', ko: '연결을 끊습니다.' },
    since: '2.4.0',
    complexity: 'O(N) where N is the number of client connections',
    flags: adminFlags,
    args: [free('words', [killDoc], 1)],
    run(context, { words }) {
      if (words.length === 1) {
        if (kill(context, [(one) => addressOf(one) === words[0]], false) === 0) throw errors.noSuchClient()
        return OK
      }
      const { filters, spareMe } = killFilters(context.server, words)
      return kill(context, filters, spareMe)
    },
  }),
  command({
    name: 'CLIENT UNBLOCK',
    summary: {
      en: 'Ends the wait of another, blocked connection.',
      ko: '기다리고 있는 다른 연결을 풀어 줍니다.',
    },
    since: '5.0.0',
    complexity: 'O(log N) where N is the number of client connections',
    flags: adminFlags,
    args: [
      late(int64('client-id')),
      free('reason', [
        { name: 'unblock-type', type: 'oneof', optional: true, arguments: [token('TIMEOUT'), token('ERROR')] },
      ]),
    ],
    run({ server, argv }, { 'client-id': id, reason }) {
      if (reason.length > 1) throw errors.subcommandSyntax('CLIENT', argv[1]!)
      const how = reason[0]?.toUpperCase() ?? 'TIMEOUT'
      if (how !== 'TIMEOUT' && how !== 'ERROR') throw errors.unblockReason()
      const other = server.clients.get(Number(id()))
      // What a pause holds back has not begun to wait by itself.
      if (!other?.wait || other.wait.kind === 'unpause') return 0
      unblock(server, other, how === 'ERROR' ? errors.unblocked().reply() : other.wait.otherwise)
      return 1
    },
  }),
  command({
    name: 'CLIENT REPLY',
    summary: {
      en: 'Turns replies to this connection off, or skips the next.',
      ko: '이 연결로 가는 응답을 끄거나 다음 하나를 건너뜁니다.',
    },
    since: '3.2.0',
    complexity: 'O(1)',
    flags,
    args: [choice('action', ['ON', 'OFF', 'SKIP'])],
    run({ client }, { action }) {
      if (action === 'on') client.quiet = 'no'
      else if (action === 'off') client.quiet = 'off'
      else if (client.quiet !== 'off') client.quiet = 'next'
      return OK
    },
  }),
  command({
    name: 'CLIENT NO-EVICT',
    summary: {
      en: 'Spares this connection when clients are closed for want of memory.',
      ko: '메모리가 모자라 연결을 끊을 때 이 연결은 남겨 둡니다.',
    },
    since: '7.0.0',
    complexity: 'O(1)',
    flags: adminFlags,
    args: [onOff],
    run({ client }, { enabled }) {
      client.noEvict = enabled === 'on'
      return OK
    },
  }),
  command({
    name: 'CLIENT NO-TOUCH',
    summary: {
      en: 'Lets this connection read keys without marking them as used.',
      ko: '이 연결이 키를 읽어도 사용한 것으로 치지 않게 합니다.',
    },
    since: '7.2.0',
    complexity: 'O(1)',
    flags,
    args: [onOff],
    run({ client }, { enabled }) {
      client.noTouch = enabled === 'on'
      return OK
    },
  }),
  help(
    'CLIENT',
    '5.0.0',
    [
      ['GETNAME', 'Return the name of the current connection.'],
      ['ID', 'Return the ID of the current connection.'],
      ['INFO', 'Return information about the current client connection.'],
      ['KILL <ip:port>', 'Kill connection made from <ip:port>.'],
      [
        'KILL <option> <value> [<option> <value> [...]]',
        'Kill connections. Options are:',
        '* ADDR (<ip:port>|<unixsocket>:0)',
        '  Kill connections made from the specified address',
        '* LADDR (<ip:port>|<unixsocket>:0)',
        '  Kill connections made to specified local address',
        '* TYPE (NORMAL|MASTER|REPLICA|PUBSUB)',
        '  Kill connections by type.',
        '* USER <username>',
        '  Kill connections authenticated by <username>.',
        '* SKIPME (YES|NO)',
        '  Skip killing current connection (default: yes).',
        '* ID <client-id>',
        '  Kill connections by client id.',
        '* MAXAGE <maxage>',
        '  Kill connections older than the specified age.',
      ],
      [
        'LIST [options ...]',
        'Return information about client connections. Options:',
        '* TYPE (NORMAL|MASTER|REPLICA|PUBSUB)',
        '  Return clients of specified type.',
      ],
      ['UNPAUSE', 'Stop the current client pause, resuming traffic.'],
      ['PAUSE <timeout> [WRITE|ALL]', 'Suspend all, or just write, clients for <timeout> milliseconds.'],
      ['REPLY (ON|OFF|SKIP)', 'Control the replies sent to the current connection.'],
      ['SETNAME <name>', 'Assign the name <name> to the current connection.'],
      [
        'SETINFO <option> <value>',
        'Set client meta attr. Options are:',
        '* LIB-NAME: the client lib name.',
        '* LIB-VER: the client lib version.',
      ],
      ['UNBLOCK <clientid> [TIMEOUT|ERROR]', 'Unblock the specified blocked client.'],
      ['NO-EVICT (ON|OFF)', 'Protect current client connection from eviction.'],
      ['NO-TOUCH (ON|OFF)', 'Will not touch LRU/LFU stats when this mode is on.'],
    ],
    ['@connection'],
  ),
])
