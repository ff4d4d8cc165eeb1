// Everything that crosses between the page and the engine's worker: types only. One ordered channel, plain postMessage,
// batches; one union each way. A request has an id and one answer. What happens to the engine is told by events, in
// order; the reply to a command is an event too, keyed by the command's `seq`, its place in the session's log.
import type { Damage } from '../rdb/file.ts'
import type { RdbVersion } from '../rdb/value.ts'
import type { Bytes } from '../wire/bytes.ts'
import type { Reply } from '../wire/reply.ts'
import type { Text } from '../wire/text.ts'

export type { Damage } from '../rdb/file.ts'
export type ClientId = number
export type SessionId = string
export type Kind = 'string' | 'list' | 'set' | 'zset' | 'hash' | 'stream'

// ---------------------------------------------------------------- the page asks

export type Request =
  /** Opens a session: the one named, or the last one used, or (where there is none, or `fresh`) a new one. */
  | {
      readonly do: 'open'
      readonly session: SessionId | null
      readonly fresh?: true
      /** Of a new session: its clients, the database that they begin in, and its name. */
      readonly clients: readonly string[]
      readonly db?: number
      readonly name?: string
      /** Takes it from another tab that has it open, if need be. */
      readonly take?: true
    }
  /** After a worker has died: opens the session again and plays the inputs that the store had not confirmed. */
  | {
      readonly do: 'resume'
      readonly session: SessionId
      /** What the store may not have: the image that `Opened` gave, and its head. */
      readonly base: Uint8Array | null
      readonly floor: number
      readonly tail: readonly LoggedInput[]
      /** The newest input that the page has heard of: what the store has beyond it was told to nobody, and is taken back. */
      readonly heard: number
      /** Which of the session's owners the worker was that died; null where it had not come to be one. */
      readonly owner: number | null
    }
  | { readonly do: 'connect'; readonly name: string; readonly db?: number }
  /** `act`: the person closes it, and may take that back; else the page goes about its own business. */
  | { readonly do: 'disconnect'; readonly client: ClientId; readonly act?: true }
  /** Commands of one client, in order. Each is accepted at once (its seq); its reply comes as an event. Those of the same
   *  `group` that come one after the other, also in several requests, are taken back together. */
  | {
      readonly do: 'send'
      readonly client: ClientId
      readonly commands: readonly (readonly Bytes[])[]
      readonly group?: number
    }
  /** Frees a blocked client, as Ctrl+C does. */
  | { readonly do: 'cancel'; readonly client: ClientId }
  /** A read-only command outside log and clients; it disturbs nothing. */
  | { readonly do: 'peek'; readonly db: number; readonly argv: readonly Bytes[] }
  | { readonly do: 'browse'; readonly query: BrowseQuery }
  /** `from` counts from the end where it is negative. */
  | { readonly do: 'inspect'; readonly db: number; readonly key: Bytes; readonly from: number; readonly count: number }
  /** Takes back the last thing a person did (a command, a group of them, a reset, a client closed); `redo` brings it again. */
  | { readonly do: 'undo' }
  | { readonly do: 'redo' }
  /** Starts afresh: an empty server, the same clients. Undoable. */
  | { readonly do: 'reset' }
  /** The server ends, with no warning (kill -9) or as it is asked to (SIGTERM), and starts again from its disk; every client
   *  is closed. Undoable. */
  | { readonly do: 'crash'; readonly how: 'crash' | 'restart' }
  /** What lies on the server's disk; with `full` nothing more can be written there, or again; with `put` a person lays a file
   *  there, where there is room. Both are undoable. With `read` it tells of each line of a configuration file what it is. */
  | { readonly do: 'disk'; readonly full?: boolean; readonly put?: DiskPut; readonly read?: Bytes }
  /** The bytes of a file on the server's disk: as it lies, or a snapshot in an older version of its format. */
  | { readonly do: 'disk-file'; readonly path: string; readonly version?: RdbVersion }
  /** Where the log stands: a moment to come back to. */
  | { readonly do: 'mark' }
  /** Goes back to a moment: data and clients are as they were then; the clock is not. Redo brings all of it again. */
  | { readonly do: 'rewind'; readonly to: number }
  | { readonly do: 'sessions' }
  | { readonly do: 'rename'; readonly session: SessionId; readonly name: string }
  /** Takes it out of the list; `restore` brings it back as long as this page is there. */
  | { readonly do: 'remove'; readonly session: SessionId }
  | { readonly do: 'restore'; readonly session: SessionId }
  /** A second session with all that this one holds. */
  | { readonly do: 'duplicate'; readonly session: SessionId; readonly name: string }
  /** Another tab has taken the session: what is here becomes a session of its own. */
  | { readonly do: 'part'; readonly name: string }
  /** Moves the clock: how fast it runs, so many ms ahead, or to the next instant at which something is due. */
  | { readonly do: 'clock'; readonly set: ClockChange }
  /** The page's own notebook (scroll-back, lesson position): kept with the session, never read by the worker. */
  | { readonly do: 'keep'; readonly notebook: string }
  /** Writes what is not written yet; answered when it is. For the moment before the page goes. With `whole` an image is
   *  among it, so that nothing has to be played again: before another version of the page is taken. */
  | { readonly do: 'flush'; readonly whole?: true }
  /** What a link to this session holds: as it is now, or as it was when the command `upTo` had been done. */
  | { readonly do: 'share'; readonly upTo: number | null }
  /** The session as a file, with all that there is of it: images, log, notebook. */
  | { readonly do: 'export' }
  /** Tries what came by a link, and with `keep` stores it as a session of its own. Clients of other names than these are
   *  sent away. */
  | {
      readonly do: 'import'
      readonly from: Brought
      readonly names: readonly string[]
      readonly keep: { readonly name: string } | null
    }
  /** Answers at once: the worker is there. */
  | { readonly do: 'ping' }

