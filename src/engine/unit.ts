// One unit of work: a command of a client, a transaction, a moment of time. Admit, queue or call, settle.
// A blocked command is a command that will run again. We never serve a waiter in the middle of someone else's write: we
// note the key and serve when the unit ends, those who came first first, until nobody can be served any more.
import { latin, type Bytes } from '../wire/bytes.ts'
import { isError, isTagged, NIL_ARRAY, QUEUED, type Reply } from '../wire/reply.ts'
import { asResp2, type ReplyWriter } from '../wire/resp.ts'
import { isContainer, lookup, plainly } from './catalog.ts'
import { listens } from './channels.ts'
import type { Client } from './client.ts'
import { Block, Written, type Command, type Context } from './command.ts'
import type { Database } from './database.ts'
import { RedisError, errors } from './errors.ts'
import { makeRoom } from './eviction.ts'
import { noteSlow, show } from './monitoring.ts'
import { isHeldBack } from './pause.ts'
import type { Random } from './random.ts'
import { reckoned } from './reckoning.ts'
import type { Output } from './engine.ts'
import type { Server } from './server.ts'
import { keeper } from './snapshots.ts'
import { kindOf } from './values/index.ts'
import type { Int } from './values/numbers.ts'

/** Keys that active expiry removes in one go; the rest waits for the next tick. */
const REAP_SLICE = 500

/** A client's command arrives: it runs, is queued, or waits behind the one that blocks. */
export function receive(server: Server, client: Client, argv: readonly Bytes[]): void {
  if (client.wait) client.backlog.push(argv)
  else command(server, client, argv)
}

/** `again`: CLIENT PAUSE held it back before. */
function command(server: Server, client: Client, argv: readonly Bytes[], again = false): void {
  let reply: Reply | Written
  try {
    reply = admit(server, client, argv, again)
  } catch (error) {
    reply = refusal(server, error)
  }
  server.running = null
  if (server.goingDown) {
    report(server, client, argv)
    goDown(server)
    return
  }
  if (client.wait === null) send(server, client, reply)
  // MONITOR shows a client its own command that waits, and that is no part of an answer.
  else for (const line of server.takeFollowing()) server.pushNow(client, line)
  // Whoever is answered from here on is somebody else.
  server.out = null
  server.hush()
  if (client.quiet !== 'no' && client.wait === null) silenceMovesOn(client)
  if (server.memory > server.stats.peak) server.stats.peak = server.memory
  if (server.observing) report(server, client, argv)
  if (client.closing) close(server, client)
  if (server.hasWork) settle(server)
  if (server.config.limited) shrink(server)
}

/** A new maxmemory was set: room is made at once, as a unit of its own. */
function shrink(server: Server): void {
  server.config.limited = false
  makeRoom(server)
  report(server, null, null)
}

/** The answer to a user's mistake. Our own mistakes go through. */
function refusal(server: Server, error: unknown): Reply {
  if (!(error instanceof RedisError)) throw error
  server.countError(error.bytes.split(' ', 1)[0]!)
  server.why = error.why
  return error.reply()
}

/** Runs a command, or queues it. Where the client then waits, what it returns means nothing. */
function admit(server: Server, client: Client, argv: readonly Bytes[], again: boolean): Reply | Written {
  client.lastAt = server.now
  const found = admissible(server, client, argv)
  if (server.pause !== null && isHeldBack(server.pause, client, found)) return postpone(server, client, argv)
  if (client.multi && !found.immediate) {
    // What will never run is not kept.
    if (!client.multi.refused && !client.raced) client.multi.queue.push(argv)
    server.tell(client)
    return QUEUED
  }
  return execute(server, client, found, argv, again)
}

/** The command that the words name, if it may come now. A refusal while queueing makes EXEC abort. */
function admissible(server: Server, client: Client, argv: readonly Bytes[]): Command {
  const found = plainly(argv)
  if (found === undefined || !hasItsArity(found, argv.length) || !isFree(server, client))
    return examined(server, client, argv)
  client.lastCommand = found.shown
  return found
}

const hasItsArity = ({ arity }: Command, count: number) => (arity >= 0 ? count === arity : count >= -arity)

/** Nothing can keep a client from running any command: the everyday case, told at once. */
function isFree(server: Server, client: Client): boolean {
  const { config } = server
  return (
    client.multi === null &&
    (client.authenticated || config.password === '') &&
    server.memory <= config.maxMemory &&
    server.snapshots.lastWentWell &&
    !client.monitoring &&
    (client.protocol === 3 || !listens(client))
  )
}

