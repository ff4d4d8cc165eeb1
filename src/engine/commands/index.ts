// The families that come with the page's first load, in the order of the docs: what one meets first. All others stand in
// late.ts.
import type { Command } from '../command.ts'
import { connection } from './connection.ts'
import { expire } from './expire.ts'
import { generic } from './generic.ts'
import { hash } from './hash.ts'
import { scan } from './scan.ts'
import { string } from './string.ts'
import { transactions } from './transactions.ts'

export const families: readonly (readonly Command[])[] = [string, hash, generic, scan, expire, transactions, connection]