export type Ask = Request & { readonly id: number }

/** What each request is answered with. */
export interface Answers {
  open: Opened
  resume: Opened
  connect: { readonly client: ClientId }
  disconnect: null
  /** `joins`: the first of them belongs with what was done before. */
  send: { readonly seqs: readonly number[]; readonly at: number; readonly joins: boolean }
  cancel: null
  peek: Reply
  browse: BrowsePage
  inspect: ValuePage | null
  undo: Undone | null
  redo: Undone | null
  reset: { readonly seq: number }
  /** Null: it could not save what it should, and goes on instead of ending; so it does where it would not start again. */
  crash: Restarted | ConfigFault | null
  disk: DiskState
  /** Null: there is no such file. Where it is no whole snapshot there is no other version of it. */
  'disk-file': DiskFile | Damage | null
  mark: { readonly seq: number }
  /** How many keys expired at once, because the clock had gone on; null: the log does not reach back so far. */
  rewind: { readonly expired: number } | null
  sessions: readonly SessionInfo[]
  rename: null
  remove: null
  restore: null
  duplicate: null
  part: SessionInfo
  clock: EngineTime
  keep: null
  flush: null
  share: Shared
  export: Uint8Array<ArrayBuffer>
  import: Imported | ImportRefusal
  ping: null
}

/** A session to take along. */
export interface Shared {
  readonly keys: number
  readonly commands: number
  /** What DEBUG DIGEST says of it. */
  readonly digest: string
  /** Null where its first moment is not known any more. */
  readonly log: { readonly seed: number; readonly began: number; readonly inputs: readonly Input[] } | null
  /** Null, as the log is then too, where there are more keys than anyone may bring. */
  readonly image: Uint8Array<ArrayBuffer> | null
}

/** A session as it came from somewhere: nothing of it is to be believed. */
export type Brought =
  | {
      readonly kind: 'log'
      readonly seed: number
      readonly began: number
      readonly inputs: readonly Input[]
      readonly digest: string
    }
  | { readonly kind: 'image'; readonly image: Uint8Array; readonly digest: string }
  /** A file that `export` made, or says so. */
  | { readonly kind: 'file'; readonly file: Uint8Array }
  /** A server's dump.rdb: it becomes a server that has just started with it. */
  | { readonly kind: 'rdb'; readonly file: Uint8Array }

/** Why what came is no session, or none for this page. `older`: an image of another version of the engine. */
export type ImportRefusal = 'damaged' | 'newer' | 'too-many-keys' | 'too-large' | 'too-long' | 'older'

