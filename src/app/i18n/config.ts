// The sentences about redis.conf: what each parameter is, for those that a common configuration file names, and why some of them
// have nothing to do in a page.
import type { Language, Text } from '../../wire/text.ts'
import { josa } from './josa.ts'

/** Why a parameter does nothing here. */
export type Reason = keyof typeof reasons

const reasons = {
  sockets: {
    en: 'A page has no sockets: the consoles reach the server by messages, so nothing changes here.',
    ko: '웹 페이지에는 소켓이 없어요. 콘솔은 메시지로 서버와 이야기하므로 여기서는 달라지는 것이 없어요.',
  },
  process: {
    en: 'The server here is a part of the page and no process of an operating system, so nothing changes.',
    ko: '여기 서버는 페이지의 일부이지 운영체제의 프로세스가 아니라서 달라지는 것이 없어요.',
  },
  log: {
    en: 'The server here writes no log file.',
    ko: '여기 서버는 로그를 남기지 않아요.',
  },
  databases: {
    en: 'There are always 16 here.',
    ko: '여기서는 늘 16개예요.',
  },
  replicas: {
    en: 'There is one server here and no replicas.',
    ko: '여기에는 서버가 하나뿐이고 복제 서버가 없어요.',
  },
  aof: {
    en: 'There is no append-only file here: what survives is the snapshot.',
    ko: '여기에는 AOF 파일이 없어요. 남는 것은 스냅샷뿐이에요.',
  },
  disk: {
    en: 'The simulated disk has no use for it.',
    ko: '가상 디스크에는 해당하지 않아요.',
  },
  memory: {
    en: 'Memory is the browser’s business here.',
    ko: '여기서 메모리를 관리하는 것은 브라우저예요.',
  },
  threads: {
    en: 'One worker of the page does all the work here.',
    ko: '여기서는 페이지의 워커 하나가 모든 일을 해요.',
  },
  buffers: {
    en: 'Replies go straight to the console here, with no buffer between.',
    ko: '여기서는 응답이 버퍼를 거치지 않고 바로 콘솔로 가요.',
  },
  cluster: {
    en: 'There is no cluster here.',
    ko: '여기에는 클러스터가 없어요.',
  },
  tls: {
    en: 'Nothing goes over a network here, so there is nothing to encrypt.',
    ko: '여기서는 네트워크를 거치지 않으니 암호화할 것도 없어요.',
  },
  missing: {
    en: 'What it is about is not there yet in this server.',
    ko: '이 서버에는 아직 그 기능이 없어요.',
  },
  latency: {
    en: 'No time passes inside a command here.',
    ko: '여기서는 명령이 실행되는 동안 시간이 흐르지 않아요.',
  },
  plain: {
    en: 'It is kept and shown by CONFIG GET, and changes nothing here.',
    ko: '값은 받아 두고 CONFIG GET으로 보여 주지만, 여기서 달라지는 것은 없어요.',
  },
} satisfies Record<string, Text>

/** What a parameter is, and why it does nothing here, where it does not. */
interface About extends Text {
  readonly idle?: Reason
}