/** The same, where something may be wrong: with the words, the client, or the server. */
function examined(server: Server, client: Client, argv: readonly Bytes[]): Command {
  let found: Command | undefined
  try {
    found = lookup(argv)
    client.lastCommand = found.shown
    if (!hasItsArity(found, argv.length)) {
      const refusal = errors.arity(found.shown)
      server.callsOf(found).rejected++
      throw found.name === 'EXEC' ? abort(server, client, refusal) : refusal
    }
    if (client.multi && found.flags.has('no_multi') && !found.immediate) throw errors.notInTransaction()
    if (!client.authenticated && server.config.password !== '' && !found.flags.has('no_auth')) {
      server.callsOf(found).rejected++
      throw found.name === 'EXEC' ? abort(server, client, errors.notAuthenticated()) : errors.notAuthenticated()
    }
    if (server.memory > server.config.maxMemory && !makeRoom(server) && wantsRoom(client, found)) {
      server.callsOf(found).rejected++
      throw found.name === 'EXEC' ? abort(server, client, errors.outOfMemory()) : errors.outOfMemory()
    }
    const denied = server.snapshots.lastWentWell ? null : keeper()!.denied(server, client, found)
    if (denied) {
      server.callsOf(found).rejected++
      throw found.name === 'EXEC' ? abort(server, client, denied) : denied
    }
    if (client.protocol === 2 && listens(client) && !whileListening.has(found.name)) {
      server.callsOf(found).rejected++
      const refusal = errors.subscribed(found.shown)
      throw found.name === 'EXEC' ? abort(server, client, refusal) : refusal
    }
    if (client.monitoring && (found.writes || found.reads)) {
      server.callsOf(found).rejected++
      throw errors.monitorsKeys()
    }
    return found
  } catch (error) {
    if (!found) client.lastCommand = argv.length === 1 && isContainer(argv[0]!) ? argv[0]!.toLowerCase() : ''
    if (client.multi && error instanceof RedisError) client.multi.refused ??= { argv, text: error.bytes }
    throw error
  }
}

/** What a client of RESP2 may say while it is subscribed. */
const whileListening: ReadonlySet<string> = new Set([
  'SUBSCRIBE',
  'UNSUBSCRIBE',
  'PSUBSCRIBE',
  'PUNSUBSCRIBE',
  'SSUBSCRIBE',
  'SUNSUBSCRIBE',
  'PING',
  'QUIT',
  'RESET',
])

/** Whether a command may need memory; EXEC, where one that was queued may. */
function wantsRoom(client: Client, found: Command): boolean {
  if (found.name === 'EXEC' && client.multi) return client.multi.queue.some((argv) => lookup(argv).flags.has('denyoom'))
  return found.flags.has('denyoom')
}

/** An EXEC that is itself refused takes its transaction with it. */
function abort(server: Server, client: Client, refusal: RedisError): RedisError {
  client.multi = null
  server.unwatch(client)
  server.tell(client)
  return errors.execRefused(refusal.bytes)
}

/** Runs one command, outside a transaction, for a client that may block. */
function execute(
  server: Server,
  client: Client,
  found: Command,
  argv: readonly Bytes[],
  again: boolean,
): Reply | Written {
  server.speaker = client
  server.actor = client
  server.running = found
  const reply = run(server, client, found, argv, true, again)
  if (reply instanceof Block) {
    client.wait = {
      argv,
      db: client.db,
      keys: reply.keys,
      kind: reply.kind,
      since: server.now,
      // The server forgets how long a command for keys was to wait, once a pause has held it back.
      until: again && reply.kind !== 'replicas' ? null : reply.until,
      otherwise: reply.otherwise,
      order: server.waits++,
    }
    server.enqueue(client)
    server.tell(client)
    return null
  }
  return reply
}

/** A command waits for the end of CLIENT PAUSE, before anything has been done for it. */
function postpone(server: Server, client: Client, argv: readonly Bytes[]): Reply {
  const order = server.waits++
  const since = server.now
  client.wait = { argv, db: client.db, keys: [], kind: 'unpause', since, until: null, otherwise: null, order }
  server.enqueue(client)
  server.tell(client)
  return null
}

/** What a handler works with; only while it runs, for then it serves for the next command. */
class Call implements Context {
  readonly server: Server
  client: Client
  argv: readonly Bytes[]
  db: Database
  mayBlock = false
  /** It has told itself how it propagates. */
  said = false

  constructor(server: Server, client: Client, argv: readonly Bytes[]) {
    this.server = server
    this.client = client
    this.argv = argv
    this.db = server.databases[client.db]!
  }

