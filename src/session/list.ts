// What a person does to the list of sessions. Loaded when it is first looked at.
import type { Answers, Request } from './protocol.ts'
import type { Ownership } from './owner.ts'
import type { Saver } from './saver.ts'
import type { SharingHost } from './sharing.ts'

export const listKinds = ['sessions', 'rename', 'remove', 'restore', 'duplicate'] as const
export type ListAsk = Extract<Request, { do: (typeof listKinds)[number] }>

/** Throws an Error for people where it cannot be done. */
export async function atList(
  ask: ListAsk,
  host: SharingHost,
  saver: Saver,
  owner: Ownership,
): Promise<Answers[ListAsk['do']]> {
  const { store } = host
  // What the list tells is what is stored.
  await saver.save()
  switch (ask.do) {
    case 'sessions':
      return (await store.list()).sort((a, b) => b.usedAt - a.usedAt)
    case 'rename':
      await store.rename(ask.session, ask.name)
      if (ask.session === saver.info.id) saver.renamed(ask.name)
      return null
    case 'remove':
      if (ask.session === saver.info.id) throw new Error('The session that is open cannot be removed.')
      if (await owner.isOpen(ask.session)) throw new Error('The session is open in another tab.')
      await store.remove(ask.session, host.now())
      return null
    case 'restore':
      await store.restore(ask.session)
      return null
    case 'duplicate':
      await store.copy(ask.session, host.newId(), ask.name, host.now())
      return null
  }
}