export interface Imported {
  /** Null where it was only tried. */
  readonly session: SessionId | null
  readonly keys: number
  readonly commands: number
  /** The replay did not end where it was said to end. */
  readonly differs: boolean
  /** What the consoles showed, the newest of it; nothing of an image. */
  readonly rows: readonly ReplayedRow[]
  /** Of a file: its session's name, which engine wrote it, and the page's notebook, as it stands there. */
  readonly name?: string
  readonly build?: string
  readonly notebook?: string | null
  /** Of a server's file: what stands in it. Where it is damaged, the session is that of the keys before the damage. */
  readonly snapshot?: Snapshot
}

/** What a server's dump.rdb says of itself, and holds. */
export interface Snapshot {
  /** Of the format; 0 where there is none. */
  readonly version: number
  /** Which Redis wrote it, and when, in ms since 1970; null where the file does not say. */
  readonly server: string | null
  readonly made: number | null
  /** Keys that can be read, by kind, and in which databases. */
  readonly kinds: readonly (readonly [kind: Kind, keys: number])[]
  readonly databases: readonly DatabaseSize[]
  /** Keys with a time to live, and those of them that are over: a server leaves them out when it starts. */
  readonly withTtl: number
  readonly expired: number
  readonly unread: Unread
  readonly damage: Damage | null
}

/** Kinds of things in a file that we cannot read yet, each with how many there are: the rest is loaded. */
export type Unread = readonly (readonly [kind: string, count: number])[]

/** A key that has no form in an older version of the format, and why. */
export interface Formless {
  readonly db: number
  readonly key: Bytes
  readonly why: string
}

/** A file of the server's disk. */
export interface DiskFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What an older version has no form for and these bytes do without: at most ten, and how many more. */
  readonly without: readonly Formless[]
  readonly more: number
  readonly unread: Unread
}

/** A command of a replay with its answer, or a message that came by itself. */
export interface ReplayedRow {
  readonly seq: number
  /** The client's name. */
  readonly name: string
  /** Null: a message. */
  readonly argv: readonly Bytes[] | null
  /** The client as it was before. */
  readonly state: Pick<ClientState, 'db' | 'queued' | 'subscribed'>
  readonly reply?: Reply
  /** There was a reply, too long to be shown again. */
  readonly long?: true
  readonly cancelled?: true
}

export interface Opened {
  readonly session: SessionInfo
  /** The wanted session, where that is open in another tab, so that this is a copy of it. */
  readonly copyOf: SessionId | null
  /** Its owners are numbered, and this one may write it; null: not yet. */
  readonly owner: number | null
  /** What was damaged in the store, and so came from elsewhere. */
  readonly mended: Mended | null
  /** Commands that another version of the engine had done last, and this one has done again. */
  readonly replayed: number
  /** True where the wanted session is not in the store any more. */
  readonly missing: boolean
  /** What the page kept, as it gave it; null in a new session. */
  readonly notebook: string | null
  readonly clients: readonly ClientState[]
  /** The seq of the newest input: anything that the notebook knows beyond it was lost. */
  readonly head: number
  readonly databases: readonly DatabaseSize[]
  readonly time: EngineTime
  /** Where history begins, where the log was cut; undo goes back no further. */
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Where the store does not have the session yet, or nothing can be stored: the image that the page keeps, to bring the
   *  session back if the worker dies. */
  readonly base: Uint8Array | null
}

/** An image or the log was damaged and the other made up for it; or all that was whole is as old as `at` (ms since 1970). */
export type Mended = { readonly what: 'image' | 'log' } | { readonly what: 'older'; readonly at: number }

export interface SessionInfo {
  readonly id: SessionId
  /** Given by the person, or empty. */
  readonly name: string
  readonly createdAt: number
  readonly usedAt: number
  readonly keys: number
  readonly commands: number
  /** What it takes in the store, about. */
  readonly bytes?: number
  /** Where its clock was moved; absent where it runs with the machine's. */
  readonly clock?: ClockState
}

/** Engine ms for each ms of the machine: standing still, as it is, fast. */
export type ClockRate = 0 | 1 | 10

/** The clock runs from `engine`, since the machine's instant `machine` (both ms since 1970), so fast. */
export interface ClockState {
  readonly engine: number
  readonly machine: number
  readonly rate: ClockRate
}

