// Configuration files that servers start with, and some that they refuse: the data of config-files.ts.

/** The notes' own. */
const notes = `# /etc/redis/6379.conf

port              6379
daemonize         yes
save              60 1
bind              127.0.0.1
tcp-keepalive     300
dbfilename        dump.rdb
dir               ./
rdbcompression    yes
`

/** What a distribution lays down, without its comments. */
const common = `bind 127.0.0.1 -::1
protected-mode yes
port 6379
tcp-backlog 511
timeout 0
tcp-keepalive 300
daemonize no
pidfile redis_6379.pid
loglevel notice
logfile ""
databases 16
always-show-logo no
set-proc-title yes
proc-title-template "{title} {listen-addr} {server-mode}"
locale-collate ""
stop-writes-on-bgsave-error yes
rdbcompression yes
rdbchecksum yes
dbfilename dump.rdb
rdb-del-sync-files no
dir ./
replica-serve-stale-data yes
replica-read-only yes
repl-diskless-sync yes
repl-diskless-sync-delay 5
repl-diskless-sync-max-replicas 0
repl-diskless-load disabled
repl-disable-tcp-nodelay no
replica-priority 100
acllog-max-len 128
lazyfree-lazy-eviction no
lazyfree-lazy-expire no
lazyfree-lazy-server-del no
replica-lazy-flush no
lazyfree-lazy-user-del no
lazyfree-lazy-user-flush no
oom-score-adj no
oom-score-adj-values 0 200 800
disable-thp yes
appendonly no
appendfilename "appendonly.aof"
appenddirname "appendonlydir"
appendfsync everysec
no-appendfsync-on-rewrite no
auto-aof-rewrite-percentage 100
auto-aof-rewrite-min-size 64mb
aof-load-truncated yes
aof-use-rdb-preamble yes
aof-timestamp-enabled no
slowlog-log-slower-than 10000
slowlog-max-len 128
latency-monitor-threshold 0
notify-keyspace-events ""
hash-max-listpack-entries 512
hash-max-listpack-value 64
list-max-listpack-size -2
list-compress-depth 0
set-max-intset-entries 512
set-max-listpack-entries 128
set-max-listpack-value 64
zset-max-listpack-entries 128
zset-max-listpack-value 64
hll-sparse-max-bytes 3000
stream-node-max-bytes 4096
stream-node-max-entries 100
activerehashing yes
client-output-buffer-limit normal 0 0 0
client-output-buffer-limit replica 256mb 64mb 60
client-output-buffer-limit pubsub 32mb 8mb 60
hz 10
dynamic-hz yes
aof-rewrite-incremental-fsync yes
rdb-save-incremental-fsync yes
jemalloc-bg-thread yes
`

export const good: readonly string[] = [
  '',
  '\n\n   \n\t\r\n# nothing\n   # indented\n',
  notes,
  notes.replaceAll('\n', '\r\n'),
  common,
  'save\n',
  'save ""\n',
  "save ''\n",
  'save 900 1\nsave 300 10\nsave 60 10000\n',
  'save 60 1\nsave ""\n',
  'save ""\nsave 60 1\n',
  'save 60 1\nsave ""\nsave 5 5\n',
  'save 60 1 300 10\nsave 5 5',
  'save "60 1 300 10"\n',
  'save "60  1"\nSAVE \'5 5\'\n',
  'save "60" "1"\n',
  '  \t sAvE   60\t1  \r\n',
  '"save" 60 1\n"rdb\\x63ompression" NO\n',
  'maxmemory 100mb\nmaxmemory 5\n',
  'maxmemory ""\n',
  'maxmemory 1gb\nmaxmemory-policy allkeys-lru\nmaxmemory-samples 10\n',
  'maxmemory-policy ALLKEYS-LFU\nlfu-log-factor 1\nlfu-decay-time 0\n',
  'dir data\ndbfilename other.rdb\n',
  'dir ./data/\n',
  'dir .\ndir "./"\ndir data/../\n',
  'dir data\ndir ..\ndir .//data/./\n',
  'dbfilename ""\n',
  'requirepass secret\n',
  'requirepass "two words"\nrequirepass ""\n',
  'notify-keyspace-events KEA\n',
  'notify-keyspace-events "Kg$lshzxe"\n',
  'hash-max-ziplist-entries 7\nhash-max-listpack-value 9\n',
  'hash-max-ziplist-entries 7\nhash-max-listpack-entries 8\n',
  'bind\n',
  'bind 127.0.0.1 ::1\nbind 10.0.0.1\n',
  'bind "127.0.0.1 ::1"\n',
  'bind * -::*\n',
  'client-output-buffer-limit normal 1mb 1kb 5 pubsub 2mb 0 0\nclient-output-buffer-limit replica 1gb 1gb 9\n',
  'client-output-buffer-limit\n',
  'latency-tracking-info-percentiles 50 99.5\n',
  'latency-tracking-info-percentiles ""\n',
  'latency-tracking-info-percentiles\n',
  'shutdown-on-sigterm save now\nshutdown-on-sigint NOSAVE\n',
  'shutdown-on-sigterm "save now"\n',
  'oom-score-adj-values "0 1 2"\n',
  'daemonize YES\nport 6380\nsupervised auto\n',
  'slowlog-log-slower-than -1\nslowlog-max-len 5\n',
  'databases 4\n',
  'io-threads 2\n',
  'set-proc-title no\nalways-show-logo yes\n',
  'enable-debug-command local\nenable-protected-configs YES\nenable-module-command no\n',
  'unixsocketperm 700\n',
  'unixsocketperm 0777\n',
  'tcp-backlog 0\n',
  'socket-mark-id 4294967295\n',
  'appendfilename a.aof\nappenddirname aofs\n',
  'syslog-ident other\nsyslog-facility LOCAL3\n',
  'rename-command GET hidden\nrename-command SET ""\n',
  'user mina on >secret ~* +@all\n',
  'include *.none\n',
  'list-max-ziplist-entries 512\nlist-max-ziplist-value 64\nlua-replicate-commands yes\n',
  'sentinel\n',
  'hz 1000\nhz 0\n',
  'proto-max-bulk-len 1mb\n',
  'timeout 300\nmaxclients 100\nloglevel VERBOSE\n',
  "masteruser \"\\xec\\x95\\x88\"\nmasterauth 'it\\'s'\n",
  '\0save 60 1\n',
  'save 60 1\nrdbcompression\0 no\n no\n',
  `# ${'x'.repeat(3000)}\nsave 60 1`,
]

