// The course on the real server: each lesson is played as its proof plays it, with all that its prose offers, its cues and
// its solutions, and each reply that it states must be the server's own.
//
// Our engine plays first, since cues hang on clients' states; what was sent to it is then sent to the server. The clock of
// a real server cannot be moved. Where a lesson moves it, every key's end is brought as much nearer, and who would have
// waited in vain is let go.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Engine } from '../engine/engine.ts'
import { benchOn } from '../lesson/bench.ts'
import { judge } from '../lesson/check.ts'
import { Playing, type Bench } from '../lesson/playing.ts'
import { offered } from '../lesson/prove.ts'
import type { Lesson, Typed } from '../lesson/schema.ts'
import { asShown } from '../lesson/shown.ts'
import { readLesson } from '../tools/lessons.ts'
import { text, type Bytes } from '../wire/bytes.ts'
import { Connection } from './connection.ts'
import type { Report } from './report.ts'
import { TcpTarget } from './tcp-target.ts'

/** What was done, and the lines that were answered then, in order. */
type Deed = (
  | { readonly do: 'send'; readonly client: string; readonly argv: readonly Bytes[] }
  | { readonly do: 'skip'; readonly ms: number }
  | { readonly do: 'interrupt'; readonly client: string }
) & { readonly heard: Typed[] }

/** Plays every lesson on the server at `port`; returns how many stated replies were compared. */
export async function playLessons(port: number, report: Report): Promise<number> {
  let compared = 0
  const files = readdirSync('lessons', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('en.md'))
  for (const file of files.toSorted())
    await report.check(`lessons/${dirname(file)}`, async () => {
      compared += await playLesson(readLesson(join('lessons', file)), port)
    })
  return compared
}

/** All that is done in a lesson, with the replies of our engine. */
async function deedsOf(lesson: Lesson): Promise<readonly Deed[]> {
  const deeds: Deed[] = []
  const recorded = (bench: Bench): Bench => ({
    ...bench,
    send(client, argv) {
      deeds.push({ do: 'send', client, argv, heard: [] })
      return bench.send(client, argv)
    },
    skip(ms) {
      deeds.push({ do: 'skip', ms, heard: [] })
      return bench.skip(ms)
    },
    interrupt(client) {
      deeds.push({ do: 'interrupt', client, heard: [] })
      bench.interrupt(client)
    },
  })
  const at = Date.now()
  const playing = new Playing(
    lesson,
    (clients, db) => recorded(benchOn(new Engine({ seed: 1, at }), clients, db, at)),
    (typed) => void deeds.at(-1)!.heard.push(typed),
  )
  playing.setUp()
  for (const [i, step] of lesson.steps.entries()) {
    await playing.begin(i)
    for (const block of step.body) await playing.run(offered(block))
    await playing.run(step.solution)
  }
  return deeds
}

async function playLesson(lesson: Lesson, port: number): Promise<number> {
  const deeds = await deedsOf(lesson)
  const own = await Connection.open(port)
  await untilSaved(own)
  const target = await TcpTarget.fresh(port)
  let compared = 0
  try {
    for (const client of [...lesson.clients, ...lesson.actors]) await target.connect(client, lesson.db)
    for (const deed of deeds) {
      if (deed.do === 'interrupt') await target.connect(deed.client, lesson.db)
      else if (deed.do === 'send') await target.send(deed.client, deed.argv)
      else await letPass(own, deed.ms, deed.heard.length > 0)
      for (const typed of deed.heard) if (await hears(target, typed)) compared++
    }
  } finally {
    target.close()
    own.close()
  }
  return compared
}

/** Takes the reply to a line; true where the lesson states it. Throws where it is another one. */
async function hears(target: TcpTarget, { client, line, expect }: Typed): Promise<boolean> {
  const reply = await target.hear(client)
  if (reply === undefined) throw new Error(`${client}> ${line}\nwas not answered`)
  if (expect === undefined) return false
  const { holds, seen } = judge(reply, { op: 'is', shown: asShown(expect) })
  if (!holds) throw new Error(`${client}> ${line}\nwanted:\n${expect}\ngot:\n${seen}`)
  return true
}

/** Brings every key's end nearer; those whose time to wait is over are answered as if it were. */
async function letPass(own: Connection, ms: number, isWaitOver: boolean): Promise<void> {
  for (let db = 0; db < 16; db++) {
    await own.ask('SELECT', String(db))
    const keys = (await own.ask('KEYS', '*')) as readonly Bytes[]
    for (const key of keys.map(text)) {
      const left = Number(await own.ask('PTTL', key))
      if (left >= 0) await own.ask('PEXPIRE', key, String(left - ms))
    }
  }
  if (!isWaitOver) return
  const clients = text((await own.ask('CLIENT', 'LIST')) as Bytes)
  for (const [, id] of clients.matchAll(/^id=(\d+) .* flags=\S*b\S* /gm))
    await own.ask('CLIENT', 'UNBLOCK', id!, 'TIMEOUT')
}

/** A snapshot that another lesson began may still be under way. */
async function untilSaved(own: Connection): Promise<void> {
  while (text((await own.ask('INFO', 'persistence')) as Bytes).includes('rdb_bgsave_in_progress:1'))
    await setTimeout(10)
}