export type ClockChange =
  | { readonly rate: ClockRate }
  | { readonly ahead: number }
  /** To the next expiry, end of a wait, or save; nowhere, where nothing is due. */
  | { readonly to: 'next' }

/** What `undo` took back or `redo` brought again. */
export interface Undone {
  /** The log's head after it; console rows sent beyond it are taken back. */
  readonly head: number
  readonly what:
    | { readonly kind: 'command'; readonly client: ClientId; readonly argv: readonly Bytes[] }
    | { readonly kind: 'commands'; readonly count: number }
    | { readonly kind: 'closed'; readonly name: string }
    | { readonly kind: 'reset' }
    /** What befell the server: it crashed, was restarted, its disk was filled or emptied. */
    | { readonly kind: 'server' }
}

// ---------------------------------------------------------------- the worker tells

export type Event =
  | { readonly on: 'answer'; readonly id: number; readonly value: Answers[keyof Answers] }
  /** The request could not be done; `message` is for people. Nothing was changed. */
  | { readonly on: 'refusal'; readonly id: number; readonly message: string }
  /** The reply to the command `seq`. `why` tells the page what a bare reply does not; `took` is how long the engine had it,
   *  in ms of the real clock; of one that waited it is not told. */
  | {
      readonly on: 'reply'
      readonly seq: number
      readonly client: ClientId
      readonly reply: Reply
      readonly why?: Why
      readonly cost?: Cost
      readonly took?: number
    }
  /** The command `seq` ended without a reply: the person cancelled it, or its connection closed. */
  | { readonly on: 'cancelled'; readonly seq: number; readonly client: ClientId }
  | { readonly on: 'push'; readonly client: ClientId; readonly message: Reply }
  | { readonly on: 'client'; readonly state: ClientState }
  /** The client is not connected any more, by the input `seq`; `down`: the server has ended, and all connections with it. */
  | { readonly on: 'gone'; readonly client: ClientId; readonly seq: number; readonly down?: true }
  | { readonly on: 'unit'; readonly unit: UnitReport }
  /** The whole state was replaced (undo, redo, reset, resume): ask again for all that is shown. */
  | {
      readonly on: 'replaced'
      readonly head: number
      /** A worker died and another took over: what lies beyond `head` was lost, not taken back. */
      readonly resumed?: true
      readonly databases: readonly DatabaseSize[]
      readonly clients: readonly ClientState[]
      readonly time: EngineTime
      readonly canUndo: boolean
      readonly canRedo: boolean
    }
  /** The server's own disk: a save began or ended (`saved`: well), or it is full or no longer so. */
  | { readonly on: 'disk'; readonly saved?: true }
  /** All data was replaced by what the disk has; with a report, by a server that started again. `replaced` follows. */
  | { readonly on: 'reloaded'; readonly report: Restarted | null }
  /** The engine is whole, and this is what it can do. Comes once, soon after the session has opened. */
  | { readonly on: 'catalog'; readonly catalog: readonly CommandDoc[] }
  | { readonly on: 'saving'; readonly state: SaveState }
  /** Inputs that went into the log by themselves (a tick that expired a key): kept by the page for `resume`. */
  | { readonly on: 'logged'; readonly inputs: readonly LoggedInput[] }
  /** A session is being played again, which takes a while: so many inputs of so many. */
  | { readonly on: 'replaying'; readonly done: number; readonly of: number }
  /** The engine stopped by a fault of ours; the worker must be replaced. */
  | { readonly on: 'fault'; readonly message: string }

/** One turn of the worker: all its events in order, so that the page draws once. */
export interface Turn {
  readonly events: readonly Event[]
}

/** Asks of one moment, in order; one message. */
export interface Batch {
  readonly asks: readonly Ask[]
}

