// The server and its connections, as far as nothing of it outlives an episode: refusals, looks, what answers the same.
import { family } from './template.ts'

export const server = family('server', [
  'DEBUG DIGEST-VALUE ($key)...',
  'DEBUG <OBJECT nothing|NOSUCH|POPULATE x|DIGEST-VALUE>',
  'CLIENT <NOSUCH|SETNAME $value|LIST BOGUS|LIST ID x|LIST TYPE $value|NO-TOUCH OFF|NO-EVICT $value|REPLY $value>',
  'CLIENT KILL <ID 0|ID x|$value|TYPE $value|USER $value|SKIPME $value|MAXAGE x>',
  'CLIENT UNBLOCK <1000000|x> [TIMEOUT|ERROR|BOGUS]',
  'CLIENT SETINFO <LIB-NAME|lib-ver|$value> $value',
  'CONFIG GET <save|SAVE|maxmemory|nosuch|hash-max-ziplist-entries>',
  'CONFIG SET save <x|60|-1>',
  'CONFIG SET <databases 3|nosuch 1|hash-max-listpack-entries -1|maxmemory-policy x|set-max-intset-entries 512 save y>',
  'COMMAND GETKEYSANDFLAGS <SET a b GET|SET a b|LMOVE a b LEFT LEFT|ZUNIONSTORE d 2 a b|MSET a 1 b 2|LCS a b|HSET h f v>',
  'COMMAND LIST FILTERBY <ACLCAT nosuch|MODULE x|$value $value>',
  'SWAPDB $value $value',
  'INFO nosuch',
  'ROLE',
  ['MEMORY <USAGE $key|USAGE $key SAMPLES $count|USAGE $key SAMPLES $value|HELP|PURGE|NOSUCH>', 'kind'],
  // Nobody subscribes: messages that come in between would be taken for replies. Transcripts have those.
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