const parameters: Readonly<Record<string, About>> = {
  // Snapshots
  save: {
    en: 'Save points: when so many seconds have passed and so many changes were made, a snapshot is written. Lines add up, and "" takes back those before it.',
    ko: '저장 시점이에요. 정한 초가 지나고 바뀐 것이 정한 개수를 넘으면 스냅샷을 남겨요. 여러 줄을 쓰면 규칙이 쌓이고, ""는 앞의 규칙을 모두 지워요.',
  },
  'stop-writes-on-bgsave-error': {
    en: 'While the last background save has failed and there are save points, writes are refused with MISCONF.',
    ko: '저장 시점이 있는데 마지막 백그라운드 저장이 실패했다면, 쓰는 명령을 MISCONF 오류로 거절해요.',
  },
  rdbcompression: {
    en: 'Long strings are compressed in the snapshot, so that the file is smaller.',
    ko: '스냅샷에 긴 문자열을 압축해서 담아요. 그만큼 파일이 작아져요.',
  },
  rdbchecksum: {
    en: 'A checksum stands at the end of the snapshot, by which damage is noticed.',
    ko: '스냅샷 끝에 체크섬을 붙여요. 파일이 망가지면 이것으로 알아챌 수 있어요.',
  },
  dbfilename: {
    en: 'The name of the snapshot. The server reads this file when it starts, and writes it when it saves.',
    ko: '스냅샷 파일의 이름이에요. 서버가 켜질 때 이 파일을 읽고, 저장할 때 이 파일에 써요.',
  },
  dir: {
    en: 'The folder of the snapshot; ./ is the one in which the server was started. On this disk every folder is there.',
    ko: '스냅샷을 두는 디렉터리예요. ./는 서버를 켠 곳이에요. 이 디스크에는 어떤 디렉터리든 있는 것으로 쳐요.',
  },
  'rdb-del-sync-files': {
    en: 'Removes snapshots that were made only to feed a replica.',
    ko: '복제 서버에 보내려고 만든 스냅샷을 지워요.',
    idle: 'replicas',
  },
  'rdb-save-incremental-fsync': {
    en: 'Pushes a snapshot to the disk piece by piece while it is written.',
    ko: '스냅샷을 쓰는 동안 조금씩 디스크로 밀어 넣어요.',
    idle: 'disk',
  },
  // Memory
  maxmemory: {
    en: 'The most memory that the data may take; 0 is no limit. At the limit, maxmemory-policy decides what happens.',
    ko: '데이터가 쓸 수 있는 메모리의 한도예요. 0이면 한도가 없어요. 한도에 이르면 maxmemory-policy에 따라 처리해요.',
  },
  'maxmemory-policy': {
    en: 'Which keys go when memory is full: noeviction refuses writes instead, the others remove keys.',
    ko: '메모리가 가득 찼을 때 어떤 키를 지울지 정해요. noeviction이면 키를 지우지 않고 쓰는 명령을 거절해요.',
  },
  'maxmemory-samples': {
    en: 'How many keys are looked at to find the one that goes: more is closer to the best choice, and slower.',
    ko: '지울 키를 고를 때 몇 개를 살펴볼지 정해요. 많을수록 잘 고르지만 느려요.',
  },
  'lfu-log-factor': {
    en: 'How slowly the count of a key’s uses grows, under an LFU policy.',
    ko: 'LFU 정책에서 키를 쓴 횟수가 얼마나 천천히 올라갈지 정해요.',
  },
  'lfu-decay-time': {
    en: 'After how many minutes the count of a key’s uses goes down, under an LFU policy.',
    ko: 'LFU 정책에서 키를 쓴 횟수가 몇 분마다 줄어들지 정해요.',
  },
  'active-expire-effort': {
    en: 'How hard the server looks for keys whose time has come.',
    ko: '만료된 키를 얼마나 열심히 찾아 지울지 정해요.',
    idle: 'plain',
  },
  activedefrag: {
    en: 'Moves data together so that memory is not full of holes.',
    ko: '메모리에 빈틈이 많아지지 않게 데이터를 옮겨 모아요.',
    idle: 'memory',
  },
  'jemalloc-bg-thread': {
    en: 'Gives memory back to the operating system in the background.',
    ko: '쓰지 않는 메모리를 백그라운드에서 운영체제에 돌려줘요.',
    idle: 'memory',
  },
  'disable-thp': {
    en: 'Asks Linux for small memory pages, which suit a server that forks.',
    ko: '프로세스를 복제하는 서버에 맞게 작은 메모리 페이지를 쓰도록 리눅스에 부탁해요.',
    idle: 'memory',
  },
  activerehashing: {
    en: 'Spends a millisecond now and then on making its tables larger.',
    ko: '틈틈이 1밀리초씩 들여 해시 테이블을 키워요.',
    idle: 'plain',
  },
  // Values
  ...Object.fromEntries(
    (
      [
        ['hash', 'hash', '해시'],
        ['zset', 'sorted set', '정렬된 집합'],
        ['set', 'set', '집합'],
      ] as const
    ).flatMap(([name, en, ko]) => [
      [
        `${name}-max-listpack-entries`,
        {
          en: `A ${en} of more elements than this leaves the compact encoding (listpack); OBJECT ENCODING shows it.`,
          ko: `${josa(ko, '이/가')} 이보다 커지면 촘촘한 인코딩(listpack)을 쓰지 않아요. OBJECT ENCODING으로 볼 수 있어요.`,
        },
      ],
      [
        `${name}-max-listpack-value`,
        {
          en: `A ${en} with an element of more bytes than this leaves the compact encoding (listpack).`,
          ko: `${ko}에 이보다 긴 원소가 들어오면 촘촘한 인코딩(listpack)을 쓰지 않아요.`,
        },
      ],
    ]),
  ),
  'set-max-intset-entries': {
    en: 'A set of integers stays in its most compact encoding (intset) up to so many elements.',
    ko: '정수만 든 집합은 원소가 이만큼일 때까지 가장 촘촘한 인코딩(intset)을 써요.',
  },
  'list-max-listpack-size': {
    en: 'How large one piece of a list may grow: a number of elements, or with a minus a size (-2 is 8 kB).',
    ko: '리스트를 나누어 담는 조각 하나의 크기예요. 양수면 원소의 개수, 음수면 바이트 크기예요(-2는 8kB).',
  },
  'list-compress-depth': {
    en: 'How many pieces at the ends of a list are not compressed; 0 compresses none.',
    ko: '리스트 양 끝에서 압축하지 않을 조각의 수예요. 0이면 아무것도 압축하지 않아요.',
    idle: 'memory',
  },
  'hll-sparse-max-bytes': {
    en: 'Up to which size a HyperLogLog is kept sparse.',
    ko: 'HyperLogLog를 듬성듬성한 형태로 둘 최대 크기예요.',
    idle: 'missing',
  },
  'stream-node-max-bytes': {
    en: 'How many bytes one node of a stream holds.',
    ko: '스트림의 노드 하나에 담는 바이트 수예요.',
    idle: 'missing',
  },
  'stream-node-max-entries': {
    en: 'How many entries one node of a stream holds.',
    ko: '스트림의 노드 하나에 담는 항목 수예요.',
    idle: 'missing',
  },
  'proto-max-bulk-len': {
    en: 'The longest string that a command may bring. Here strings end at 64 MB, whatever stands here.',
    ko: '명령에 실을 수 있는 가장 긴 문자열이에요. 여기서는 무엇을 적든 64MB까지예요.',
  },
  // Who may, and who is told
  requirepass: {
    en: 'The password of this server. A console must first say AUTH with it, and is refused with NOAUTH until then.',
    ko: '서버의 비밀번호예요. 콘솔은 먼저 AUTH로 비밀번호를 대야 하고, 그전에는 NOAUTH 오류로 거절당해요.',
  },
  'notify-keyspace-events': {
    en: 'Which changes of keys are told as messages; KEA tells nearly all. Empty: none.',
    ko: '키에 일어난 일 가운데 무엇을 메시지로 알릴지 정해요. KEA면 거의 모두 알리고, 비어 있으면 알리지 않아요.',
  },
  'slowlog-log-slower-than': {
    en: 'A command that takes more microseconds than this goes into the slow log (SLOWLOG GET).',
    ko: '이보다 오래(마이크로초) 걸린 명령을 슬로 로그에 남겨요. SLOWLOG GET으로 볼 수 있어요.',
  },
  'slowlog-max-len': {
    en: 'How many commands the slow log holds.',
    ko: '슬로 로그에 남겨 둘 명령의 수예요.',
  },
  'latency-monitor-threshold': {
    en: 'From how many milliseconds on a delay is noted for LATENCY; 0: none.',
    ko: '몇 밀리초 넘게 걸린 일을 LATENCY에 적을지 정해요. 0이면 적지 않아요.',
    idle: 'latency',
  },
  'protected-mode': {
    en: 'Without a password, only clients of the same machine are let in.',
    ko: '비밀번호가 없으면 같은 컴퓨터에서 온 접속만 받아요.',
    idle: 'sockets',
  },
  'acllog-max-len': {
    en: 'How many refused commands and logins ACL LOG holds.',
    ko: 'ACL LOG에 남겨 둘 거절 기록의 수예요.',
    idle: 'missing',
  },
  'enable-debug-command': {
    en: 'Whether DEBUG may be used.',
    ko: 'DEBUG 명령을 쓸 수 있는지 정해요.',
    idle: 'plain',
  },
  // Network
  port: {
    en: 'The port on which the server listens; 6379 is Redis’ own.',
    ko: '서버가 접속을 기다리는 포트예요. 6379가 Redis의 기본 포트예요.',
    idle: 'sockets',
  },
  bind: {
    en: 'The addresses on which the server listens; 127.0.0.1 lets in only the same machine.',
    ko: '서버가 접속을 기다리는 주소예요. 127.0.0.1이면 같은 컴퓨터에서만 접속할 수 있어요.',
    idle: 'sockets',
  },
  'tcp-keepalive': {
    en: 'Every so many seconds the server asks a silent client whether it is still there.',
    ko: '조용한 클라이언트가 아직 있는지 이 간격(초)으로 확인해요.',
    idle: 'sockets',
  },
  'tcp-backlog': {
    en: 'How many connections may wait until the server takes them.',
    ko: '서버가 받아 줄 때까지 기다릴 수 있는 접속의 수예요.',
    idle: 'sockets',
  },
  timeout: {
    en: 'A client that says nothing for so many seconds is sent away; 0: none is.',
    ko: '이만큼(초) 아무 말이 없는 클라이언트는 접속을 끊어요. 0이면 끊지 않아요.',
    idle: 'sockets',
  },
  unixsocket: {
    en: 'A file by which programs of the same machine connect.',
    ko: '같은 컴퓨터의 프로그램이 접속할 때 쓰는 소켓 파일이에요.',
    idle: 'sockets',
  },
  unixsocketperm: {
    en: 'The rights of that file.',
    ko: '소켓 파일의 권한이에요.',
    idle: 'sockets',
  },
  maxclients: {
    en: 'How many clients may be connected at once.',
    ko: '한꺼번에 접속할 수 있는 클라이언트의 수예요.',
    idle: 'sockets',
  },
  'client-output-buffer-limit': {
    en: 'When a client that does not fetch its replies is sent away, for each class of clients.',
    ko: '응답을 가져가지 않는 클라이언트를 언제 끊을지 종류별로 정해요.',
    idle: 'buffers',
  },
  'client-query-buffer-limit': {
    en: 'How much a client may send that is not read yet.',
    ko: '클라이언트가 보냈지만 아직 읽지 않은 것을 얼마까지 쌓아 둘지 정해요.',
    idle: 'buffers',
  },
  // The process
  daemonize: {
    en: 'yes: the server goes on in the background, and the shell is free again.',
    ko: 'yes면 서버가 백그라운드에서 돌고, 셸은 바로 다음 명령을 받아요.',
    idle: 'process',
  },
  supervised: {
    en: 'Tells systemd or upstart that the server is ready.',
    ko: '서버가 준비됐다고 systemd나 upstart에 알려요.',
    idle: 'process',
  },
  pidfile: {
    en: 'A file in which the number of the server’s process stands.',
    ko: '서버 프로세스의 번호를 적어 두는 파일이에요.',
    idle: 'process',
  },
  'set-proc-title': {
    en: 'Shows address and mode in the list of processes (ps).',
    ko: '프로세스 목록(ps)에 주소와 모드를 보여 줘요.',
    idle: 'process',
  },
  'proc-title-template': {
    en: 'How the server is called in the list of processes.',
    ko: '프로세스 목록에 서버가 어떤 이름으로 나올지 정해요.',
    idle: 'process',
  },
  'oom-score-adj': {
    en: 'Tells Linux which process to end first when memory runs out.',
    ko: '메모리가 모자랄 때 어느 프로세스부터 끝낼지 리눅스에 알려요.',
    idle: 'process',
  },
  'oom-score-adj-values': {
    en: 'The scores for that: of the server, of a replica, of its background processes.',
    ko: '그때 쓸 점수예요. 서버, 복제 서버, 백그라운드 프로세스 순서예요.',
    idle: 'process',
  },
  'locale-collate': {
    en: 'The locale by which strings are compared.',
    ko: '문자열을 비교할 때 쓰는 로캘이에요.',
    idle: 'plain',
  },
  databases: {
    en: 'How many databases there are, from 0 on.',
    ko: '데이터베이스의 개수예요. 번호는 0부터 붙어요.',
    idle: 'databases',
  },
  hz: {
    en: 'How often a second the server sees to its own work.',
    ko: '서버가 뒷정리를 1초에 몇 번 할지 정해요.',
    idle: 'plain',
  },
  'dynamic-hz': {
    en: 'Sees to it more often where there are many clients.',
    ko: '클라이언트가 많으면 뒷정리를 더 자주 해요.',
    idle: 'plain',
  },
  'io-threads': {
    en: 'How many threads read from and write to the sockets.',
    ko: '소켓을 읽고 쓰는 스레드의 수예요.',
    idle: 'threads',
  },
  ...Object.fromEntries(
    ['eviction', 'expire', 'server-del', 'user-del', 'user-flush'].map((which) => [
      `lazyfree-lazy-${which}`,
      {
        en: 'Whether the memory of removed keys is freed by another thread.',
        ko: '지운 키의 메모리를 다른 스레드가 정리할지 정해요.',
        idle: 'threads',
      } satisfies About,
    ]),
  ),
  // Logs
  loglevel: { en: 'How much is written into the log.', ko: '로그를 얼마나 자세히 남길지 정해요.', idle: 'log' },
  logfile: { en: 'Where the log goes.', ko: '로그를 남길 파일이에요.', idle: 'log' },
  'syslog-enabled': { en: 'Sends the log to the system’s own.', ko: '로그를 시스템 로그로 보내요.', idle: 'log' },
  'always-show-logo': { en: 'Draws Redis’ logo into the log.', ko: '로그에 Redis 로고를 그려요.', idle: 'log' },
  // The append-only file
  appendonly: {
    en: 'yes: each change also goes into the append-only file, from which a server starts.',
    ko: 'yes면 바뀌는 것마다 AOF 파일에도 적고, 서버는 그 파일로 다시 시작해요.',
    idle: 'aof',
  },
  appendfilename: { en: 'The name of that file.', ko: 'AOF 파일의 이름이에요.', idle: 'aof' },
  appenddirname: { en: 'The folder of that file.', ko: 'AOF 파일을 두는 디렉터리예요.', idle: 'aof' },
  appendfsync: {
    en: 'How often the append-only file is forced onto the disk.',
    ko: 'AOF 파일을 디스크에 얼마나 자주 확실히 쓸지 정해요.',
    idle: 'aof',
  },
  ...Object.fromEntries(
    [
      'no-appendfsync-on-rewrite',
      'auto-aof-rewrite-percentage',
      'auto-aof-rewrite-min-size',
      'aof-load-truncated',
      'aof-use-rdb-preamble',
      'aof-timestamp-enabled',
      'aof-rewrite-incremental-fsync',
    ].map((name) => [
      name,
      {
        en: 'Says how the append-only file is written anew, or read.',
        ko: 'AOF 파일을 다시 쓰거나 읽는 방법을 정해요.',
        idle: 'aof',
      } satisfies About,
    ]),
  ),
  // Replicas
  replicaof: {
    en: 'Makes the server a replica of another.',
    ko: '이 서버를 다른 서버의 복제 서버로 만들어요.',
    idle: 'replicas',
  },
  masterauth: {
    en: 'The password with which a replica goes to its master.',
    ko: '복제 서버가 마스터에 접속할 때 쓰는 비밀번호예요.',
    idle: 'replicas',
  },
}