/** Inputs, as the log keeps them. `at` is the engine's time in ms since 1970. */
export type Input =
  | {
      readonly do: 'connect'
      readonly at: number
      readonly client: ClientId
      readonly name: string
      readonly db: number
    }
  | { readonly do: 'disconnect'; readonly at: number; readonly client: ClientId; readonly act?: true }
  | {
      readonly do: 'send'
      readonly at: number
      readonly client: ClientId
      readonly argv: readonly Bytes[]
      /** It belongs with the act before it: both are taken back together. */
      readonly joins?: true
    }
  | { readonly do: 'cancel'; readonly at: number; readonly client: ClientId }
  | { readonly do: 'tick'; readonly at: number }
  | { readonly do: 'reset'; readonly at: number }
  /** The server ends with no warning (kill -9), or is asked to end (SIGTERM); it starts again at once, from its disk. */
  | { readonly do: 'crash'; readonly at: number }
  | { readonly do: 'restart'; readonly at: number }
  /** Its disk is full from now on, or no longer. */
  | { readonly do: 'disk'; readonly at: number; readonly full: boolean }
  /** A file that a person lays on its disk, in the place of whatever has that name. */
  | { readonly do: 'put'; readonly at: number; readonly path: Bytes; readonly bytes: Bytes }

/** A server that started again: what it had in memory before, and what came back. */
export interface Restarted {
  readonly how: 'shutdown' | 'crash' | 'restart'
  readonly before: readonly DatabaseSize[]
  readonly after: readonly DatabaseSize[]
  /** How many keys were lost, are an older one again, and are back though they had been removed since. */
  readonly lost: number
  readonly older: number
  readonly back: number
  /** They: at most 256, in that order. */
  readonly keys: readonly KeyFate[]
  /** The file from which it started: its path, bytes, and when it was written. Null: there was none. */
  readonly file: FileInfo | null
  /** Keys of the file whose time had come, so that they were left out. */
  readonly expired: number
  readonly unread: Unread
  /** What is wrong with the file. Then there are no keys; the real server does not even start. */
  readonly damage: Damage | null
  /** The configuration file that it was started with, or that was refused. Null: there was none. */
  readonly config: { readonly path: string; readonly fault: ConfigFault | null } | null
}

/** Why a server does not start with its configuration file: at which lines (from 1), and what it prints. */
export interface ConfigFault {
  readonly lines: readonly number[]
  readonly words: readonly Bytes[]
}

/** What a line of a configuration file is to this server. */
export type ConfigLine =
  /** Blank, or a comment. */
  | { readonly is: 'none' }
  /** A parameter, by the name that it has now, with its value once the line was read. `effective`: it changes something
   *  here; `live`: CONFIG SET takes it too. */
  | {
      readonly is: 'set'
      readonly name: string
      readonly value: Bytes
      readonly effective: boolean
      readonly live: boolean
    }
  /** A directive that a server takes, and that does nothing here. */
  | { readonly is: 'unused'; readonly name: string }
  /** Refused, in the server's words. */
  | { readonly is: 'bad'; readonly why: Bytes }

export interface KeyFate {
  readonly fate: 'lost' | 'older' | 'back'
  readonly db: number
  readonly key: Bytes
  readonly was: KeySummary | null
  readonly now: KeySummary | null
}

export interface DiskState {
  readonly files: readonly FileInfo[]
  readonly full: boolean
  readonly lines?: readonly ConfigLine[]
}

export interface DiskPut {
  /** As the server names it: under `dir`. */
  readonly path: Bytes
  readonly bytes: Bytes
}

export interface FileInfo {
  readonly path: string
  readonly size: number
  readonly at: number
}

export interface LoggedInput {
  readonly seq: number
  readonly input: Input
}

export type SaveState =
  | { readonly state: 'saving' }
  /** All up to this seq is in the store, and was read back. */
  | { readonly state: 'saved'; readonly at: number; readonly upTo: number }
  | { readonly state: 'failed'; readonly trouble: Trouble; readonly reason: string }
  /** Nothing can be kept here (no IndexedDB, a sandbox): the session lives as long as the page. */
  | { readonly state: 'memory'; readonly trouble: Trouble; readonly reason: string }
  /** Another tab has taken the session over: nothing that is done here is kept. */
  | { readonly state: 'taken' }

/**
 * Why something is not kept: the storage is full; the browser has closed it; another page holds it up; it does not answer;
 * there is none here; a newer version of this page has it; another tab has taken the session; what is there is damaged, or was not
 * there when it was read back; the engine does not start any more.
 */
export type Trouble =
  | 'quota'
  | 'connection'
  | 'blocked'
  | 'silent'
  | 'private'
  | 'newer'
  | 'taken'
  | 'damaged'
  | 'unverified'
  | 'engine'
  | 'other'

