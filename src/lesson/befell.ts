// What a lesson is told of the server itself, from what an engine or a session tells.
import type { Restarted } from '../session/protocol.ts'
import type { Befell } from './schema.ts'

export type Happened =
  | { readonly on: 'disk'; readonly saved?: true }
  | { readonly on: 'reloaded'; readonly report: Pick<Restarted, 'how'> | null }

export function befellBy(happened: Happened): readonly Befell['what'][] {
  if (happened.on === 'disk') return happened.saved ? ['saved'] : []
  if (happened.report === null) return []
  return [happened.report.how === 'crash' ? 'crashed' : 'restarted']
}
