// A whole reply as a file, made piece by piece so that the page goes on meanwhile.
import { isUtf8, type Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { pieces } from '../../wire/show.ts'

/** Characters that are made before the page has its turn. */
const slice = 262_144

const turn = () =>
  new Promise<void>((done) => {
    setTimeout(done, 0)
  })

/** A string's own bytes; of anything else, what redis-cli prints. */
export async function replyFile(reply: Reply): Promise<Blob> {
  return typeof reply === 'string' ? bytesFile(reply) : textFile(reply)
}

async function bytesFile(bytes: Bytes): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let i = 0; i < bytes.length; i += slice) {
    const part = new Uint8Array(Math.min(slice, bytes.length - i))
    for (let j = 0; j < part.length; j++) part[j] = bytes.charCodeAt(i + j)
    parts.push(part)
    await turn()
  }
  const isText = bytes.length <= slice && isUtf8(bytes)
  return new Blob(parts, { type: isText ? 'text/plain;charset=utf-8' : 'application/octet-stream' })
}

async function textFile(reply: Reply): Promise<Blob> {
  const parts: string[] = []
  let part = ''
  for (const piece of pieces(reply)) {
    part += piece.text
    if (part.length < slice) continue
    parts.push(part)
    part = ''
    await turn()
  }
  return new Blob([...parts, part, '\n'], { type: 'text/plain;charset=utf-8' })
}

/** Hands a file to the person. */
export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has read the address by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
