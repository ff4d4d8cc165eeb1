import type { ClockRate, Kind } from '../../session/protocol.ts'
import type { EncodingWhy } from '../inspector/encodings.ts'

const plural = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`

const units: Record<Kind, readonly [string, string]> = {
  string: ['byte', 'bytes'],
  list: ['item', 'items'],
  set: ['member', 'members'],
  zset: ['member', 'members'],
  hash: ['field', 'fields'],
  stream: ['entry', 'entries'],
}

const articled: Record<Kind, string> = {
  string: 'a string',
  list: 'a list',
  set: 'a set',
  zset: 'a sorted set',
  hash: 'a hash',
  stream: 'a stream',
}

/** A span of time in its largest unit, to one decimal. */
export function spanOf(ms: number, units: readonly [string, string, string, string], glue = ' '): string {
  const sizes = [1, 1000, 60_000, 3_600_000]
  const at = Math.max(
    0,
    sizes.findLastIndex((size) => ms >= size),
  )
  return `${(Math.round((ms / sizes[at]!) * 10) / 10).toLocaleString('en')}${glue}${units[at]}`
}

/** Every sentence of the interface. Redis' own words stay as they are. */
export const en = {
  tagline: 'A learning playground for Redis, whole in your browser',
  // frame
  lesson: 'Lesson',
  lessons: 'Lessons',
  console: 'Console',
  keysTab: 'Keys',
  changesSince: (count: number) => plural(count, 'change since you last looked', 'changes since you last looked'),
  undo: 'Undo',
  redo: 'Redo',
  reset: 'Reset',
  undoTip: 'Take back the last command',
  redoTip: 'Bring back what was taken back',
  resetTip: 'Start afresh with an empty server',
  clock: "The server's clock",
  clockTip: 'Move the clock',
  clockPace: 'How fast it runs',
  clockRate: (rate: ClockRate): string => (rate === 0 ? 'paused' : rate === 1 ? 'live' : '10×'),
  clockPause: 'Pause',
  clockGoOn: 'Go on',
  clockAhead: (count: number, unit: 'second' | 'minute' | 'hour') =>
    `+${count} ${unit === 'second' ? 's' : unit === 'minute' ? 'min' : 'h'}`,
  clockNext: 'To the next expiry',
  clockHint: 'Keys expire, waits end and saves happen by this clock. It never goes back.',
  clockPaused: 'The clock stands still: no key expires until it goes on.',
  clockLive: "The clock runs with your machine's again.",
  clockFast: 'The clock runs ten times as fast.',
  span: (ms: number) => spanOf(ms, ['ms', 's', 'min', 'h']),
  clockMoved: (span: string) => `The clock went ahead by ${span}.`,
  clockNothing: 'Nothing is due: no key expires, nobody waits.',
  toDark: 'Switch to the dark theme',
  toLight: 'Switch to the light theme',
  resize: 'Resize the panes',
  sessions: 'Sessions',
  thisSession: 'this one',
  newSession: 'New session',
  untitled: (date: string) => `Session of ${date}`,
  rename: 'Rename',
  nameLabel: 'Name of the session',
  remove: 'Delete',
  reallyRemove: 'Delete for good',
  cancel: 'Cancel',
  save: 'Save',
  commandsCount: (count: number) => plural(count, 'command', 'commands'),
  keysCount: (count: number) => plural(count, 'key', 'keys'),
  engine: 'A Redis 8.0 engine in this tab',
  saving: 'saving',
  savedAt: (time: string) => `saved ${time}`,
  savedTip: 'Kept in this browser. It is here again after a reload.',
  notSaved: (reason: string) => `not saved: ${reason}`,
  memoryOnly: 'not kept after this page closes',
  memoryTip: (reason: string) => `This browser keeps nothing here: ${reason}`,
  copyNotice: 'This session is open in another tab. You are working in a copy of it.',
  fault: 'The engine stopped and is being started again. Your commands are kept.',
  failed: 'The playground could not start.',
  retry: 'Try again',
  dismiss: 'Dismiss',
  opening: 'Starting the engine',
  playground: 'Playground',
  firstWordsFree: 'Type a command below, or take sample data. help says which words the page itself knows.',
  playgroundShort: 'no lesson',
  toPlayground: 'Or take sample data, in the playground',
  playgroundAbout:
    'A server of your own, without a lesson. Nothing is marked here, and the course stays where you left it.',
  sampleData: 'Sample data',
  sampleHint:
    'One press types the commands for you, where you can read them. Undo takes them back, the last one first.',
  sampleRuns: (name: string) => `runs in ${name}`,
  // what undo, redo and reset say
  undid: (line: string) => `Taken back: ${line}`,
  redid: (line: string) => `Brought back: ${line}`,
  undidReset: 'The reset was taken back. Your keys are here again.',
  redidReset: 'Reset again. The server is empty.',
  nothingToUndo: 'There is nothing to take back.',
  nothingToRedo: 'There is nothing to bring back.',
  didReset: 'Started afresh: the server is empty. undo brings everything back.',
  // console
  clientName: (name: string) => `Client ${name}`,
  clientKeys: (name: string, place: number) => `Client ${name} (Ctrl+Alt+${place})`,
  addClient: 'Add a client',
  hideClient: 'Put out of view',
  closeClient: 'Close',
  removeClient: 'Remove',
  nameOfClient: (name: string) => `Name of client ${name}`,
  clientClosed: 'You closed this client. Its rows stay until you remove it; the next command connects it again.',
  queued: (count: number) => `${count} queued`,
  willAbort: 'EXEC will be refused',
  watching: (names: string) => `watching ${names}`,
  names: (names: string, more: number) => (more > 0 ? `${names} and ${more} more` : names),
  raced: 'a watched key was touched',
  subscribed: (names: string) => `subscribed to ${names}`,
  monitoring: 'sees every command',
  waiting: 'waiting',
  waitingFor: (keys: string) => `waiting for ${keys}`,
  waitingForReplicas: 'waiting for replicas, of which there are none',
  heldBack: 'held back by CLIENT PAUSE',
  upTo: (seconds: number) => `${seconds} s at most`,
  stopHint: 'Esc to stop',
  stop: 'Stop waiting',
  seconds: (seconds: number) => `${seconds} s`,
  sendsNext: 'runs when the wait is over',
  cancelled: 'stopped waiting',
  notConnected: 'not connected',
  connectionClosed: 'The server closed this connection. The next command connects again.',
  serverDown: 'The server was shut down. The next command starts it again, with its keys.',
  takenBack: 'taken back',
  notKept: 'not saved, so it was lost with the page',
  unanswered: 'the page closed before the reply came',
  tooLong: 'the long reply was not kept',
  earlierGone: (count: number) => `${plural(count, 'earlier row', 'earlier rows')} left out`,
  showAll: (count: number) => `Show all ${count.toLocaleString('en')} lines`,
  readsAs: 'reads',
  promptHint: 'type a command',
  firstWords: 'Type a command below, or press one in the lesson. help says which words the page itself knows.',
  help: [
    ['undo', 'takes back the last command'],
    ['redo', 'brings it back'],
    ['reset', 'starts afresh with an empty server'],
    ['clear', 'clears this view; Ctrl+L does too'],
    ['help', 'shows this'],
  ] as readonly (readonly [string, string])[],
  helpEnd: 'Everything else goes to the server. Up and Down walk through what you typed.',
  racedBy: (key: string, by: string, self: string, command: string) =>
    `Refused: ${by} changed ${key} with ${command} after ${self}'s WATCH. Nothing in this transaction ran. Read it again and retry.`,
  racedBySelf: (key: string, command: string) =>
    `Refused: this client itself changed ${key} with ${command} after its WATCH. Nothing in this transaction ran.`,
  racedByTime: (key: string, self: string) =>
    `Refused: ${key} expired after ${self}'s WATCH. Nothing in this transaction ran. Read it again and retry.`,
  wrongType: (key: string, held: Kind, wanted: Kind) =>
    `${key} holds ${articled[held]}; this command works on ${articled[wanted]}.`,
  aborted: (line: string) => `Nothing ran, because ${line} was refused while queueing.`,
  useKeys: 'Useful characters',
  // inspector
  filterLabel: 'Filter keys by a pattern',
  // inspector: the tree's options, ghosts
  treeOptions: 'Which keys, and in which order',
  onlyType: 'Type',
  allTypes: 'all',
  sortBy: 'Sort by',
  sorts: { name: 'name, in folders', changed: 'last change', ttl: 'time to live' },
  delimiter: 'Folders end at',
  delimiterTip: 'Redis knows no folders. They are drawn where this stands in a name; empty draws none.',
  flatTip: 'Sorted by something else than the name, keys stand without folders.',
  ordering: 'Putting keys in order',
  ghost: 'ghost',
  ghostTip: 'Its time is over, but it still lies in memory until a command meets it or a sweep comes.',
  database: 'Database',
  size: (kind: Kind, count: number) => plural(count, units[kind][0], units[kind][1]),
  typeWord: (kind: Kind) => kind as string,
  added: 'added',
  changed: 'changed',
  removed: 'removed',
  expired: 'expired',
  noExpiry: 'no expiry',
  expiresIn: (time: string) => `expires in ${time}`,
  noKeys: 'No keys yet',
  noKeysHint: 'Whatever you store shows up here at once. Try this:',
  noMatch: 'No key matches',
  clearFilter: 'Show all keys',
  emptyHere: (db: number) => `Database ${db} is empty.`,
  noSelection: 'Choose a key to see its value.',
  gone: 'This key is gone',
  goneBy: (command: string) => `This key is gone (${command}).`,
  goneByTime: 'This key is gone. Its time had come.',
  copyName: 'Copy the name',
  copied: 'Copied',
  writeTip: (line: string) => `Write ${line} into the prompt`,
  more: (count: number) => `Show ${count.toLocaleString('en')} more`,
  shown: (shown: number, total: number) => `${shown.toLocaleString('en')} of ${total.toLocaleString('en')} shown`,
  field: 'field',
  value: 'value',
  rank: 'rank',
  member: 'member',
  score: 'score',
  index: 'index',
  leftEnd: 'left end',
  rightEnd: 'right end',
  unordered: 'in no order',
  inMemory: (bytes: number) => `${plural(bytes, 'byte', 'bytes')} in memory`,
  idle: (time: string) => `idle ${time}`,
  lookAs: 'Show the bytes as',
  looks: { text: 'text', json: 'JSON', hex: 'hex', bits: 'bits', number: 'number' },
  asNumber: 'number',
  asHex: 'hexadecimal',
  asBinary: 'binary',
  asTime: 'as a time',
  byteAt: (at: number) => `byte ${at}`,
  bitAt: (at: number, bit: number) => `bit ${at}: ${bit}`,
  bitsOn: (count: number) => `${plural(count, 'bit is', 'bits are')} 1.`,
  bitFlips: 'A press turns one over.',
  whichEnd: 'Which end',
  listEnds: { head: 'from the left', tail: 'to the right end' },
  zsetEnds: { head: 'lowest scores', tail: 'highest scores' },
  fieldTtl: 'This field has a time to live of its own.',
  encodingWhy: (why: EncodingWhy) => {
    switch (why.why) {
      case 'entries':
        return `because it has more than ${why.most.toLocaleString('en')} elements.`
      case 'integers':
        return `because it has more than ${why.most.toLocaleString('en')} integers.`
      case 'bytes':
        return `because an element is longer than ${why.most} bytes.`
      case 'not-only-integers':
        return 'because not every member is an integer now.'
      case 'no-integer':
        return 'because it is no plain integer now.'
      case 'in-place':
        return 'because it was changed in place, or is longer than 44 bytes.'
      case 'node':
        return 'because it no longer fits into one node.'
      case 'small':
        return 'because it fits into one node again.'
      case 'field-times':
        return 'because a field got a time to live.'
    }
  },
  edit: 'change',
  changeBy: 'Commands that change this key',
  runs: (line: string) => `Run ${line}`,
  opensForm: (command: string) => `Change with ${command}`,
  words: {
    value: 'value',
    element: 'element',
    index: 'index',
    member: 'member',
    score: 'score',
    field: 'field',
    newkey: 'new name',
    seconds: 'seconds',
    increment: 'increment',
  },
  asBytes: 'These bytes are no text. They stay as they are until you type.',
  runInConsole: 'Run in the console',
  relations: 'Who else uses this key',
  watchers: 'Watched by',
  watches: 'and its EXEC will run only if nobody changes it',
  watchedInVain: 'and its EXEC will answer nil, because a watched key was changed',
  waiters: 'Waiting for it, first come first served',
  waitsSince: (time: string) => `for ${time}`,
  touchedBy: 'Commands that named it',
  goToRow: 'Show it in the console. Escape leads back.',
  noViewer: 'A view of streams is still to come.',
  // lesson
  step: (now: number, of: number) => `Step ${now} of ${of}`,
  minutes: (count: number) => plural(count, 'minute', 'minutes'),
  runIn: (name: string) => `run in ${name}`,
  yourTurn: 'Your turn',
  now: 'now',
  back: 'Back',
  hint: 'Hint',
  hintNumber: (now: number, of: number) => `Hint ${now} of ${of}`,
  showMe: 'Show me',
  oneWay: 'One way to do it',
  next: 'Next',
  finish: 'Finish',
  stepDone: 'Step done. Next leads on.',
  done: 'done',
  doneBefore: 'was done before',
  lessonDone: 'Lesson finished',
  /** The end was reached with steps left out. */
  lessonSeen: (open: number) =>
    open === 1 ? 'The end; one step is still open' : `The end; ${open} steps are still open`,
  steps: 'The steps',
  learnt: 'What you did',
  goOn: 'The server is still yours: go on playing, nothing is marked here.',
  again: 'Start the lesson again',
  lessonFailed: 'This lesson could not be loaded.',
  noLesson: 'No lesson is open. The console is yours.',
}