/** Parameters whose names begin so are told of together. */
const families: readonly (readonly [RegExp, About])[] = [
  [
    /^(?:repl|replica|slave|min-replicas|min-slaves)-/,
    { en: 'It is about replicas.', ko: '복제 서버에 대한 설정이에요.', idle: 'replicas' },
  ],
  [/^cluster-/, { en: 'It is about a cluster.', ko: '클러스터에 대한 설정이에요.', idle: 'cluster' }],
  [/^tls-/, { en: 'It is about encrypted connections.', ko: '암호화된 접속에 대한 설정이에요.', idle: 'tls' }],
  [/^(?:aof|appendf)/, { en: 'It is about the append-only file.', ko: 'AOF 파일에 대한 설정이에요.', idle: 'aof' }],
  [
    /^active-defrag-/,
    { en: 'It is about holes in memory.', ko: '메모리 조각 모음에 대한 설정이에요.', idle: 'memory' },
  ],
  [/^syslog-/, { en: 'It is about the log.', ko: '로그에 대한 설정이에요.', idle: 'log' }],
]

/** Directives that are no parameters, which the server takes and which do nothing here. */
const directives: Readonly<Record<string, Text>> = {
  user: {
    en: 'Describes a user and what that user may do. This server knows only the default user, so the line is passed over.',
    ko: '사용자와 권한을 정하는 줄이에요. 여기 서버에는 기본 사용자뿐이라서 건너뛰어요.',
  },
  'rename-command': {
    en: 'Gives a command another name, or takes it away. Here all commands keep their names, so the line is passed over.',
    ko: '명령의 이름을 바꾸거나 없애는 줄이에요. 여기서는 명령 이름이 그대로라서 건너뛰어요.',
  },
  include: {
    en: 'Reads other files in this place. No file matches this pattern, so nothing is read.',
    ko: '이 자리에서 다른 파일을 읽는 줄이에요. 이 패턴에 맞는 파일이 없어서 아무것도 읽지 않아요.',
  },
}
const other: Text = {
  en: 'A directive of older servers or of Sentinel, which the server takes and passes over.',
  ko: '옛 서버나 Sentinel에서 쓰던 줄이에요. 서버가 받아 주되 그냥 지나가요.',
}

