// DEBUG DIGEST: 20 bytes that are equal where two servers hold the same keys and values. Order counts only where it means
// something (lists); sets, hashes and sorted sets are xored together, and so are keys. The steps are the server's own
// (computeDatasetDigest), so that the two can be compared.
import { latin, type Bytes } from '../wire/bytes.ts'
import { showDigits } from '../wire/show.ts'
import type { Kind } from '../session/protocol.ts'
import type { Database } from './database.ts'
import { sha1, sha1OfArray } from './sha1.ts'
import { HashValue } from './values/hash.ts'
import { kindOf, type Value } from './values/index.ts'
import { ListValue } from './values/list.ts'
import { SetValue } from './values/set.ts'
import { stringBytes } from './values/string.ts'
import { ZSetValue } from './values/zset.ts'

export type Digest = Uint8Array<ArrayBuffer>

const kinds: Readonly<Record<Kind, number>> = { string: 0, list: 1, set: 2, zset: 3, hash: 4, stream: 6 }

function xor(digest: Digest, hash: Uint8Array): void {
  for (let i = 0; i < 20; i++) digest[i]! ^= hash[i]!
}

/** Folds bytes in, so that order counts. */
function mix(digest: Digest, bytes: Bytes): void {
  xor(digest, sha1(bytes))
  digest.set(sha1OfArray(digest))
}

const uint32 = (value: number): Bytes =>
  latin(String.fromCharCode(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255))

/** Folds a group of bytes in, so that the order of groups does not count. */
function xorGroup(digest: Digest, expires: boolean, ...group: readonly Bytes[]): void {
  const own: Digest = new Uint8Array(20)
  for (const bytes of group) mix(own, bytes)
  if (expires) xor(own, sha1(latin('!!hexpire!!')))
  xor(digest, sha1OfArray(own))
}

function mixValue(digest: Digest, value: Value): void {
  if (value instanceof ListValue) for (const item of value.slice(0, value.size)) mix(digest, item)
  else if (value instanceof SetValue) for (const member of value.members()) xor(digest, sha1(member))
  else if (value instanceof ZSetValue)
    for (const { member, score } of value.range(0, value.size))
      xorGroup(digest, false, member, latin(showDigits(score)))
  else if (value instanceof HashValue)
    for (const [field, held] of value.entries()) xorGroup(digest, value.expireAt(field) !== null, field, held)
  else mix(digest, stringBytes(value))
}

function mixObject(digest: Digest, value: Value, expires: boolean): void {
  mix(digest, uint32(kinds[kindOf(value)]))
  mixValue(digest, value)
  if (expires) xor(digest, sha1(latin('!!expire!!')))
}

/** The digest of one key's value; all zeros where there is no key. To look so is no use of the key. */
export function digestOfValue(db: Database, key: Bytes): Digest {
  const digest: Digest = new Uint8Array(20)
  const value = db.find(key, false)
  if (value !== undefined) mixObject(digest, value, db.expireAt(key) !== null)
  return digest
}

/** The digest of all databases, keys included whose time has come but that nobody has met yet. */
export function digestOf(databases: readonly Database[]): Digest {
  const digest: Digest = new Uint8Array(20)
  for (const db of databases) {
    if (db.size === 0) continue
    mix(digest, uint32(db.index))
    let cursor = 0
    do
      cursor = db.walk(cursor, 1000, (key, value) => {
        const own: Digest = new Uint8Array(20)
        mix(own, key)
        mixObject(own, value, db.expireAt(key) !== null)
        xor(digest, sha1OfArray(own))
      })
    while (cursor !== 0)
  }
  return digest
}
