// Every error text of the engine, once. The words are the server's own (8.0.2).
import { latin, type Bytes } from '../wire/bytes.ts'
import { type Reply } from '../wire/reply.ts'
import { type Why } from '../session/protocol.ts'

/** What a user did wrong. Thrown by handlers before their first write; only unit.ts catches it. */
export class RedisError extends Error {
  readonly bytes: Bytes
  readonly why: Why | undefined
  constructor(text: string, why?: Why) {
    super(text)
    this.bytes = latin(text)
    this.why = why
  }
  reply(): Reply {
    return { kind: 'error', code: this.bytes.split(' ', 1)[0]!, text: this.bytes }
  }
}

/** The number of words does not fit the command; unit.ts fills in its name. */
export class ArityError extends Error {}

const error = (text: string) => () => new RedisError(text)

/** An argument echoed in an error: cut to 128 bytes and at a NUL, as the server cuts it; line breaks would end the reply. */
export const echo = (bytes: string, most = 128) =>
  bytes
    .split('\0', 1)[0]!
    .slice(0, most)
    .replaceAll(/[\r\n]/g, ' ')

export const errors = {
  syntax: error('ERR syntax error'),
  notInteger: error('ERR value is not an integer or out of range'),
  outOfRange: error('ERR value is out of range'),
  mustBePositive: error('ERR value is out of range, must be positive'),
  notFloat: error('ERR value is not a valid float'),
  overflow: error('ERR increment or decrement would overflow'),
  notANumber: error('ERR increment would produce NaN or Infinity'),
  hashNotInteger: error('ERR hash value is not an integer'),
  hashNotFloat: error('ERR hash value is not a float'),
  negativeExpire: error('ERR invalid expire time, must be >= 0'),
  fieldsMissing: error('ERR Mandatory argument FIELDS is missing or not at the right position'),
  numFieldsNotPositive: error('ERR Parameter `numFields` should be greater than 0'),
  fieldCountNotPositive: error('ERR Number of fields must be a positive integer'),
  fieldCountInvalid: error('ERR invalid number of fields'),
  fieldCountMismatch: error('ERR The `numfields` parameter must match the number of arguments'),
  unknownArgument: (word: Bytes) => new RedisError(`ERR unknown argument: ${echo(word)}`),
  oneFieldCondition: error('ERR Only one of FXX or FNX arguments can be specified'),
  oneExpiration: error('ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified'),
  infiniteIncrement: error('ERR value is NaN or Infinity'),
  between: (low: bigint, high: bigint) =>
    new RedisError(`ERR value is out of range, value must between ${low} and ${high}`),
  numkeysNotPositive: error('ERR numkeys should be greater than 0'),
  numkeysTooMany: error("ERR Number of keys can't be greater than number of args"),
  negativeLimit: error("ERR LIMIT can't be negative"),
  noSuchKey: error('ERR no such key'),
  indexOutOfRange: error('ERR index out of range'),
  offsetOutOfRange: error('ERR offset is out of range'),
  dbOutOfRange: error('ERR DB index is out of range'),
  invalidDb: error('ERR invalid DB index'),
  timeoutNotFloat: error('ERR timeout is not a float or out of range'),
  timeoutNegative: error('ERR timeout is negative'),
  timeoutOutOfRange: error('ERR timeout is out of range'),
  tooLong: error('ERR string exceeds maximum allowed size (proto-max-bulk-len)'),
  decrementOverflow: error('ERR decrement would overflow'),
  lcsNotStrings: error('ERR The specified keys must contain string values'),
  lcsLenAndIdx: error('ERR If you want both the length and indexes, please just use IDX.'),
  lcsTooLarge: error('ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len'),
  nxWithOthers: error('ERR NX and XX, GT or LT options at the same time are not compatible'),
  gtAndLt: error('ERR GT and LT options at the same time are not compatible'),
  unsupportedOption: (word: Bytes) =>
    new RedisError(`ERR Unsupported option ${echo(word.split('\0', 1)[0]!.replace(/[\r\n]+$/, ''), Infinity)}`),
  notInt32: error('ERR value is out of range, value must between -2147483648 and 2147483647'),
  notLfu: error(
    'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
  ),
  notLru: error(
    'ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
  ),
  outOfMemory: error("OOM command not allowed when used memory > 'maxmemory'."),
  sortNotNumbers: error("ERR One or more scores can't be converted into double"),
  invalidCursor: error('ERR invalid cursor'),
  noValuesElsewhere: error('ERR NOVALUES option can only be used in HSCAN'),
  sameObject: error('ERR source and destination objects are the same'),
  nestedMulti: error('ERR MULTI calls can not be nested'),
  execWithoutMulti: error('ERR EXEC without MULTI'),
  discardWithoutMulti: error('ERR DISCARD without MULTI'),
  watchInMulti: error('ERR WATCH inside MULTI is not allowed'),
  invalidExpire: (command: string) => new RedisError(`ERR invalid expire time in '${command}' command`),
  arity: (command: string) => new RedisError(`ERR wrong number of arguments for '${command}' command`),
  notInTransaction: error('ERR Command not allowed inside a transaction'),
  unknownCommand: (argv: readonly Bytes[]) => {
    let shown = ''
    for (let i = 1; i < argv.length && shown.length < 128; i++) shown += `'${echo(argv[i]!, 128 - shown.length)}' `
    return new RedisError(`ERR unknown command '${echo(argv[0]!)}', with args beginning with: ${shown}`)
  },
  subscribed: (command: string) =>
    new RedisError(
      `ERR Can't execute '${command}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
    ),
  monitorInMulti: error("ERR MONITOR isn't allowed for DENY BLOCKING client"),
  monitorsKeys: error("ERR Replica can't interact with the keyspace"),
  unknownSubcommand: (container: string, word: Bytes) =>
    new RedisError(`ERR unknown subcommand '${echo(word)}'. Try ${container.toUpperCase()} HELP.`),
  execRefused: (reason: Bytes) =>
    new RedisError(`EXECABORT Transaction discarded because of: ${reason.replace(/^ERR /, '')}`),
  execAbort: (why?: Why) => new RedisError('EXECABORT Transaction discarded because of previous errors.', why),
  wrongType: (why?: Why) => new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value', why),
  noProtocol: error('NOPROTO unsupported protocol version'),
  protocolNotInteger: error('ERR Protocol version is not an integer or out of range'),
  helloSyntax: (word: Bytes) => new RedisError(`ERR Syntax error in HELLO option '${echo(word)}'`),
  clientName: error('ERR Client names cannot contain spaces, newlines or special characters.'),
  clientAttribute: (name: Bytes) =>
    new RedisError(`ERR ${echo(name)} cannot contain spaces, newlines or special characters.`),
  unknownOption: (name: Bytes) => new RedisError(`ERR Unrecognized option '${echo(name)}'`),
  wrongPassword: error('WRONGPASS invalid username-password pair or user is disabled.'),
  noPassword: error(
    'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
  ),
  notAuthenticated: error('NOAUTH Authentication required.'),
  helloNotAuthenticated: error(
    'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
  ),
  pauseMode: error('ERR CLIENT PAUSE mode must be WRITE or ALL'),
  timeoutNotInteger: error('ERR timeout is not an integer or out of range'),
  appendOnlyOff: error('ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.'),
  slowlogCount: error('ERR count should be greater than or equal to -1'),
  noShutdown: error('ERR No shutdown in progress.'),
  noSuchClient: error('ERR No such client'),
  noSuchUser: (name: Bytes) => new RedisError(`ERR No such user '${echo(name)}'`),
  clientType: (name: Bytes) => new RedisError(`ERR Unknown client type '${echo(name)}'`),
  clientId: error('ERR Invalid client ID'),
  killId: error('ERR client-id should be greater than 0'),
  maxAgePositive: error('ERR maxage should be greater than 0'),
  maxAge: error('ERR maxage is not an integer or out of range'),
  unblockReason: error('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR'),
  unblocked: error('UNBLOCKED client unblocked via CLIENT UNBLOCK'),
  subcommandSyntax: (container: string, word: Bytes) =>
    new RedisError(
      `ERR unknown subcommand or wrong number of arguments for '${echo(word)}'. Try ${container.toUpperCase()} HELP.`,
    ),
  protocolType: error(
    'ERR Wrong protocol type name. Please use one of the following: string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false',
  ),
  onlyResp3: error('ERR RESP2 is not supported by this command'),
  firstDb: error('ERR invalid first DB index'),
  secondDb: error('ERR invalid second DB index'),
  noConfigFile: error('ERR The server is running without a config file'),
  unknownParameter: (name: Bytes) =>
    new RedisError(`ERR Unknown option or number of arguments for CONFIG SET - '${echo(name)}'`),
  configRefused: (name: string, reason: string) =>
    new RedisError(`ERR CONFIG SET failed (possibly related to argument '${name}') - ${reason}`),
  getkeysUnknown: error('ERR Invalid command specified'),
  getkeysNone: error('ERR The command has no key arguments'),
  getkeysArity: error('ERR Invalid number of arguments specified for command'),
  getkeysInvalid: error('ERR Invalid arguments specified for command'),
  numkeysPositive: error('ERR numkeys should be greater than 0'),
  countPositive: error('ERR count should be greater than 0'),
  lposRankZero: error(
    "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
  ),
  nxAndXx: error('ERR XX and NX options at the same time are not compatible'),
  gtLtNx: error('ERR GT, LT, and/or NX options at the same time are not compatible'),
  incrOnePair: error('ERR INCR option supports a single increment-element pair'),
  scoreNotANumber: error('ERR resulting score is not a number (NaN)'),
  minMaxNotFloat: error('ERR min or max is not a float'),
  minMaxNotLex: error('ERR min or max not valid string range item'),
  limitWithoutRange: error('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX'),
  scoresWithLex: error('ERR syntax error, WITHSCORES not supported in combination with BYLEX'),
  oneInputKey: (command: string) => new RedisError(`ERR at least 1 input key is needed for '${command}' command`),
  weightNotFloat: error('ERR weight value is not a float'),
  cannotBeNegative: (name: string) => new RedisError(`ERR ${name} can't be negative`),
  custom: (text: string) => new RedisError(text),
}
