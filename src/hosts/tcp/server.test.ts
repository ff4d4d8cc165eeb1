import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { latin, toArray, type Bytes } from '../../wire/bytes.ts'
import { failure, type Reply } from '../../wire/reply.ts'
import { encodeRequest, ReplyDecoder } from '../../wire/resp.ts'
import { isLoopback, serve, type Listening } from './server.ts'

let server: Listening
beforeAll(async () => {
  server = await serve('127.0.0.1', 0)
})
afterAll(() => server.close())

/** Bytes in, and what is heard until so many replies are there, or the server closes. */
async function talk(bytes: string, replies: number): Promise<{ heard: Reply[]; closed: boolean }> {
  const socket = connect(server.port, '127.0.0.1')
  socket.write(toArray(latin(bytes)))
  const result = await listen(socket, replies)
  socket.destroy()
  return result
}

function listen(socket: Socket, replies: number): Promise<{ heard: Reply[]; closed: boolean }> {
  const decoder = new ReplyDecoder()
  const heard: Reply[] = []
  return new Promise((resolve, reject) => {
    const end = (closed: boolean) => {
      socket.removeAllListeners()
      resolve({ heard, closed })
    }
    socket.on('error', reject)
    socket.on('close', () => end(true))
    socket.on('data', (chunk) => {
      decoder.push(latin(chunk.toString('latin1')))
      for (let reply = decoder.next(); reply !== undefined; reply = decoder.next()) heard.push(reply)
      if (heard.length >= replies) end(false)
    })
  })
}

const request = (...words: string[]) => encodeRequest(words.map(latin))
const pong: Reply = { kind: 'status', text: latin('PONG') }

describe('the engine over TCP', () => {
  it('answers pipelines, inline lines and arrays, in order', async () => {
    const { heard } = await talk(`${request('SET', 'k', 'v')}GET k\r\n${request('DEL', 'k')}PING\n`, 4)
    expect(heard).toEqual([{ kind: 'status', text: 'OK' }, 'v', 1, pong])
  })

  it('brings messages and confirmations in the order of the server', async () => {
    const listener = connect(server.port, '127.0.0.1')
    const listening = listen(listener, 3)
    listener.write(toArray(request('SUBSCRIBE', 'a', 'b')))
    while ((await talk(request('PUBLISH', 'b', 'hi'), 1)).heard[0] === 0);
    expect((await listening).heard).toEqual([
      ['subscribe', 'a', 1],
      ['subscribe', 'b', 2],
      ['message', 'b', 'hi'],
    ])
    listener.destroy()
  })

  it('goes on with a client that wanted no replies', async () => {
    const { heard } = await talk(
      `${request('CLIENT', 'REPLY', 'SKIP')}${request('SET', 'k', 'v')}${request('PING')}`,
      1,
    )
    expect(heard).toEqual([pong])
  })

  it('answers the same however the bytes are cut', async () => {
    const bytes = `${request('ECHO', 'a\r\nb')}PING\r\n`
    for (let cut = 1; cut < bytes.length; cut++) {
      const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true })
      const listening = listen(socket, 2)
      socket.write(toArray(latin(bytes.slice(0, cut))), () => socket.write(toArray(latin(bytes.slice(cut)))))
      expect((await listening).heard).toEqual(['a\r\nb', pong])
      socket.destroy()
    }
  })

  it('tells a protocol error and closes', async () => {
    const { heard, closed } = await talk(`PING\r\n*1\r\n+PING\r\nPING\r\n`, 9)
    expect(heard).toEqual([pong, failure("ERR Protocol error: expected '$', got '+'")])
    expect(closed).toBe(true)
  })

  it('closes after QUIT, having said OK', async () => {
    const { heard, closed } = await talk('PING\r\nQUIT\r\nPING\r\n', 9)
    expect(heard).toEqual([pong, { kind: 'status', text: 'OK' }])
    expect(closed).toBe(true)
  })

  it.each(['POST / HTTP/1.1\r\nPING\r\n', 'Host: x\r\nPING\r\n'])(
    'closes at once what a browser sends: %j',
    async (bytes) => {
      expect(await talk(bytes, 9)).toEqual({ heard: [], closed: true })
    },
  )

  it('speaks RESP3 after HELLO 3', async () => {
    const { heard } = await talk('HSET h f v\r\nHELLO 3\r\nHGETALL h\r\nGET nothing\r\n', 4)
    expect(heard[1]).toMatchObject({ kind: 'map' })
    expect(heard.slice(2)).toEqual([{ kind: 'map', pairs: [['f', 'v']] }, null])
  })

  it('keeps what a blocked client sends until it is served', async () => {
    const socket = connect(server.port, '127.0.0.1')
    const listening = listen(socket, 2)
    socket.write('BLPOP jobs 0\r\nPING\r\n')
    await talk('PING\r\n', 1)
    await talk('RPUSH jobs paint\r\n', 1)
    expect((await listening).heard).toEqual([['jobs', 'paint'], pong])
    socket.destroy()
  })

  it('answers to the end what came in one piece, before those whom it wakes go on', async () => {
    const waiter = connect(server.port, '127.0.0.1')
    const served = listen(waiter, 2)
    waiter.write('BLPOP queue 0\r\nRPUSH queue late\r\n')
    while (!((await talk('CLIENT LIST\r\n', 1)).heard[0] as Bytes).includes('cmd=blpop'));
    const { heard } = await talk('RPUSH queue a\r\nEXISTS queue\r\n', 2)
    expect(heard).toEqual([1, 0])
    expect((await served).heard).toEqual([['queue', 'a'], 1])
    await talk('DEL queue\r\n', 1)
    waiter.destroy()
  })

  it('wakes by itself when a wait ends', async () => {
    const { heard } = await talk('BLPOP nothing 0.01\r\n', 1)
    expect(heard).toEqual([{ kind: 'nil-array' }])
  })

  it('wakes by itself when a pause ends, and lets what it held back go on in order', async () => {
    const { heard } = await talk(
      'DEL held\r\nCLIENT PAUSE 10 WRITE\r\nAPPEND held a\r\nAPPEND held b\r\nGET held\r\n',
      5,
    )
    expect(heard.slice(2)).toEqual([1, 2, 'ab'])
  })

  it('closes everybody at SHUTDOWN, without a word, and answers who comes then', async () => {
    const other = connect(server.port, '127.0.0.1')
    const closing = listen(other, 9)
    other.write('PING\r\nBLPOP nothing 0\r\n')
    await talk('SET kept v\r\n', 1)
    expect(await talk('SHUTDOWN SAVE\r\nPING\r\n', 9)).toEqual({ heard: [], closed: true })
    expect(await closing).toEqual({ heard: [pong], closed: true })
    expect((await talk('GET kept\r\n', 1)).heard).toEqual(['v'])
  })

  it('stops reading a client that does not read', async () => {
    await talk(request('SET', 'big', 'x'.repeat(100_000)), 1)
    const socket = connect(server.port, '127.0.0.1')
    socket.pause()
    const asked = 400
    socket.write(request('GET', 'big').repeat(asked))
    await talk('PING\r\n', 1)
    const { heard } = await listen(socket.resume(), asked)
    expect(heard).toHaveLength(asked)
    expect(new Set(heard.map((reply) => (reply as Bytes).length))).toEqual(new Set([100_000]))
    socket.destroy()
  })
})

it('is for this machine only', async () => {
  await expect(serve('0.0.0.0', 0)).rejects.toThrow('not a loopback address')
  expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].every(isLoopback)).toBe(true)
  expect(['', '0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.org'].some(isLoopback)).toBe(false)
})