/** More than the reply says: facts for one explaining sentence, in the person's language, by the page. */
export type Why =
  /** EXEC answered nil: `key` was touched after WATCH by `by` (null: it expired), with the command `command`. */
  | {
      readonly kind: 'raced'
      readonly db: number
      readonly key: Bytes
      readonly by: ClientId | null
      readonly command: string
    }
  | { readonly kind: 'wrong-type'; readonly key: Bytes; readonly held: Kind; readonly wanted: Kind }
  /** EXECABORT: the command that was refused while queueing. */
  | { readonly kind: 'aborted'; readonly refused: readonly Bytes[]; readonly text: Bytes }

/** What a command did for its answer: the numbers that the letters of its O() stand for, as far as they are known, and how
 *  many elements the machine met, each time it met one. Keys count as the elements of a database that is walked through. */
export interface Cost {
  readonly letters: Letters
  readonly touched: number
}

export type Letter = 'S' | 'N' | 'M' | 'K' | 'L'
export type Letters = { readonly [letter in Letter]?: number }

export interface ClientState {
  readonly client: ClientId
  readonly name: string
  readonly db: number
  readonly protocol: 2 | 3
  /** Null outside MULTI, else how many commands are queued. */
  readonly queued: number | null
  /** A command was refused while queueing: EXEC will abort. */
  readonly refused: boolean
  readonly watching: readonly { readonly db: number; readonly key: Bytes }[]
  /** A watched key was touched: EXEC will answer nil. */
  readonly raced: boolean
  /** That key; by then the server has forgotten all that was watched. */
  readonly racedOn?: { readonly db: number; readonly key: Bytes }
  /** What it listens to, in the order in which it asked. */
  readonly subscribed: {
    readonly channels: readonly Bytes[]
    readonly patterns: readonly Bytes[]
    readonly shards: readonly Bytes[]
  }
  /** MONITOR: it sees what everybody runs. */
  readonly monitoring: boolean
  readonly blocked: {
    readonly seq: number
    readonly command: string
    /** What it waits for: its keys; replicas, of which there are none; the end of CLIENT PAUSE, before it has run at all. */
    readonly cause: 'keys' | 'replicas' | 'pause'
    readonly keys: readonly Bytes[]
    readonly since: number
    /** Engine time at which it gives up, or null: never. */
    readonly until: number | null
  } | null
}

/** What became of one key in one unit of work. */
export interface Change {
  readonly db: number
  readonly key: Bytes
  /** The keyspace event's name, as Redis has it: set, hset, del, expired, rename_to … */
  readonly event: string
  /** What the key holds now; null where it is gone. */
  readonly now: KeySummary | null
  /** What it held before the unit; null where it was not there. */
  readonly was: KeySummary | null
  readonly spots: readonly Spot[]
}

export interface KeySummary {
  readonly kind: Kind
  readonly encoding: string
  /** Bytes of a string, elements, fields or members of the others. */
  readonly size: number
  /** Ms since 1970, or null. */
  readonly expireAt: number | null
  /** A string's first 64 bytes. */
  readonly peek?: Bytes
}

/** A place inside a value that changed. `before` null: it is new; `after` null: it went. At most 256 bytes of each. */
export type Spot =
  | { readonly at: 'whole' }
  | { readonly at: 'field'; readonly field: Bytes; readonly before: Bytes | null; readonly after: Bytes | null }
  | { readonly at: 'member'; readonly member: Bytes; readonly before: number | null; readonly after: number | null }
  | { readonly at: 'index'; readonly index: number; readonly before: Bytes | null; readonly after: Bytes | null }

export interface UnitReport {
  /** The log's place of the input that caused it. */
  readonly seq: number
  /** Null: time did it (a key expired, a wait ended). */
  readonly client: ClientId | null
  /** Lower case, 'exec' for a transaction; null where time did it. */
  readonly command: string | null
  readonly at: number
  /** At most 256; `more` counts the rest. */
  readonly changes: readonly Change[]
  readonly more: number
  readonly databases: readonly DatabaseSize[]
}

export interface DatabaseSize {
  readonly db: number
  readonly keys: number
}

export interface EngineTime {
  /** The engine's clock in ms since 1970, and what performance.timeOrigin + performance.now() said at that instant. */
  readonly now: number
  readonly measuredAt: number
  readonly rate: ClockRate
}

// ---------------------------------------------------------------- the inspector's pages

