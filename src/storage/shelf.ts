// What a person does to sessions in the list, be they open or not: a name, a copy, out and back again. None of it touches
// what an owner writes, so it needs no owner's number; names and removals lie on cards of their own. Loaded when needed.
import type { SessionId } from '../session/protocol.ts'
import { asked, type Disk, type Stores } from './disk.ts'
import { range, type Card, type HeadRecord, type LogPart } from './generations.ts'

/** Changes a session's card inside one transaction. */
function change(disk: Disk, id: SessionId, how: (card: Card) => Card): Promise<void> {
  return disk.write(async (stores) => {
    const card = await asked(stores('cards').get(id) as IDBRequest<Card | undefined>)
    await asked(stores('cards').put(how(card ?? {}), id))
  })
}

export const rename = (disk: Disk, id: SessionId, name: string) => change(disk, id, (card) => ({ ...card, name }))
export const remove = (disk: Disk, id: SessionId, now: number) =>
  change(disk, id, (card) => ({ ...card, removedAt: now }))
export const restore = (disk: Disk, id: SessionId) =>
  change(disk, id, ({ name }) => (name === undefined ? {} : { name }))

/** All records of one session under the name of another, as they are at one instant. */
export function copy(disk: Disk, id: SessionId, as: SessionId, name: string, now: number): Promise<void> {
  return disk.write(async (stores) => {
    const [head, notebook, keys, images, logKeys, logs] = await Promise.all([
      asked(stores('heads').get(id) as IDBRequest<HeadRecord | undefined>),
      asked(stores('notebooks').get(id) as IDBRequest<string | undefined>),
      asked(stores('images').getAllKeys(range(id))),
      asked(stores('images').getAll(range(id))),
      asked(stores('logs').getAllKeys(range(id))),
      asked(stores('logs').getAll(range(id)) as IDBRequest<LogPart[]>),
    ])
    if (!head) return
    const info = { ...head.info, id: as, name, createdAt: now, usedAt: now }
    const under = (key: IDBValidKey) => [as, (key as [SessionId, string | number])[1]]
    await Promise.all([
      asked(stores('heads').put({ ...head, info }, as)),
      ...(notebook === undefined ? [] : [asked(stores('notebooks').put(notebook, as))]),
      ...images.map((image, i) => asked(stores('images').put(image, under(keys[i]!)))),
      ...logs.map((log, i) => asked(stores('logs').put(log, under(logKeys[i]!)))),
    ])
  })
}

/** Lets go what was removed before this instant. The numbers of its owners stay: none of them may write it again. */
export function purge(disk: Disk, before: number): Promise<void> {
  return disk.write(async (stores) => {
    const [ids, cards] = await Promise.all([
      asked(stores('cards').getAllKeys()),
      asked(stores('cards').getAll() as IDBRequest<Card[]>),
    ])
    for (const [i, { removedAt }] of cards.entries())
      if (removedAt !== undefined && removedAt < before) letGo(stores, ids[i] as SessionId)
  })
}

function letGo(stores: Stores, id: SessionId): void {
  for (const name of ['heads', 'notebooks', 'cards'] as const) stores(name).delete(id)
  for (const name of ['images', 'logs'] as const) stores(name).delete(range(id))
}