  get now(): number {
    return this.server.now
  }

  get random(): Random {
    return this.server.random
  }

  get out(): ReplyWriter | null {
    const { out, outputs, inExec, observing } = this.server
    return out === null || outputs.length > 0 || inExec || observing || this.client.quiet !== 'no' ? null : out
  }

  block(on: ConstructorParameters<typeof Block>[0]): Reply | Block {
    return this.mayBlock ? new Block(on) : on.otherwise
  }

  propagate(...commands: readonly (readonly (Bytes | string | Int)[])[]): void {
    this.said = true
    if (!this.server.observing) return
    for (const words of commands)
      this.server.effect(
        this.db.index,
        words.map((word) => latin(String(word))),
      )
  }
}

/** Calls a command's handler. With `mayBlock` it may answer "not yet"; `again`: it did so before. */
export function run(
  server: Server,
  client: Client,
  found: Command,
  argv: readonly Bytes[],
  mayBlock: boolean,
  again = false,
): Reply | Block | Written {
  server.guard?.before(argv, server.outputs.length)
  server.turn++
  server.discreet = client.noTouch && found.name !== 'TOUCH'
  const { dirty } = server
  const call = callFor(server, client, argv, mayBlock)
  const reply = server.peeking
    ? found.call(call)
    : server.observing
      ? observed(server, found, call, again)
      : counted(server, found, call, again)
  if (server.guard !== null && !(reply instanceof Block)) server.guard.after(reply as Reply)
  if (server.observing && found.writes && !call.said && server.dirty !== dirty) server.effect(call.db.index, argv)
  server.spare = call
  return reply
}

/** A context for a command: the one that was used last, if nobody uses it now, as EXEC's own is while it runs others. */
function callFor(server: Server, client: Client, argv: readonly Bytes[], mayBlock: boolean): Call {
  const spare = server.spare instanceof Call ? server.spare : null
  server.spare = null
  const call = spare ?? new Call(server, client, argv)
  call.client = client
  call.argv = argv
  call.db = server.databases[client.db]!
  call.said = false
  call.mayBlock = mayBlock
  return call
}

/** The same for somebody who watches: what it cost goes with its reply. */
function observed(server: Server, found: Command, call: Context, again: boolean): Reply | Block {
  const { result, cost } = reckoned(found, call, () => counted(server, found, call, again) as Reply | Block)
  if (cost && !(result instanceof Block)) server.cost = cost
  return result
}

/** Counts a call when it has ended, and what it looks up where it only reads. */
function counted(server: Server, found: Command, context: Context, again: boolean): Reply | Block | Written {
  const outer = server.counting
  server.counting = found.reads
  let reply: Reply | Block | Written
  try {
    reply = found.call(context)
  } catch (error) {
    ended(server, found, context, again)
    server.callsOf(found).failed++
    server.counting = outer
    throw error
  }
  if (!(reply instanceof Block)) ended(server, found, context, again)
  else if (server.monitors.size > 0 && !again) show(server, context.client, found, context.argv)
  server.counting = outer
  return reply
}

/** A command has its answer: it counts, and is shown to those who want to know. */
function ended(server: Server, found: Command, { client, argv }: Context, again: boolean): void {
  server.callsOf(found).count++
  server.stats.commands++
  if (server.monitors.size > 0 && !again) show(server, client, found, argv)
  if (server.slept !== 0 || server.config.slowerThan === 0) noteSlow(server, client, found, argv)
}

/** EXEC: everything that was queued, as one unit. Errors inside leave the rest applied. */
export function transaction(server: Server, client: Client): Reply {
  const { multi, raced, watching } = client
  if (!multi) throw errors.execWithoutMulti()
  const lapsed = watching.find((watch) => !watch.expired && server.databases[watch.db]!.isExpired(watch.key))
  client.multi = null
  server.unwatch(client)
  server.tell(client)
  if (multi.refused) throw errors.execAbort({ kind: 'aborted', refused: multi.refused.argv, text: multi.refused.text })
  if (raced || lapsed) {
    const why = raced ?? { db: lapsed!.db, key: lapsed!.key, by: null, command: '' }
    server.why = { kind: 'raced', ...why }
    return NIL_ARRAY
  }
  server.inExec = true
  client.executing = multi.queue.length
  try {
    return inOneArray(server, multi.queue, (argv) => inTransaction(server, client, argv))
  } finally {
    server.inExec = false
    client.executing = -1
  }
}

