// The course on the real server: each lesson is played as its proof plays it, with all that its prose offers, its cues and
// its solutions, and each reply that it states must be the server's own, also after the clock was moved.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readLesson } from '../tools/lessons.ts'
import { compare } from './lesson.ts'
import type { Report } from './report.ts'
import type { RealServer } from './server.ts'

/** Plays every lesson on the server; returns how many stated replies were compared. */
export async function playLessons(server: RealServer, report: Report): Promise<number> {
  let compared = 0
  const files = readdirSync('lessons', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('en.md'))
  for (const file of files.toSorted())
    await report.check(`lessons/${dirname(file)}`, async () => {
      const found = await compare(readLesson(join('lessons', file)), server)
      const told = [...found.wrong, ...found.left].map(({ step, line, says }) => `${step}: "${line}" ${says.en}`)
      if (told.length > 0) throw new Error(told.join('\n'))
      compared += found.compared
    })
  return compared
}
