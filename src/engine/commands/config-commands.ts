import { latin, toArray, type Bytes } from '../../wire/bytes.ts'
import { OK, map, type Reply } from '../../wire/reply.ts'
import { bytes, many, pairs } from '../args.ts'
import { command, family, type Flag } from '../command.ts'
import type { Config } from '../config.ts'
import { textOf } from '../config-file.ts'
import { rewriteConfig } from '../config-rewrite.ts'
import { errors } from '../errors.ts'
import { globMatches } from '../glob.ts'
import { savingErrors } from '../saving-errors.ts'
import { help } from './help.ts'

const flags: readonly Flag[] = ['admin', 'noscript', 'loading', 'stale']
const onAllNodes = ['request_policy:all_nodes', 'response_policy:all_succeeded']

/** Parameters that the words name. A word without wildcards is answered under the name it was asked by. */
function matching(config: Config, asked: readonly Bytes[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const word of asked) {
    if (/[[*?]/.test(word)) {
      const pattern = latin(word.toLowerCase())
      for (const name of config.names()) if (globMatches(pattern, latin(name))) found.set(name, config.get(name)!)
    } else if (config.has(word.toLowerCase())) found.set(word, config.get(word.toLowerCase())!)
  }
  return found
}

/** Refuses, before anything is set, names that are unknown, fixed or there twice. */
function checkNames(config: Config, words: readonly Bytes[]): void {
  const seen = new Set<string>()
  for (const word of words) {
    const name = word.toLowerCase()
    if (!config.has(name)) throw errors.unknownParameter(word)
    const never = config.never(name)
    if (never !== null) throw errors.configRefused(word, never)
    if (seen.has(name)) throw errors.configRefused(word, 'duplicate parameter')
    seen.add(name)
  }
}

/** Sets all parameters, or none: the first that is refused takes back those before it. */
function setAll(config: Config, data: readonly (readonly [Bytes, Bytes])[]): void {
  checkNames(
    config,
    data.map(([word]) => word),
  )
  const before = data.map(([word]) => [word.toLowerCase(), config.get(word.toLowerCase())!] as const)
  for (const [i, [word, value]] of data.entries()) {
    const name = word.toLowerCase()
    const refused = config.set(name, value)
    if (refused === null) continue
    for (const [earlier, old] of before.slice(0, i).toReversed()) config.restoreValue(earlier, old)
    throw errors.configRefused(name, refused)
  }
}

const twos = (words: readonly Bytes[]) =>
  Array.from({ length: words.length / 2 }, (_, i) => [words[2 * i]!, words[2 * i + 1]!] as const)

export const config = family('server', [
  command({
    name: 'CONFIG GET',
    summary: {
      en: 'Shows parameters of the server; a pattern shows all that match.',
      ko: '서버 설정 값을 보여 줍니다. 패턴을 주면 맞는 것을 모두 보여 줍니다.',
    },
    since: '2.0.0',
    complexity: 'O(N) when N is the number of configuration parameters provided',
    flags,
    args: [many(bytes('parameter'))],
    run: ({ server }, { parameter }): Reply =>
      map([...matching(server.config, parameter)].map(([name, value]) => [latin(name), latin(value)])),
  }),
  command({
    name: 'CONFIG SET',
    summary: {
      en: 'Changes parameters while the server runs: all of them, or none.',
      ko: '서버를 멈추지 않고 설정을 바꿉니다. 모두 바뀌거나 하나도 바뀌지 않습니다.',
    },
    since: '2.0.0',
    complexity: 'O(N) when N is the number of configuration parameters provided',
    flags,
    args: [pairs('data', bytes('parameter'), bytes('value'), () => errors.syntax())],
    tips: onAllNodes,
    run({ server }, { data }) {
      setAll(server.config, twos(data))
      return OK
    },
  }),
  command({
    name: 'CONFIG RESETSTAT',
    summary: { en: 'Sets the counters of INFO back to zero.', ko: 'INFO가 세는 통계를 0으로 되돌립니다.' },
    since: '2.0.0',
    complexity: 'O(1)',
    flags,
    args: [],
    tips: onAllNodes,
    run({ server }) {
      server.resetStats()
      return OK
    },
  }),
  command({
    name: 'CONFIG REWRITE',
    summary: {
      en: 'Writes the parameters, as they are now, into the configuration file that the server was started with.',
      ko: '지금 설정을 서버를 켤 때 읽은 설정 파일에 씁니다.',
    },
    since: '2.8.0',
    complexity: 'O(1)',
    flags,
    args: [],
    tips: onAllNodes,
    run({ server }): Reply {
      const { config, disk, now } = server
      if (config.file === '') throw errors.noConfigFile()
      const file = rewriteConfig(textOf(disk) ?? latin(''), config)
      if (!disk.put(config.file, toArray(file), now)) throw savingErrors.notRewritten()
      server.outputs.push({ on: 'disk' })
      return OK
    },
  }),
  help('CONFIG', '5.0.0', [
    ['GET <pattern>', 'Return parameters matching the glob-like <pattern> and their values.'],
    ['SET <directive> <value>', 'Set the configuration <directive> to <value>.'],
    ['RESETSTAT', 'Reset statistics reported by the INFO command.'],
    ['REWRITE', 'Rewrite the configuration file.'],
  ]),
])
