// Which engine a page holds, told without a clock: the version, and a hash of all that decides how a session replays.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const parts = ['src/wire', 'src/engine', 'src/rdb', 'src/session']

export function buildId(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const hash = createHash('sha256')
  for (const part of parts)
    for (const name of readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).toSorted())
      if (/(?<!\.test)\.ts$/.test(name))
        hash.update(name.replaceAll('\\', '/')).update(readFileSync(join(root, part, name)))
  return `${version}-${hash.digest('hex').slice(0, 10)}`
}