/**
 * EXEC's array says how many commands were queued, yet some answer more than once (SUBSCRIBE with two channels). The server
 * writes one answer after the other all the same, so that what is too many stands behind the array.
 */
function inOneArray(
  server: Server,
  queue: readonly (readonly Bytes[])[],
  run: (argv: readonly Bytes[]) => Reply,
): Reply {
  const answers: Reply[] = []
  for (const argv of queue) {
    answers.push(run(argv))
    for (const other of server.takeFollowing()) answers.push(other)
  }
  for (const other of answers.splice(queue.length)) server.follow(other)
  return answers
}

function inTransaction(server: Server, client: Client, argv: readonly Bytes[]): Reply {
  try {
    const found = lookup(argv)
    server.running = found
    return run(server, client, found, argv, false) as Reply
  } catch (error) {
    const reply = refusal(server, error)
    // Why one command inside failed is not why EXEC did.
    server.why = undefined
    return reply
  }
}

// ------------------------------------------------------------------ after the work

function send(server: Server, client: Client, reply: Reply | Written): void {
  const { out, outputs, why, cost } = server
  if (why) server.why = undefined
  if (cost) server.cost = undefined
  if (client.quiet !== 'no') {
    sendNothing(server, client, reply as Reply)
    return
  }
  if (reply instanceof Written) {
    // It is on its way.
  } else if (out !== null && client === server.actor && outputs.length === 0 && !why && !cost)
    out.write(reply, client.protocol)
  else {
    const told = client.protocol === 2 ? asResp2(reply) : reply
    const plain: Output = { on: 'reply', client: client.id, reply: told }
    const output = cost && !isError(told) ? { ...plain, cost } : plain
    outputs.push(why ? { ...output, why } : output)
  }
  if (server.follows) for (const message of server.takeFollowing()) server.pushNow(client, message)
}

/** The client wants no replies, but what is brought to it besides. */
function sendNothing(server: Server, client: Client, reply: Reply): void {
  const following = server.takeFollowing()
  server.outputs.push({ on: 'cancelled', client: client.id })
  for (const message of [reply, ...following])
    if (isTagged(message) && message.kind === 'push') server.pushNow(client, message)
}

/** Tells those who observe what the unit did. */
function report(server: Server, client: Client | null, argv: readonly Bytes[] | null): void {
  if (!server.observing) return
  const { effects } = server
  server.effects = []
  const { changes, more } = server.journal.take()
  if (client === null && changes.length === 0 && effects.length === 0) return
  server.outputs.push({
    on: 'unit',
    client: client?.id ?? null,
    command: argv ? client!.lastCommand || String(argv[0] ?? '').toLowerCase() : null,
    effects,
    changes,
    more,
  })
}

/** Serves those who wait for what was written, then lets the freed go on with what they had sent meanwhile. */
function settle(server: Server): void {
  const freed = server.freed
  if (freed.length > 0) server.freed = []
  for (let ready = server.takeReady(); ready.length > 0; ready = server.takeReady())
    for (const { db, key } of ready) serveKey(server, db, key, freed)
  for (const client of freed) drain(server, client)
  if (server.postponed > 0 && server.pause === null) resume(server)
}

/** A pause is over: what it held back runs, in the order in which it came. */
function resume(server: Server): void {
  if (server.resuming) return
  server.resuming = true
  const held = server.blocked.filter(({ wait }) => wait!.kind === 'unpause')
  for (const client of held.sort((a, b) => a.wait!.order - b.wait!.order)) {
    // One of those before it may have closed it.
    if (!client.wait) continue
    const { argv } = client.wait
    server.dequeue(client)
    server.tell(client)
    command(server, client, argv, true)
    drain(server, client)
  }
  server.resuming = false
}

/** Offers a key to everyone in its line, in the order they came. */
function serveKey(server: Server, db: number, key: Bytes, freed: Client[]): void {
  for (const client of server.waitersOf(db, key)) {
    const value = server.databases[db]!.find(key)
    if (value === undefined || !client.wait || client.wait.kind !== kindOf(value)) continue
    if (serve(server, client)) freed.push(client)
  }
}

/** Runs a blocked client's command again. Returns whether it was answered; else it keeps its place. */
function serve(server: Server, client: Client): boolean {
  const wait = client.wait!
  const found = lookup(wait.argv)
  if (server.pause !== null && isHeldBack(server.pause, client, found)) {
    server.dequeue(client)
    postpone(server, client, wait.argv)
    return false
  }
  server.actor = client
  server.running = found
  server.speaker = client
  let reply: Reply | Block | Written
  try {
    reply = run(server, client, found, wait.argv, true, true)
  } catch (error) {
    reply = refusal(server, error)
  }
  server.running = null
  const blocked = reply instanceof Block
  if (!blocked) release(server, client, reply as Reply)
  server.hush()
  if (blocked) return false
  report(server, client, wait.argv)
  return true
}

