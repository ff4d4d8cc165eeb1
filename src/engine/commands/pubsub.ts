// Messages. SUBSCRIBE and its kin answer one message for each channel: the first is the command's reply, the others follow
// it at once as pushes. On a socket that is the same; and a console has the first beside the line that was typed.
import { latin, type Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { bytes, free, many, pattern, shardChannel, type ArgDoc } from '../args.ts'
import { push, subscriptions, type Listening } from '../channels.ts'
import { command, family, type Context, type Flag } from '../command.ts'
import { errors } from '../errors.ts'
import { globMatches } from '../glob.ts'
import type { Server } from '../server.ts'
import { help } from './help.ts'

const flags: readonly Flag[] = ['pubsub', 'noscript', 'loading', 'stale']
const asking: readonly Flag[] = ['pubsub', 'loading', 'stale']
const publishing: readonly Flag[] = ['pubsub', 'loading', 'stale', 'fast']
const optionalPattern: ArgDoc = { name: 'pattern', type: 'pattern', optional: true }

/** The first answer is the reply, the others follow it. */
function answers({ server, client }: Context, [first, ...others]: readonly Reply[]): Reply {
  server.tell(client)
  for (const other of others) server.follow(other)
  return first!
}

function subscribe(context: Context, word: string, kind: Listening, names: readonly Bytes[]): Reply {
  const { server, client } = context
  return answers(
    context,
    names.map((name) => {
      server.channels.subscribe(client, kind, name)
      return push(latin(word), name, subscriptions(client, kind))
    }),
  )
}

/** Without names: all of them, or one answer with none where there were none. */
function unsubscribe(context: Context, word: string, kind: Listening, names: readonly Bytes[]): Reply {
  const { server, client } = context
  const chosen = names.length > 0 ? names : [...client.listening[kind]]
  if (chosen.length === 0) return push(latin(word), null, subscriptions(client, kind))
  return answers(
    context,
    chosen.map((name) => {
      server.channels.unsubscribe(client, kind, name)
      return push(latin(word), name, subscriptions(client, kind))
    }),
  )
}

/** The names that somebody listens to, those of the first client first. */
function active({ server, argv }: Context, kind: Listening, words: readonly Bytes[]): Reply {
  if (words.length > 1) throw errors.subcommandSyntax('PUBSUB', argv[1]!)
  const names = new Set([...server.clients.values()].flatMap(({ listening }) => [...listening[kind]]))
  return [...names].filter((name) => words.length === 0 || globMatches(words[0]!, name))
}

const counts = ({ channels }: Server, kind: Listening, names: readonly Bytes[]): Reply =>
  names.flatMap((name) => [name, channels.count(kind, name)])

export const pubsub = family('pubsub', [
  command({
    name: 'SUBSCRIBE',
    summary: { en: 'Listens to channels.', ko: '채널을 구독합니다.' },
    since: '2.0.0',
    complexity: 'O(N) where N is the number of channels to subscribe to.',
    flags,
    args: [many(bytes('channel'))],
    run: (context, { channel }) => subscribe(context, 'subscribe', 'channels', channel),
  }),
  command({
    name: 'UNSUBSCRIBE',
    summary: {
      en: 'Listens to these channels no more, or to none.',
      ko: '채널 구독을 끊습니다. 이름이 없으면 모두 끊습니다.',
    },
    since: '2.0.0',
    complexity: 'O(N) where N is the number of channels to unsubscribe.',
    flags,
    args: [many(bytes('channel'), 0)],
    run: (context, { channel }) => unsubscribe(context, 'unsubscribe', 'channels', channel),
  }),
  command({
    name: 'PSUBSCRIBE',
    summary: {
      en: 'Listens to every channel whose name matches a pattern.',
      ko: '이름이 패턴에 맞는 모든 채널을 구독합니다.',
    },
    since: '2.0.0',
    complexity: 'O(N) where N is the number of patterns to subscribe to.',
    flags,
    args: [many(pattern('pattern'))],
    run: (context, { pattern: patterns }) => subscribe(context, 'psubscribe', 'patterns', patterns),
  }),
  command({
    name: 'PUNSUBSCRIBE',
    summary: {
      en: 'Takes these patterns back, or all of them.',
      ko: '패턴 구독을 끊습니다. 패턴이 없으면 모두 끊습니다.',
    },
    since: '2.0.0',
    complexity: 'O(N) where N is the number of patterns to unsubscribe.',
    flags,
    args: [many(pattern('pattern'), 0)],
    run: (context, { pattern: patterns }) => unsubscribe(context, 'punsubscribe', 'patterns', patterns),
  }),
  command({
    name: 'SSUBSCRIBE',
    summary: {
      en: 'Listens to shard channels, which a cluster keeps on one node.',
      ko: '클러스터에서 노드 하나가 맡는 샤드 채널을 구독합니다.',
    },
    since: '7.0.0',
    complexity: 'O(N) where N is the number of shard channels to subscribe to.',
    flags,
    args: [many(shardChannel)],
    run: (context, { shardchannel }) => subscribe(context, 'ssubscribe', 'shards', shardchannel),
  }),
  command({
    name: 'SUNSUBSCRIBE',
    summary: {
      en: 'Listens to these shard channels no more, or to none.',
      ko: '샤드 채널 구독을 끊습니다. 이름이 없으면 모두 끊습니다.',
    },
    since: '7.0.0',
    complexity: 'O(N) where N is the number of shard channels to unsubscribe.',
    flags,
    args: [many(shardChannel, 0)],
    run: (context, { shardchannel }) => unsubscribe(context, 'sunsubscribe', 'shards', shardchannel),
  }),
  command({
    name: 'PUBLISH',
    summary: {
      en: 'Sends a message to all who listen to a channel, and says how many heard it.',
      ko: '채널을 구독하는 모두에게 메시지를 보내고, 몇이 들었는지 알려 줍니다.',
    },
    since: '2.0.0',
    complexity:
      'O(N+M) where N is the number of clients subscribed to the receiving channel and M is the total number of subscribed patterns (by any client).',
    flags: publishing,
    args: [bytes('channel'), bytes('message')],
    run: ({ server }, { channel, message }) => server.channels.publish(channel, message),
  }),
  command({
    name: 'SPUBLISH',
    summary: {
      en: 'Sends a message to all who listen to a shard channel.',
      ko: '샤드 채널을 구독하는 모두에게 메시지를 보냅니다.',
    },
    since: '7.0.0',
    complexity: 'O(N) where N is the number of clients subscribed to the receiving shard channel.',
    flags: publishing,
    args: [shardChannel, bytes('message')],
    run: ({ server }, { shardchannel, message }) => server.channels.publishToShard(shardchannel, message),
  }),
  command({
    name: 'PUBSUB CHANNELS',
    summary: { en: 'Lists the channels that somebody listens to.', ko: '누군가 구독하는 채널을 늘어놓습니다.' },
    since: '2.8.0',
    complexity:
      'O(N) where N is the number of active channels, and assuming constant time pattern matching (relatively short channels and patterns)',
    flags: asking,
    args: [free('pattern', [optionalPattern])],
    run: (context, { pattern: words }) => active(context, 'channels', words),
  }),
  command({
    name: 'PUBSUB NUMSUB',
    summary: {
      en: 'Counts those who listen to each of these channels.',
      ko: '채널마다 구독하는 클라이언트가 몇인지 셉니다.',
    },
    since: '2.8.0',
    complexity: 'O(N) for the NUMSUB subcommand, where N is the number of requested channels',
    flags: asking,
    args: [many(bytes('channel'), 0)],
    run: ({ server }, { channel }) => counts(server, 'channels', channel),
  }),
  command({
    name: 'PUBSUB NUMPAT',
    summary: { en: 'Counts the patterns that somebody listens to.', ko: '구독된 패턴이 몇 가지인지 셉니다.' },
    since: '2.8.0',
    complexity: 'O(1)',
    flags: asking,
    args: [],
    run: ({ server }) => server.channels.size('patterns'),
  }),
  command({
    name: 'PUBSUB SHARDCHANNELS',
    summary: {
      en: 'Lists the shard channels that somebody listens to.',
      ko: '누군가 구독하는 샤드 채널을 늘어놓습니다.',
    },
    since: '7.0.0',
    complexity:
      'O(N) where N is the number of active shard channels, and assuming constant time pattern matching (relatively short shard channels).',
    flags: asking,
    args: [free('pattern', [optionalPattern])],
    run: (context, { pattern: words }) => active(context, 'shards', words),
  }),
  command({
    name: 'PUBSUB SHARDNUMSUB',
    summary: {
      en: 'Counts those who listen to each of these shard channels.',
      ko: '샤드 채널마다 구독하는 클라이언트가 몇인지 셉니다.',
    },
    since: '7.0.0',
    complexity: 'O(N) for the SHARDNUMSUB subcommand, where N is the number of requested shard channels',
    flags: asking,
    args: [many(bytes('shardchannel'), 0)],
    run: ({ server }, { shardchannel }) => counts(server, 'shards', shardchannel),
  }),
  help('PUBSUB', '6.2.0', [
    ['CHANNELS [<pattern>]', "Return the currently active channels matching a <pattern> (default: '*')."],
    ['NUMPAT', 'Return number of subscriptions to patterns.'],
    [
      'NUMSUB [<channel> ...]',
      'Return the number of subscribers for the specified channels, excluding',
      'pattern subscriptions(default: no channels).',
    ],
    [
      'SHARDCHANNELS [<pattern>]',
      "Return the currently active shard level channels matching a <pattern> (default: '*').",
    ],
    ['SHARDNUMSUB [<shardchannel> ...]', 'Return the number of subscribers for the specified shard level channel(s)'],
  ]),
])
