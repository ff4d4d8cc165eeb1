// The twelve operations on our engine and on the real server.
import { compare, type Compared, type Effort } from './measure.ts'
import { messagesOf, operations, timed, words, type Operation } from './operations.ts'
import { OurSide, type RealSide } from './sides.ts'
import { comparison } from './table.ts'

/** Both sides must give the same bytes before it matters how fast they are. */
async function checkAlike(ours: OurSide, real: RealSide, operation: Operation): Promise<void> {
  const { bytes, size } = timed(operation, 99, 20)
  for (const message of bytes) {
    const mine = Buffer.from(ours.answer(message))
    const theirs = Buffer.from(await real.answer(message, size))
    if (!mine.equals(theirs)) throw new Error(`${operation.name}: the replies differ`)
  }
}

async function measure(operation: Operation, real: RealSide, effort: Effort): Promise<Compared> {
  const ours = new OurSide()
  await real.ask('FLUSHALL', 'SYNC')
  if (operation.load) {
    const load = messagesOf(operation.load())
    ours.play(load, load.bytes.length)
    await real.send(load, load.bytes.length)
  }
  for (const request of operation.before?.(5000) ?? []) {
    ours.apply(words(request))
    await real.ask(...words(request))
  }
  await checkAlike(ours, real, operation)
  const messages = timed(operation)
  const prepare = async (count: number) => {
    if (!operation.before) return
    const requests = [...operation.before(count * messages.size)]
    for (const request of requests) ours.apply(words(request))
    const { bytes } = messagesOf(requests, 1)
    for (const one of bytes) await real.answer(one, 1)
  }
  return compare(
    (count) => ours.play(messages, count),
    (count) => real.play(messages, count),
    effort,
    prepare,
  )
}

/** Compares all of them and prints the table. */
export async function compareOperations(real: RealSide, effort: Effort, only?: string): Promise<void> {
  const rows: [string, Compared][] = []
  for (const operation of operations)
    if (!only || operation.name.toLowerCase().startsWith(only)) {
      rows.push([operation.name, await measure(operation, real, effort)])
    }
  console.log(comparison('redis-server', rows))
}