/** What a directive that does nothing here is. */
export const aboutUnused = (name: string, language: Language): string => (directives[name] ?? other)[language]

/** What a parameter is, and what it does here, in one or two sentences. */
export function aboutParameter(name: string, effective: boolean, language: Language): string {
  const about = parameters[name] ?? families.find(([pattern]) => pattern.test(name))?.[1]
  const sentences = effective
    ? [about?.[language] ?? configMessages[language].works]
    : [about?.[language] ?? [], reasons[about?.idle ?? 'plain'][language]].flat()
  return sentences.join(' ')
}

const en = {
  about:
    'The server reads this file when it starts, before the snapshot. Write it or paste one; what each line means here stands below.',
  label: 'redis.conf, line by line',
  example: 'Lay in the tutorial’s file',
  save: 'Save on the disk',
  restart: 'Save and start again',
  saved: 'redis.conf is on the disk. The server reads it when it starts again.',
  unsaved: 'Not on the disk yet.',
  absent: 'There is no redis.conf yet: the server starts with all parameters at their defaults.',
  tooLarge: 'This redis.conf is larger than 64 kB, which is too much for this editor.',
  full: 'The disk is full, so nothing can be saved.',
  lines: 'What each line means here',
  line: (line: number) => `Line ${line}`,
  effects: { works: 'takes effect', idle: 'does nothing here', bad: 'refused' },
  startOnly: 'Only a start sets it; CONFIG SET refuses it.',
  works: 'It takes effect when the server starts.',
  refused: 'The server does not start with this line. In its words:',
  sharp: 'A comment needs a line of its own: behind a value, # is a part of it.',
  sum: (works: number, idle: number, bad: number) =>
    `${works} ${works === 1 ? 'takes' : 'take'} effect, ${idle} ${idle === 1 ? 'does' : 'do'} nothing here, ${bad} refused.`,
  printed: 'What a real server prints, and ends:',
}