export const bad: readonly string[] = [
  'maxmemory lots\n',
  '\n# a comment\n\nmaxmemory lots\nport x\n',
  'save 900 1\nsave 60\n',
  'save 60 1 # every minute\n',
  'save 0 1\n',
  'save 60 -1\n',
  'save 60 x\n',
  'save "60 1" 5 6\n',
  'save 60 1 ""\n',
  'save ""  ""\n',
  'dir "unbalanced\n',
  'dir "a"b\n',
  "requirepass 'open\n",
  'port\n',
  'port abc\n',
  'port 65536\n',
  'PORT -1\n',
  'daemonize maybe\n',
  'databases 0\n',
  'databases x\n',
  'rdbcompression maybe\n',
  'rdbchecksum 1\n',
  'dbfilename a/b\n',
  'dbfilename a b\n',
  'dir\n',
  'dir ""\n',
  'maxmemory 1 2\n',
  'maxmemory "1 2"\n',
  'maxmemory-policy lru\n',
  'requirepass a b\n',
  'hash-max-listpack-entries -1\n',
  'notify-keyspace-events Q\n',
  'notify-keyspace-events K E\n',
  'appendonly on\n',
  'appendfilename ""\n',
  'appenddirname a/b\n',
  'bind 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n',
  'replicaof 127.0.0.1\n',
  'replicaof 127.0.0.1 x\n',
  'slaveof localhost 70000\n',
  'client-output-buffer-limit normal 1 2\n',
  'client-output-buffer-limit nobody 1 2 3\n',
  'client-output-buffer-limit normal x 2 3\n',
  'shutdown-on-sigterm save nosave\n',
  'shutdown-on-sigterm\n',
  'oom-score-adj-values 1 2\n',
  'oom-score-adj-values 1 2 3000\n',
  'unixsocketperm 999\n',
  'unixsocketperm 7777\n',
  'unixsocketperm ""\n',
  'supervised yes\n',
  'tcp-backlog -1\n',
  'io-threads 0\n',
  'io-threads 129\n',
  'cluster-enabled maybe\n',
  'cluster-port 70000\n',
  'enable-debug-command maybe\n',
  'locale-collate nowhere\n',
  'foo bar\n',
  '# first\nfoo bar\n',
  'Foo  "bar baz"  qux\n',
  'foo\n',
  'foo.bar x\n',
  'foo.bar\n',
  'foo bar\nmaxmemory lots\n',
  '""\n',
  '"" x\n',
  'include other.conf\nmaxmemory lots\n',
  'include\n',
  'include a b\n',
  'loadmodule x.so\nfoo bar\n',
  'loadmodule\n',
  'sentinel monitor m 127.0.0.1 6379 2\n',
  'user\n',
  'rename-command GET\n',
  'list-max-ziplist-entries\n',
  'list-max-ziplist-entries 1 2\n',
  'save 60 1\nfoo\0bar\nsave 5 5\n',
  'save=60 1\n',
  'save: 60 1\n',
  'redis-server\n',
  '안녕 하세요\n',
  'set a 1\n',
]
