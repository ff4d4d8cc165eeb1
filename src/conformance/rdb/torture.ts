// npm run torture -- rdb: damaged files and payloads, ten times as many as npm test tries, and other ones.
//   --seed S    another seed (11)
//   --times N   so many times what npm test tries (10)
import { parseArgs } from 'node:util'
import { Corpus, cutFiles, damageFiles, damagePayloads, type Tally } from './damage.ts'

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, times: { type: 'string', default: '10' } },
})
const seed = Number(values.seed)
const times = Number(values.times)

function run(what: string, damage: () => Tally): void {
  const started = Date.now()
  const { tried, accepted, refused, commands, reasons } = damage()
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(
    `${tried} ${what} in ${seconds} s: ${accepted} accepted, ${refused} refused, ${commands} commands afterwards`,
  )
  console.log(`  ${[...reasons].map(([reason, count]) => `${reason} ${count}`).join(', ')}`)
}

const corpus = new Corpus(seed, 24 * Math.max(1, Math.ceil(times)))
run('payloads damaged', () => damagePayloads(corpus, seed, 20_000 * times))
run('files damaged', () => damageFiles(corpus, seed + 1, 2000 * times))
run('files cut off', () => cutFiles(corpus, 5000 * times))