export type ConfigMessages = typeof en

const ko: ConfigMessages = {
  about:
    '서버는 켜질 때 스냅샷보다 이 파일을 먼저 읽어요. 직접 쓰거나 붙여 넣어 보세요. 한 줄 한 줄이 여기서 무슨 뜻인지는 아래에 나와요.',
  label: 'redis.conf 내용',
  example: '튜토리얼의 설정 넣기',
  save: '디스크에 저장',
  restart: '저장하고 서버 다시 켜기',
  saved: 'redis.conf가 디스크에 있어요. 서버는 다시 켜질 때 이 파일을 읽어요.',
  unsaved: '아직 디스크에 저장하지 않았어요.',
  absent: '아직 redis.conf가 없어요. 서버가 켜질 때 모든 설정이 기본값이 돼요.',
  tooLarge: 'redis.conf가 64kB보다 커서 여기서는 고칠 수 없어요.',
  full: '디스크가 꽉 차서 저장할 수 없어요.',
  lines: '줄마다 무슨 뜻인지',
  line: (line) => `${line}번째 줄`,
  effects: { works: '적용', idle: '여기서는 영향 없음', bad: '거절' },
  startOnly: '켜질 때만 정할 수 있고, CONFIG SET으로는 바꿀 수 없어요.',
  works: '서버가 켜질 때 적용돼요.',
  refused: '이 줄이 있으면 서버가 켜지지 않아요. 서버는 이렇게 말해요.',
  sharp: '주석은 따로 한 줄에 써야 해요. 값 뒤에 쓴 #은 값의 일부가 돼요.',
  sum: (works, idle, bad) => `적용 ${works}줄, 여기서는 영향 없음 ${idle}줄, 거절 ${bad}줄.`,
  printed: '진짜 서버는 이렇게 출력하고 꺼져요.',
}

export const configMessages = { en, ko } satisfies Record<Language, ConfigMessages>
