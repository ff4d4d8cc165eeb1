import { latin, type Bytes } from '../../wire/bytes.ts'
import { OK, map, status, type Reply } from '../../wire/reply.ts'
import { bytes, free, special } from '../args.ts'
import { listens } from '../channels.ts'
import type { Client } from '../client.ts'
import { command, family, type Context, type Flag } from '../command.ts'
import { errors } from '../errors.ts'
import { DATABASES, VERSION, type Server } from '../server.ts'
import { parseInt64 } from '../values/numbers.ts'

const PONG: Reply = status('PONG')
const always: readonly Flag[] = ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy']

const dbIndex = special('index', 'integer', (word) => {
  const index = parseInt64(word)
  if (index === null) throw errors.notInteger()
  if (index > 2147483647 || index < -2147483648) throw errors.notInt32()
  if (index < 0 || index >= DATABASES) throw errors.dbOutOfRange()
  return Number(index)
})

/** There is one user, `default`; where no password is set, any is right for it. */
function authenticate({ server, client }: Context, user: Bytes, password: Bytes): void {
  const { password: wanted } = server.config
  if (user !== 'default' || (wanted !== '' && password !== wanted)) {
    server.stats.denied++
    throw errors.wrongPassword()
  }
  client.authenticated = true
}

interface Hello {
  protocol: 2 | 3
  /** Name and password. */
  user: readonly [Bytes, Bytes] | null
  title: Bytes | null
}

/** HELLO's words, refused one by one in the order in which they stand. */
function readHello(words: readonly Bytes[], protocol: 2 | 3): Hello {
  const hello: Hello = { protocol, user: null, title: null }
  if (words.length === 0) return hello
  const version = parseInt64(words[0]!)
  if (version === null) throw errors.protocolNotInteger()
  if (version !== 2 && version !== 3) throw errors.noProtocol()
  hello.protocol = version
  for (let i = 1; i < words.length; i++) {
    const left = words.length - 1 - i
    const option = words[i]!.toUpperCase()
    if (option === 'AUTH' && left >= 2) {
      hello.user = [words[i + 1]!, words[i + 2]!]
      i += 2
    } else if (option === 'SETNAME' && left >= 1) {
      hello.title = words[++i]!
      if (!plain(hello.title)) throw errors.clientName()
    } else throw errors.helloSyntax(words[i]!)
  }
  return hello
}

const introduction = ({ id, protocol }: Client): Reply =>
  map([
    [latin('server'), latin('redis')],
    [latin('version'), latin(VERSION)],
    [latin('proto'), protocol],
    [latin('id'), id],
    [latin('mode'), latin('standalone')],
    [latin('role'), latin('master')],
    [latin('modules'), []],
  ])

/** A client as if it had just come: where there is a password, it has to give it again. Its library's name stays. */
function reset(server: Server, client: Client): void {
  client.multi = null
  server.unwatch(client)
  server.channels.leave(client)
  server.monitors.delete(client)
  client.monitoring = false
  client.authenticated = server.config.password === ''
  client.db = 0
  client.protocol = 2
  client.title = latin('')
  client.noEvict = false
  client.noTouch = false
  client.quiet = 'no'
  server.tell(client)
}

/** True where a name has only printable characters and no space, up to its first NUL: the server looks no further. */
export const plain = (word: Bytes): boolean => !/[^!-~]/.test(word.split('\0', 1)[0]!)

export const connection = family('connection', [
  command({
    name: 'PING',
    summary: {
      en: 'Answers PONG, or your own words.',
      ko: 'PONG이라고 답합니다. 말을 건네면 그 말을 그대로 돌려줍니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['fast'],
    args: [free('message', [{ name: 'message', type: 'string', optional: true }])],
    tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
    run({ client }, { message }) {
      if (message.length > 1) throw errors.arity('ping')
      if (client.protocol === 2 && listens(client)) return [latin('pong'), message[0] ?? latin('')]
      return message[0] ?? PONG
    },
  }),
  command({
    name: 'ECHO',
    summary: { en: 'Gives your words back.', ko: '보낸 말을 그대로 돌려줍니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['loading', 'stale', 'fast'],
    args: [bytes('message')],
    run: (_, { message }) => message,
  }),
  command({
    name: 'SELECT',
    summary: {
      en: 'Moves this client to another of the sixteen databases.',
      ko: '이 클라이언트를 열여섯 개 데이터베이스 가운데 다른 곳으로 옮깁니다.',
    },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: ['loading', 'stale', 'fast'],
    args: [dbIndex],
    run({ client, server }, { index }) {
      client.db = index
      server.tell(client)
      return OK
    },
  }),
  command({
    name: 'AUTH',
    summary: {
      en: 'Gives the password, where CONFIG SET requirepass has set one.',
      ko: '비밀번호를 대고 인증합니다. CONFIG SET requirepass로 비밀번호를 걸었을 때 필요합니다.',
    },
    since: '1.0.0',
    complexity: 'O(N) where N is the number of passwords defined for the user',
    flags: always,
    args: [
      free(
        'words',
        [
          { name: 'username', type: 'string', optional: true },
          { name: 'password', type: 'string' },
        ],
        1,
      ),
    ],
    run(context, { words }) {
      if (words.length > 2) throw errors.syntax()
      if (words.length === 1 && context.server.config.password === '') throw errors.noPassword()
      authenticate(context, words.length === 1 ? latin('default') : words[0]!, words.at(-1)!)
      return OK
    },
  }),
  command({
    name: 'HELLO',
    summary: {
      en: 'Shakes hands: chooses the protocol, 2 or 3, and introduces the server.',
      ko: '서버와 인사하고 프로토콜 2나 3을 고릅니다.',
    },
    since: '6.0.0',
    complexity: 'O(1)',
    flags: always,
    args: [
      free('arguments', [
        {
          name: 'arguments',
          type: 'block',
          optional: true,
          arguments: [
            { name: 'protover', type: 'integer' },
            {
              name: 'auth',
              type: 'block',
              token: 'AUTH',
              optional: true,
              arguments: [
                { name: 'username', type: 'string' },
                { name: 'password', type: 'string' },
              ],
            },
            { name: 'clientname', type: 'string', token: 'SETNAME', optional: true },
          ],
        },
      ]),
    ],
    run(context, { arguments: words }) {
      const { server, client } = context
      const { protocol, user, title } = readHello(words, client.protocol)
      if (user !== null) authenticate(context, ...user)
      if (!client.authenticated) throw errors.helloNotAuthenticated()
      if (title !== null) client.title = title
      client.protocol = protocol
      server.tell(client)
      return introduction(client)
    },
  }),
  command({
    name: 'RESET',
    summary: {
      en: 'Makes this connection as new: no transaction, no watch, database 0.',
      ko: '이 연결을 처음 상태로 되돌립니다. 트랜잭션과 WATCH가 사라지고 0번 데이터베이스로 갑니다.',
    },
    since: '6.2.0',
    complexity: 'O(1)',
    flags: always,
    immediate: true,
    args: [],
    run({ server, client }) {
      reset(server, client)
      return status('RESET')
    },
  }),
  command({
    name: 'QUIT',
    summary: { en: 'Closes this connection.', ko: '이 연결을 닫습니다.' },
    since: '1.0.0',
    complexity: 'O(1)',
    flags: always,
    immediate: true,
    args: [free('ignored', [])],
    run({ client }) {
      client.closing = true
      return OK
    },
  }),
])
