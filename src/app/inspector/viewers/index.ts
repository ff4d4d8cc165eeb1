import type { FunctionComponent } from 'react'
import type { Kind, ValuePage } from '../../../session/protocol.ts'
import { HashView } from './HashView.tsx'
import { ListView } from './ListView.tsx'
import { SetView } from './SetView.tsx'
import { StreamView } from './StreamView.tsx'
import { StringView } from './StringView.tsx'
import { ZsetView } from './ZsetView.tsx'

/** A page of one kind of value. */
export type PageOf<K extends Kind> = Extract<ValuePage, { kind: K }>

/** One way to look at each kind; the command that reads it whole. */
export const viewers = {
  string: { View: StringView, reads: (key: string) => `GET ${key}` },
  list: { View: ListView, reads: (key: string) => `LRANGE ${key} 0 -1` },
  set: { View: SetView, reads: (key: string) => `SMEMBERS ${key}` },
  zset: { View: ZsetView, reads: (key: string) => `ZRANGE ${key} 0 -1 WITHSCORES` },
  hash: { View: HashView, reads: (key: string) => `HGETALL ${key}` },
  stream: { View: StreamView, reads: (key: string) => `XRANGE ${key} - +` },
} satisfies { readonly [K in Kind]: { View: FunctionComponent<{ page: PageOf<K> }>; reads: (key: string) => string } }