export interface BrowseQuery {
  readonly db: number
  /** A glob, as KEYS takes it. */
  readonly filter: Bytes
  /** Only keys that hold this. */
  readonly type?: Kind | null
  /** What parts a name into folders; ':' unless told, none where it is empty. */
  readonly delimiter?: Bytes
  /** By name in folders, unless told: what changed last first, or what expires next first, then without folders. */
  readonly sort?: Sort
  /** Folders that are open, each with its trailing delimiter. */
  readonly open: readonly Bytes[]
  /** A key whose folders are to be open, too. */
  readonly reveal?: Bytes | null
  readonly from: number
  readonly count: number
}

export type Sort = 'name' | 'changed' | 'ttl'

export interface BrowsePage {
  /** Rows in all, of which these are from..from+rows.length. */
  readonly total: number
  readonly from: number
  readonly rows: readonly KeyRow[]
  /** Keys that match, folders not counted. */
  readonly keys: number
  /** Present while keys are still being put in order; who asks again lets that go on. */
  readonly busy?: true
  /** Where the key to be revealed stands, and the folders that were opened for it. */
  readonly revealed?: { readonly at: number; readonly opened: readonly Bytes[] }
}

/** What the last command did to a row; kept until the next command. */
export type RowMark = 'added' | 'changed' | 'removed' | 'expired'

export type KeyRow =
  | {
      readonly row: 'folder'
      readonly depth: number
      readonly prefix: Bytes
      readonly label: Bytes
      readonly keys: number
      readonly open: boolean
      /** Its place among those beside it, from 1, and how many they are. */
      readonly nth: number
      readonly of: number
      readonly mark?: RowMark
    }
  | {
      readonly row: 'key'
      readonly depth: number
      readonly key: Bytes
      /** What remains of the name inside its folders. */
      readonly label: Bytes
      readonly nth: number
      readonly of: number
      /** Null only for a key that the last command removed, still shown. Of one whose time has come but that nobody has
       *  met, what still lies in memory. */
      readonly summary: KeySummary | null
      /** When its time to live was set, for a bar that drains; null without one. */
      readonly ttlFrom: number | null
      readonly mark?: RowMark
    }

/** A page of one key's value; items from..from+items.length of total. */
export type ValuePage = {
  readonly db: number
  readonly key: Bytes
  readonly summary: KeySummary
  /** MEMORY USAGE, or null where it is not reckoned. */
  readonly memory: number | null
  /** When a command last used it, in ms since 1970. */
  readonly usedAt: number
  /** Its time has come, but it still lies in memory: nobody has met it, and no sweep. */
  readonly ghost: boolean
  /** What its compact encoding holds at most, where numbers decide: elements, bytes of one, integers of a set of them. */
  readonly limit: { readonly entries: number; readonly bytes: number; readonly integers?: number } | null
  readonly ttlFrom: number | null
  readonly total: number
  readonly from: number
  /** What the last command changed in it. */
  readonly spots: readonly Spot[]
  readonly before: KeySummary | null
} & ValueItems

export type ValueItems =
  /** A slice of the bytes. */
  | { readonly kind: 'string'; readonly bytes: Bytes }
  | { readonly kind: 'list'; readonly items: readonly Bytes[] }
  | { readonly kind: 'set'; readonly items: readonly Bytes[] }
  | { readonly kind: 'zset'; readonly items: readonly { readonly member: Bytes; readonly score: number }[] }
  | {
      readonly kind: 'hash'
      readonly items: readonly { readonly field: Bytes; readonly value: Bytes; readonly expireAt: number | null }[]
    }
  | { readonly kind: 'stream'; readonly items: readonly Bytes[] }

// ---------------------------------------------------------------- the catalog

/** One command, as the page needs it: completion, help, checks while typing. */
export interface CommandDoc {
  /** Upper case; a subcommand has its container before it: 'CONFIG GET'. */
  readonly name: string
  readonly summary: Text
  readonly since: string
  readonly group: string
  readonly complexity: string
  /** As COMMAND has it: minimal when negative, counting the name. */
  readonly arity: number
  readonly flags: readonly string[]
  /** As redis-cli's help prints the arguments. */
  readonly usage: string
  /** First key, last key, step, as COMMAND has them. */
  readonly keys: readonly [number, number, number]
}
