import type { ClockRate, Kind } from '../../session/protocol.ts'
import type { Advice } from '../../lesson/advice.ts'
import type { EncodingWhy } from '../inspector/encodings.ts'
import { leftOf, spanOf } from './clock.ts'

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

/** Every sentence of the interface. Redis' own words stay as they are. */
export const en = {
  tagline: 'A learning playground for Redis, whole in your browser',
  // frame
  lesson: 'Lesson',
  lessons: 'Lessons',
  courseMap: 'Course map',
  printLesson: 'Print this lesson…',
  console: 'Console',
  script: 'Script',
  stages: 'What the middle shows',
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
  newSession: 'New session',
  shareOrExport: 'Share or export…',
  embed: 'Embed in a page…',
  shareMoment: 'Share this moment…',
  openFile: 'Open a file…',
  untitled: (date: string) => `Session of ${date}`,
  rename: 'Rename',
  cancel: 'Cancel',
  commandsCount: (count: number) => plural(count, 'command', 'commands'),
  keysCount: (count: number) => plural(count, 'key', 'keys'),
  engine: 'A Redis 8.0 engine in this tab',
  saving: 'saving',
  savedAt: (time: string) => `saved ${time}`,
  savedTip: 'Kept in this browser. It is here again after a reload.',
  notSaved: 'not saved',
  fault: 'The engine stopped and is being started again. Your commands are kept.',
  failed: 'The playground could not start.',
  retry: 'Try again',
  dismiss: 'Dismiss',
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
  undidMany: (count: number) => `Taken back: ${plural(count, 'command', 'commands')} that came together`,
  redidMany: (count: number) => `Brought back: ${plural(count, 'command', 'commands')} that came together`,
  undidClose: (name: string) => `Client ${name} is connected again, as it was.`,
  redidClose: (name: string) => `Client ${name} is closed again.`,
  undidReset: 'The reset was taken back. Your keys are here again.',
  redidReset: 'Reset again. The server is empty.',
  undidServer: 'The server is as it was before.',
  redidServer: 'Done to the server once more.',
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
  notRun: 'did not run',
  unseenPushes: (count: number) => `${plural(count, 'message', 'messages')} more, not shown`,
  pasting: (at: number, total: number) => `line ${at.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  stopPasting: 'Stop',
  pasteFailed: (at: number, total: number) =>
    `Stopped at line ${at.toLocaleString('en')} of ${total.toLocaleString('en')}, which failed`,
  pasteStopped: (at: number, total: number) =>
    `Stopped after line ${at.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  goOnWith: (count: number) => `Go on with ${plural(count, 'line', 'lines')}`,
  letGo: 'Leave out the rest',
  waitingForReplicas: 'waiting for replicas, of which there are none',
  heldBack: 'held back by CLIENT PAUSE',
  upTo: (seconds: number) => `${seconds} s at most`,
  stopHint: 'Esc',
  stop: 'Stop waiting',
  seconds: (seconds: number) => `${seconds} s`,
  sendsNext: 'runs when the wait is over',
  cancelled: 'stopped waiting',
  notConnected: 'not connected',
  connectionClosed: 'The server closed this connection. The next command connects again.',
  serverDown: 'The server has stopped. The next command starts it again, with the keys of its snapshot.',
  takenBack: 'taken back',
  cameBack: 'This connection had ended. That was taken back, and it is as it was before.',
  stoppedRun: 'stopped; the data is as it was before',
  notKept: 'not saved, so it was lost with the page',
  unanswered: 'the page closed before the reply came',
  tooLong: 'the long reply was not kept',
  earlierGone: (count: number) => `${plural(count, 'earlier row', 'earlier rows')} left out`,
  showLines: (count: number) => `Show ${plural(count, 'more line', 'more lines')}`,
  showMore: 'Show more',
  linesMore: (count: number) => `and ${plural(count, 'more line', 'more lines')}`,
  linesShown: (shown: number, total: number) =>
    `${shown.toLocaleString('en')} of ${plural(total, 'line', 'lines')} shown`,
  download: 'Download all',
  readsAs: 'reads',
  promptHint: 'type a command',
  firstWords: 'Type a command below, or press one in the lesson. help says which words the page itself knows.',
  help: [
    ['undo', 'takes back the last command'],
    ['redo', 'brings it back'],
    ['reset', 'starts afresh with an empty server'],
    ['hint', 'gives the next hint of this step'],
    ['solution', 'writes one way to do this step, without running it'],
    ['clear', 'clears this view; Ctrl+L does too'],
    ['help', 'shows this'],
    ['help SET', 'tells what a command does; help @list tells of a whole group'],
    ['5 INCR x', 'runs a command five times; Ctrl+C stops it'],
    ['--raw', 'shows replies without quotes and types'],
    ['--no-raw', 'shows them with quotes and types again'],
    ['redis-cli', 'may stand before a command, with -n, -r, -3 or --raw'],
  ] as readonly (readonly [string, string])[],
  helpKeys: [
    ['Tab', 'completes the word'],
    ['↑ ↓', 'walk through what you typed; Ctrl+R searches it'],
    ['Esc', 'ends a wait'],
    ['Ctrl+K', 'finds commands, keys, lessons and actions'],
    ['Ctrl+Alt+1', 'goes to client A, 2 to B, and so on'],
    ['F6', 'goes to the next part of the page: the bar at the top, lesson, console, keys, value; Shift+F6 goes back'],
  ] as readonly (readonly [string, string])[],
  helpEnd: 'Everything else goes to the server.',
  helpNone: (topic: string) => `There is no help on ${topic}.`,
  completions: 'Completions',
  completionsCount: (count: number) => `${plural(count, 'completion', 'completions')}, Tab chooses`,
  notACommand: (word: string) => `${word} is no command.`,
  notASubcommand: (container: string, word: string) => `${container} has no subcommand ${word}.`,
  tooManyWords: (name: string) => `${name} takes fewer words than this.`,
  noPlace: (name: string, word: string) => `${name} has no place for ${word} here.`,
  noSuchKey: (key: string) => `There is no key ${key}.`,
  didYouMean: (name: string) => `Did you mean ${name}?`,
  searchHistory: 'Search what you typed:',
  notInHistory: 'not found',
  drawnRaw: 'Replies are now shown without quotes and types, as with redis-cli --raw.',
  drawnAgain: 'Replies are now shown with quotes and types again.',
  asLines: 'Here this client runs it, line by line:',
  noHint: 'There is no hint here.',
  noSolution: 'There is nothing to solve here.',
  docs: 'Command docs',
  docsEmpty: 'What a command does stands here while you type it. Ctrl+K finds commands, keys and lessons.',
  docsOpen: 'Show the docs',
  docsClose: 'Show one line',
  docsHide: 'Hide the docs',
  since: (version: string) => `since ${version}`,
  fidelity: (server: string, times: number, other: string | null) => {
    const compared = times === 0 ? 'never compared by machine' : `compared ${plural(times, 'time', 'times')}`
    if (other !== null) return `Differs from Redis ${server} on purpose: ${other} Otherwise the same — ${compared}`
    return times === 0 ? `Made as Redis ${server} — ${compared}` : `Same as Redis ${server} — ${compared}`
  },
  fidelityWhen: (date: string) => `Replies compared with the real redis-server; last counted ${date}`,
  /** What COMMAND's flags mean for whoever uses a command. */
  flags: [
    ['write', 'writes'],
    ['readonly', 'only reads'],
    ['denyoom', 'refused when memory is full'],
    ['blocking', 'may wait'],
    ['fast', 'fast'],
    ['admin', 'for administrators'],
    ['pubsub', 'about messages'],
    ['noscript', 'not in scripts'],
    ['no_multi', 'not in transactions'],
  ] as readonly (readonly [string, string])[],
  palette: 'Find anything',
  paletteTip: 'Find commands, keys, lessons and actions (Ctrl+K)',
  // what a command changed
  written: 'written again',
  moreKeys: (count: number) => `and ${plural(count, 'more key', 'more keys')}`,
  moreOf: (kind: Kind, count: number) => `and ${count.toLocaleString('en')} more ${units[kind][count === 1 ? 0 : 1]}`,
  ttlKept: 'TTL kept',
  ttlSet: (time: string) => `TTL ${time}`,
  ttlMoved: (before: string, after: string) => `TTL ${before} → ${after}`,
  ttlRemoved: (command: string, time: string) => `${command} removed the TTL of ${time}`,
  /** A time in one unit or two. */
  timeSpan: (parts: readonly (readonly [number, 'd' | 'h' | 'min' | 's' | 'ms'])[]) =>
    parts.map(([count, unit]) => `${count.toLocaleString('en')} ${unit}`).join(' '),
  // what a row tells on demand
  rowDetails: (line: string) => `Details of ${line}`,
  tookLabel: 'Time taken',
  tookTime: (ms: number) => (ms < 0.1 ? 'less than 0.1 ms' : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`),
  costLabel: 'Complexity',
  hereLabel: 'Here',
  /** Each time the machine met an element of a key's value, or a key where it went through them. */
  touched: (count: number) => `${plural(count, 'element', 'elements')} touched`,
  costsAlways: 'Show what each command costs in its row',
  inReply: (count: number) => `${plural(count, 'element', 'elements')} in the reply`,
  keysChanged: (count: number) => `${plural(count, 'key', 'keys')} changed`,
  holdsNow: (key: string, size: string) => `${key} has ${size} now`,
  copyRow: 'Copy this row',
  copyAll: 'Copy all rows',
  notCopied: 'The browser did not let it be copied',
  racedBy: (key: string, by: string, self: string, command: string) =>
    `Refused: ${by} changed ${key} with ${command} after ${self}'s WATCH. Nothing in this transaction ran. Read it again and retry.`,
  racedBySelf: (key: string, command: string) =>
    `Refused: this client itself changed ${key} with ${command} after its WATCH. Nothing in this transaction ran.`,
  racedByTime: (key: string, self: string) =>
    `Refused: ${key} expired after ${self}'s WATCH. Nothing in this transaction ran. Read it again and retry.`,
  why: {
    unknown: (word: string, near: string | null, of: string | null) =>
      `${of === null ? `There is no command ${word}` : `${of} has no subcommand ${word}`}${near === null ? '.' : `. Did you mean ${near}?`}`,
    arity: (usage: string) => `It is written ${usage}`,
    noPlace: (word: string) => `${word} has no place here.`,
    twice: (word: string) => `${word} stands here a second time, or with something that rules it out.`,
    unfinished: (rest: string) => `The line ends too soon: ${rest} is missing.`,
    notNumber: (word: string, whole: boolean) => `${word} is not ${whole ? 'a whole number of 64 bits' : 'a number'}.`,
    holds: (place: string, held: string, whole: boolean) =>
      `${place} holds ${held}. Only ${whole ? 'a whole number' : 'a number'} can be counted up or down.`,
    overflow: (place: string, held: string) =>
      `${place} holds ${held}; the result would not fit into 64 bits, so nothing was changed.`,
    index: (key: string, size: number) =>
      size === 0
        ? `${key} has no items.`
        : `${key} has ${plural(size, 'item', 'items')}: 0 to ${size - 1} from the left, -1 to -${size} from the right.`,
    noKey: (key: string, near: string | null) =>
      near === null ? `There is no key ${key}.` : `There is no key ${key}. Did you mean ${near}?`,
    expired: (key: string, ago: string) => `${key} expired ${ago} ago.`,
    removed: (key: string, command: string, by: string | null, ago: string) =>
      by === null
        ? `${key} is gone: this client ran ${command} ${ago} ago.`
        : `${key} is gone: ${by} ran ${command} ${ago} ago.`,
    noField: (key: string, field: string, near: string | null) =>
      near === null ? `${key} has no field ${field}.` : `${key} has no field ${field}. Did you mean ${near}?`,
    noMember: (key: string, member: string) => `${key} has no member ${member}.`,
    exists: (key: string) => `${key} is there already, and NX writes only where there is no key.`,
    absent: (key: string) => `There is no key ${key}, and XX writes only over one that is there.`,
    waited: (keys: string) => `Nothing came into ${keys} in that time.`,
    partly: (failed: number, of: number) =>
      `${failed} of ${of} commands failed and the others did their work: a transaction takes nothing back.`,
    plain: {
      noauth: 'The server wants a password first: AUTH password.',
      wrongpass: 'This user or this password is not the one that was set.',
      oom: 'The server holds as much as maxmemory allows, and its policy lets nothing go. Reading and deleting still work.',
      noproto: 'There are two protocols: HELLO 2 and HELLO 3.',
      unblocked: 'Another client ended the wait with CLIENT UNBLOCK.',
      nested: 'A transaction is open already. EXEC runs it, DISCARD drops it.',
      'no-multi': 'No transaction is open. MULTI begins one.',
      'watch-in-multi': 'WATCH comes before MULTI: it guards what is read before the transaction begins.',
      'not-in-multi': 'This command cannot be queued. The transaction will be refused as a whole.',
      subscribed: 'A client that listens can do little else until it unsubscribes. RESET or another client helps.',
      databases: 'There are 16 databases, 0 to 15.',
      'expire-time': 'A time to live must be greater than 0, and not beyond what 64 bits hold.',
      'lex-range': 'A bound is [word (with it), (word (without it), - (the least) or + (the greatest).',
    },
  },
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
  timeLeft: (ms: number) => leftOf(ms, { d: 'd', h: 'h', m: 'm', s: 's', tenths: ' s' }),
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
  seenOnly: 'seen, as it was shown to you',
  lessonsShown: (count: number) => (count === 1 ? 'One step was shown to you' : `${count} steps were shown to you`),
  insertLine: 'Put it into the prompt',
  insertThis: (line: string) => `Put into the prompt: ${line}`,
  copyLine: 'Copy',
  copyThis: (line: string) => `Copy: ${line}`,
  skipClock: (span: string) => `Move the clock ${span} ahead`,
  skipsTime: 'no waiting',
  pressCtrlC: 'Ctrl+C',
  inConsole: (name: string) => `in ${name}`,
  freesFirst: (name: string) => `ends ${name}'s wait, run in ${name}`,
  laneWaits: (name: string) =>
    `${name} is still waiting for an answer. Esc in its console ends the wait; then this can run.`,
  startOver: 'Start this step over',
  startOverTip: 'Data and clients become what they were when this step began',
  stepAnew: (expired: number) =>
    expired === 0
      ? 'Back where this step began. Redo brings back what you did.'
      : `Back where this step began. The clock cannot go back, so ${plural(expired, 'key has', 'keys have')} expired since.`,
  stepTooOld: 'The history no longer reaches back to where this step began. The lesson can be started again.',
  stopShowing: 'Stop',
  showing: 'The solution is being typed for you. Any key stops it.',
  foretell: 'What will it answer?',
  yourGuess: 'Your guess',
  runAndSee: 'Run it and see',
  justRun: 'Just run it',
  foretold: 'You foretold it:',
  notForetold: (guess: string) => `You guessed ${guess}. It answered:`,
  itAnswered: 'It answered:',
  notAnswered: 'There is no answer yet.',
  othersDid: 'What others did',
  actorWaits: 'waiting',
  inPython: 'In Python',
  advice(advice: Exclude<Advice, { kind: 'reaction' }>): string {
    switch (advice.kind) {
      case 'wrong-client':
        return `The line is right, but it is for client ${advice.wanted}. You ran it in ${advice.client}.`
      case 'swapped':
        return `These are the right words for ${advice.command}, in another order. Which one comes first?`
      case 'wrong-key':
        return advice.onlyCase
          ? `Redis tells capital and small letters apart. Look at ${advice.key} again, letter by letter.`
          : `${advice.command} is right, but ${advice.key} is not the key that this step is about.`
      case 'wrong-type':
        return `${advice.key} holds another type than ${advice.command} works on. TYPE ${advice.key} tells which.`
      case 'no-key':
        return `There is no key ${advice.key}, so ${advice.command} found nothing to work on. The key has to be there first.`
    }
  },
  lessonDone: 'Lesson finished',
  /** The end was reached with steps left out. */
  lessonSeen: (open: number) =>
    open === 1 ? 'The end; one step is still open' : `The end; ${open} steps are still open`,
  steps: 'The steps',
  learnt: 'What you did',
  goOn: 'The server is still yours: go on playing, nothing is marked here.',
  again: 'Start the lesson again',
  againShort: 'in a new session',
  lessonFailed: 'This lesson could not be loaded.',
  noLesson: 'No lesson is open. The console is yours.',
}
