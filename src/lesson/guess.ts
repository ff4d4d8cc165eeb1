// Whether a reply was foretold. Who types a guess may leave out what redis-cli only draws: quotes, "(integer)", the
// numbers before elements. Who writes them has to be right about them.
import { asShown } from './shown.ts'

/** Redis' own words, which may be guessed in any case. */
const own = /^(?:OK|PONG|QUEUED|\((?:nil|empty array|empty hash|empty set)\))$/

/** A row of a reply without what is drawn around its word. */
const word = (row: string) =>
  row
    .replace(/^(?:\s*\d+[)#~>] )+/, '')
    .trim()
    .replace(/^\((?:integer|double)\) /, '')
    .replace(/^"(.*)"$/s, '$1')
    .replace(/^\((nil|empty \w+)\)$/, '$1')

/** True where the guess says the reply. Of an error its first word is enough. */
export function isForetold(guess: string, shown: string): boolean {
  if (guess.trim() === '') return false
  const said = asShown(guess).replaceAll(/\s+/g, ' ')
  const reply = asShown(shown)
  const error = /^\(error\) (\S+)/.exec(reply)
  if (error) return ['error', '(error)', error[1]!.toLowerCase(), reply.toLowerCase()].includes(said.toLowerCase())
  const ways = [reply.replaceAll(/\s+/g, ' '), reply.split('\n').map(word).join(' ')]
  return ways.includes(said) || (own.test(reply) && ways.some((way) => way.toLowerCase() === said.toLowerCase()))
}
