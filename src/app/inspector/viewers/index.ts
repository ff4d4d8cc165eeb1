import type { FunctionComponent } from 'react'
import type { Kind, ValuePage } from '../../../session/protocol.ts'
import type { Editor } from '../EditBar.tsx'
import { HashView } from './HashView.tsx'
import { ListView } from './ListView.tsx'
import { SetView } from './SetView.tsx'
import { StreamView } from './StreamView.tsx'
import { StringView } from './StringView.tsx'
import { ZsetView } from './ZsetView.tsx'

/** A page of one kind of value. */
export type PageOf<K extends Kind> = Extract<ValuePage, { kind: K }>

/** What a viewer is given. */
export interface ViewOf<K extends Kind> {
  readonly page: PageOf<K>
  readonly editor: Editor
}

/** One way to look at each kind. */
export const viewers = {
  string: StringView,
  list: ListView,
  set: SetView,
  zset: ZsetView,
  hash: HashView,
  stream: StreamView,
} satisfies { readonly [K in Kind]: FunctionComponent<ViewOf<K>> }