function release(server: Server, client: Client, reply: Reply): void {
  server.dequeue(client)
  server.tell(client)
  send(server, client, reply)
  silenceMovesOn(client)
}

/** CLIENT REPLY SKIP silences the next command, until that has its answer. */
function silenceMovesOn(client: Client): void {
  if (client.quiet === 'next') client.quiet = 'now'
  else if (client.quiet === 'now') client.quiet = 'no'
}

/** A wait ends without what it waited for. */
function giveUp(server: Server, client: Client, reply: Reply): void {
  const { argv } = client.wait!
  const found = lookup(argv)
  server.callsOf(found).count++
  server.stats.commands++
  if (server.config.slowerThan === 0) noteSlow(server, client, found, argv)
  release(server, client, reply)
}

/** Ends another client's wait with a reply (CLIENT UNBLOCK). */
export function unblock(server: Server, client: Client, reply: Reply): void {
  giveUp(server, client, reply)
  server.freed.push(client)
}

/** Runs what a client had sent while it was blocked, until it blocks again. */
function drain(server: Server, client: Client): void {
  while (client.backlog.length > 0 && !client.wait && server.clients.has(client.id))
    command(server, client, client.backlog.shift()!)
}

// ------------------------------------------------------------------ time

/** Everything that is due at the server's `now`: keys that expire, waits that end, saves. */
export function pass(server: Server): void {
  if (server.pause !== null && server.pause.until <= server.now) {
    server.pause = null
    server.outputs.push({ on: 'pause' })
  }
  if (server.activeExpire && server.timed.length > 0 && server.pause === null) reap(server)
  keeper()?.pass(server)
  if (!server.anyBlocked) return
  const late = server.blocked
    .filter(({ wait }) => wait!.until !== null && wait!.until <= server.now)
    .sort((a, b) => a.wait!.until! - b.wait!.until! || a.wait!.order - b.wait!.order)
  for (const client of late) giveUp(server, client, client.wait!.otherwise)
  for (const client of late) drain(server, client)
  if (server.postponed > 0 && server.pause === null) resume(server)
}

/** Active expiry: removes keys whose time has come, some at a time. */
function reap(server: Server): void {
  let reaped = 0
  for (const db of server.timed) reaped += db.reapDue(REAP_SLICE)
  if (reaped === 0) return
  report(server, null, null)
  settle(server)
}

/** When `pass` should run next, in ms since 1970; null: never by itself. */
export function nextWake(server: Server): number | null {
  let next = Infinity
  if (server.pause !== null) next = server.pause.until
  else if (server.activeExpire) for (const db of server.timed) next = Math.min(next, db.nextDue() ?? Infinity)
  for (const { wait } of server.blocked) next = Math.min(next, wait!.until ?? Infinity)
  next = Math.min(next, keeper()?.due(server) ?? Infinity)
  return next === Infinity ? null : next
}

/** A person frees a blocked client, as Ctrl+C does: its command ends without a reply. */
export function cancel(server: Server, client: Client): void {
  if (!client.wait) return
  server.dequeue(client)
  server.tell(client)
  server.outputs.push({ on: 'cancelled', client: client.id })
  drain(server, client)
}

/** A client goes: its waits, watches and open transaction with it. */
export function disconnect(server: Server, client: Client): void {
  if (client.wait) server.dequeue(client)
  server.unwatch(client)
  server.channels.leave(client)
  server.monitors.delete(client)
  server.clients.delete(client.id)
}

/** The server closes a client: what it had sent ends without a reply. */
export function close(server: Server, client: Client, down?: true): void {
  const unanswered = client.backlog.length + (client.wait ? 1 : 0)
  for (let i = 0; i < unanswered; i++) server.outputs.push({ on: 'cancelled', client: client.id })
  disconnect(server, client)
  server.outputs = server.outputs.filter((one) => one.on !== 'client' || one.client !== client.id)
  server.outputs.push(down ? { on: 'gone', client: client.id, down } : { on: 'gone', client: client.id })
}

/** The server ends, and every connection with it: whoever it was that ended it has no answer. */
export function goDown(server: Server): void {
  server.speaker = null
  for (const one of server.clients.values()) close(server, one, true)
}
