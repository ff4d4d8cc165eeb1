// The families, in the order of the documentation. A family is one file: add its templates there and name it here.
import { fields } from './fields.ts'
import { hashes } from './hashes.ts'
import { catalog, expiry, keysFamily } from './keys.ts'
import { lists } from './lists.ts'
import { server } from './server.ts'
import { sets } from './sets.ts'
import { strings } from './strings.ts'
import type { Family } from './template.ts'
import { transactions } from './transactions.ts'
import { zsets } from './zsets.ts'

export const families: readonly Family[] = [
  strings,
  lists,
  hashes,
  fields,
  sets,
  zsets,
  keysFamily,
  expiry,
  catalog,
  server,
  transactions,
]
