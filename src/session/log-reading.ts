// A log's bytes as inputs again. Apart from the writing, which every session needs: this comes when there is one to be read.
import { fromArray, text, type Bytes } from '../wire/bytes.ts'
import { BEGIN, codes } from './log.ts'
import type { Input, LoggedInput } from './protocol.ts'

/** Inputs from bytes. Throws a RangeError where the bytes are no log. */
export function decodeLog(array: Uint8Array): LoggedInput[] {
  const inputs: LoggedInput[] = []
  let place = 0
  let at = 0
  const uint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = array[place++]
      if (byte === undefined) throw new RangeError('the log ends too soon')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  const bytes = () => {
    const length = uint()
    if (place + length > array.length) throw new RangeError('the log ends too soon')
    place += length
    return fromArray(array, place - length, place)
  }
  while (place < array.length) {
    const code = uint()
    if (code === BEGIN) {
      at = 0
      continue
    }
    const seq = uint()
    at += uint()
    inputs.push({ seq, input: decodeInput(codes[code], at, uint, bytes) })
  }
  return inputs
}

function decodeInput(
  kind: (typeof codes)[number] | undefined,
  at: number,
  uint: () => number,
  bytes: () => Bytes,
): Input {
  switch (kind) {
    case 'tick':
    case 'reset':
    case 'crash':
    case 'restart':
      return { do: kind, at }
    case 'fill':
    case 'free':
      return { do: 'disk', at, full: kind === 'fill' }
    case 'connect':
      return { do: kind, at, client: uint(), name: text(bytes()), db: uint() }
    case 'disconnect':
    case 'cancel':
      return { do: kind, at, client: uint() }
    case 'close':
      return { do: 'disconnect', at, client: uint(), act: true }
    case 'join':
    case 'send': {
      const client = uint()
      const count = uint()
      const argv: Bytes[] = []
      for (let i = 0; i < count; i++) argv.push(bytes())
      return { do: 'send', at, client, argv, ...(kind === 'join' ? { joins: true } : {}) }
    }
    case 'begin':
    case undefined:
      throw new RangeError('the log has an input of an unknown kind')
  }
}
