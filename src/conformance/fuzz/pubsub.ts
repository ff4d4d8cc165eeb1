import { family } from './template.ts'

// Nobody subscribes here: messages that come in between would be taken for replies. Transcripts have those.
export const pubsub = family('pubsub', [
  'PUBLISH $key $value',
  'SPUBLISH $key $value',
  'UNSUBSCRIBE $key',
  'PUNSUBSCRIBE $key',
  'SUNSUBSCRIBE $key',
  'PUBSUB CHANNELS [$key|x y]',
  'PUBSUB SHARDCHANNELS [$key|x y]',
  'PUBSUB NUMSUB ($key)...',
  'PUBSUB SHARDNUMSUB ($key)...',
  'PUBSUB NUMPAT [x]',
  'PUBSUB <HELP|NOSUCH>',
])
