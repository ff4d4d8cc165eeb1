// What redis-cli prints is the judge of show() and of split(): the same lines are given to the real redis-cli (with the
// formatting of a terminal) and, split by us, to the same server; what we would draw must be what redis-cli printed.
import { spawn } from 'node:child_process'
import { fromArray, toArray, utf8, type Bytes } from '../wire/bytes.ts'
import { split } from '../wire/line.ts'
import { raw, show } from '../wire/show.ts'
import { Connection } from './connection.ts'
import type { Report } from './report.ts'

const setup = [
  'FLUSHALL',
  'SET s "a\\"b\\\\c\\n\\x00\\xff"',
  "SET k '안녕 it\\'s'",
  'RPUSH l a b c d e f g h i j k',
  'HSET h f1 v1 f2 v2',
  'ZADD z 1.5 a 2 b inf c 1e17 d 4.7e18 e 0.00001 f',
  'SADD set only',
  'XADD x 1-1 f v g w',
  'XADD x 2-1 f v',
]

/** Each is a line, or some that belong together. Attributes and big numbers are left out: redis-cli ends at them. */
const lines = [
  'GET s',
  'GET k',
  'GET nothing',
  'LRANGE l 0 -1',
  'LRANGE l 0 0',
  'LRANGE l 5 1',
  'HGETALL h',
  'HGETALL nothing',
  'SMEMBERS set',
  'SMEMBERS nothing',
  'ZRANGE z 0 -1 WITHSCORES',
  'ZSCORE z d',
  'XRANGE x - +',
  'XINFO STREAM x',
  'LPOP nothing 2',
  'COMMAND INFO get nosuch',
  'COMMAND DOCS get',
  'CONFIG GET save',
  'CONFIG GET nosuch',
  'ROLE',
  'MULTI\nLPUSH s x\nGET k\nHGETALL h\nLRANGE l 0 -1\nEXEC',
  'nosuch "a b" c',
  'ECHO "a',
  "ECHO 'a'b",
  'ECHO "\\x41\\x0a\\t\\a\\b\\q\\x4"',
  "ECHO '\\x41\\n'",
  'ECHO a"b c"',
  'DEBUG PROTOCOL string',
  'DEBUG PROTOCOL integer',
  'DEBUG PROTOCOL double',
  'DEBUG PROTOCOL null',
  'DEBUG PROTOCOL array',
  'DEBUG PROTOCOL set',
  'DEBUG PROTOCOL map',
  'DEBUG PROTOCOL verbatim',
  'DEBUG PROTOCOL true',
  'DEBUG PROTOCOL false',
  `EVAL "return {1,{2,{},{'a',{3,'b'}}},'c',{ok='FINE'},{err='MY error'}}" 0`,
  `EVAL "redis.setresp(3); return {map={a={map={b=1}}},double=1.5}" 0`,
  `EVAL "redis.setresp(3); return {map={k={1,2,{3}}}}" 0`,
  `EVAL "redis.setresp(3); return {{set={x=true}},{map={}},{double=3}}" 0`,
  `EVAL "redis.setresp(3); return {map={k={map={a={1,2}}}}}" 0`,
  `EVAL "redis.setresp(3); return {map={k={{1}}}}" 0`,
  `EVAL "redis.setresp(3); return {map={k={map={a=1}}}}" 0`,
  `EVAL "redis.setresp(3); return {map={k={verbatim_string={format='txt',string='a\\nb'}}}}" 0`,
  `EVAL "redis.setresp(3); return {{double=1.5},true,false,redis.error_reply('x')}" 0`,
  `EVAL "redis.setresp(3); local m={}; for i=1,12 do m[i]={map={[i]={i,{}}}} end; return m" 0`,
  `EVAL "return {}" 0`,
  `EVAL "return {{},{}}" 0`,
]

/** Compares what the real redis-cli prints with what `show` draws, in both protocols. */
export async function checkDrawing(port: number, cli: string, report: Report): Promise<void> {
  for (const protocol of [2, 3] as const) {
    const connection = await Connection.open(port)
    for (const line of setup) await connection.pipeline([split(line)!])
    if (protocol === 3) await connection.ask('HELLO', '3')
    const printed = await printedBy(cli, port, protocol, '--no-raw', `"${mark}"`)
    const bare = await printedBy(cli, port, protocol, '--raw', mark)
    for (const [i, line] of lines.entries()) {
      const drawn: string[] = []
      const rawly: string[] = []
      for (const one of line.split('\n')) {
        const argv = split(one)
        const reply = argv && (await connection.pipeline([argv]))[0]!
        drawn.push(argv ? show(reply) : 'Invalid argument(s)')
        rawly.push(argv ? raw(reply) : 'Invalid argument(s)')
      }
      await report.check(`redis-cli -${protocol} --raw prints: ${line}`, () => {
        const got = rawly.join('\n')
        if (got !== bare[i]) throw new Error(`wanted:\n${bare[i]}\ngot:\n${got}`)
      })
      await report.check(`redis-cli -${protocol} prints: ${line}`, () => {
        const got = drawn.join('\n')
        if (got !== printed[i]) throw new Error(`wanted:\n${printed[i]}\ngot:\n${got}`)
      })
    }
    connection.close()
  }
}

const mark = '--------'

async function printedBy(
  cli: string,
  port: number,
  protocol: 2 | 3,
  how: '--raw' | '--no-raw',
  end: string,
): Promise<Bytes[]> {
  const child = spawn(cli, ['-p', String(port), how, ...(protocol === 3 ? ['-3'] : [])], {
    env: { ...process.env, LC_ALL: 'C' },
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdin.end(toArray(utf8(lines.map((line) => `${line}\nECHO ${mark}\n`).join(''))))
  await new Promise((done) => child.once('close', done))
  return fromArray(Buffer.concat(chunks))
    .split(`${end}\n`)
    .map((one) => one.replace(/\n$/, '') as Bytes)
}
