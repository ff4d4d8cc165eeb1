import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { split } from '../../wire/line.ts'
import { EngineTarget } from '../testing/engine-target.ts'

const recorded = readFileSync(new URL('../../conformance/oracle/info-fields-8.0.2.txt', import.meta.url), 'utf8')

function started() {
  const target = new EngineTarget({ seed: 1, at: Date.UTC(2026, 0, 1) })
  target.connect('A', 0)
  return (line: string): string => {
    target.send('A', split(line)!)
    const reply = target.take('A')
    return typeof reply === 'string' ? reply : JSON.stringify(reply)
  }
}

/** Sections and names of fields, without those that tell of single commands, and without the modules: there are none. */
const names = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.split(':', 1)[0]!)
    .filter((name) => name !== '' && name !== 'module' && !/^(cmdstat|latency_percentiles_usec)_/.test(name))

test('INFO everything has the sections and fields of the server, in its order', () => {
  expect(names(started()('INFO everything'))).toEqual(names(recorded))
})

test('INFO alone leaves out what is told of single commands', () => {
  const ask = started()
  const usual = names(ask('INFO')).filter((name) => name.startsWith('#'))
  const all = names(recorded).filter((name) => name.startsWith('#'))
  expect(usual).toEqual(all.filter((name) => name !== '# Commandstats' && name !== '# Latencystats'))
  expect(names(ask('INFO default'))).toEqual(names(ask('INFO')))
})

test('errors come by their names, latencies by what CONFIG asks for', () => {
  const ask = started()
  for (const line of ['HELLO 9', 'AUTH a b', 'GET', 'PING']) ask(line)
  expect(ask('INFO errorstats')).toBe(
    '# Errorstats\r\nerrorstat_ERR:count=1\r\nerrorstat_NOPROTO:count=1\r\nerrorstat_WRONGPASS:count=1\r\n',
  )
  expect(ask('INFO stats')).toContain('acl_access_denied_auth:1\r\n')
  ask('CONFIG RESETSTAT')
  ask('PING')
  ask('CONFIG SET latency-tracking-info-percentiles "50 99.9"')
  expect(ask('INFO latencystats')).toContain('latency_percentiles_usec_ping:p50=0.000,p99.9=0.000\r\n')
  ask('CONFIG SET latency-tracking no')
  expect(ask('INFO latencystats')).toBe('# Latencystats\r\n')
})

test('a command counts once it has its answer, also one that waits; RESETSTAT leaves what the server leaves', () => {
  const target = new EngineTarget({ seed: 1, at: Date.UTC(2026, 0, 1) })
  for (const client of ['A', 'B']) target.connect(client, 0)
  const ask = (line: string, client = 'A') => {
    target.send(client, split(line)!)
    const reply = target.take(client)
    return typeof reply === 'string' ? reply : JSON.stringify(reply)
  }
  const calls = () =>
    [...ask('INFO commandstats').matchAll(/cmdstat_(\S+?):calls=(\d+)/g)]
      .map(([, name, count]) => `${name} ${count}`)
      .toSorted()
  for (const line of ['SETRANGE big 99999 x', 'DEL big', 'SAVE', 'BGSAVE', 'AUTH a b']) ask(line)
  ask('CONFIG RESETSTAT')
  expect(calls()).toEqual(['config|resetstat 1'])
  ask('BLPOP list 1', 'B')
  expect(calls()).toEqual(['config|resetstat 1', 'info 1'])
  target.advance(1000)
  expect(calls()).toEqual(['blpop 1', 'config|resetstat 1', 'info 2'])
  expect(ask('INFO stats')).toContain('total_commands_processed:5\r\n')
  const info = ask('INFO')
  for (const field of ['rdb_saves:0', 'total_forks:0', 'total_error_replies:0', 'acl_access_denied_auth:1'])
    expect(info).toContain(`${field}\r\n`)
  const [, used] = /used_memory:(\d+)/.exec(info)!
  expect(Number(/used_memory_peak:(\d+)/.exec(info)![1])).toBeGreaterThan(Number(used))
  ask('BGSAVE')
  expect(ask('INFO')).toMatch(/rdb_saves:1\r\n[^]*total_forks:1\r\n/)
})

test('sizes are told by powers of two', () => {
  const ask = started()
  for (const line of ['SET e ""', 'SET n 12345', 'SETRANGE a 1022 x', 'SETRANGE b 1023 x', 'SETRANGE c 1048575 x'])
    ask(line)
  for (const line of ['RPUSH l 1 2 3', 'SADD s a b c d', 'ZADD z 1 a', 'HSET h a 1', 'SELECT 3', 'RPUSH l 1']) ask(line)
  expect(ask('INFO keysizes').split('\r\n')).toEqual([
    '# Keysizes',
    'db0_distrib_strings_sizes:0=1,4=1,512=1,1K=1,1M=1',
    'db0_distrib_lists_items:2=1',
    'db0_distrib_sets_items:4=1',
    'db0_distrib_zsets_items:1=1',
    'db0_distrib_hashes_items:1=1',
    'db3_distrib_lists_items:1=1',
    '',
  ])
})
