// The families, in the order of the documentation. A family is one file: add its templates there and name it here.
// Two files may share a name: fields that expire belong to the hashes.
import { hashFields } from './fields.ts'
import { hashes } from './hashes.ts'
import { commands, expiry, keysFamily } from './keys.ts'
import { lists } from './lists.ts'
import { server } from './server.ts'
import { sets } from './sets.ts'
import { strings } from './strings.ts'
import type { Family } from './template.ts'
import { transactions } from './transactions.ts'
import { zsets } from './zsets.ts'

export { settings } from './settings.ts'

export const families: readonly Family[] = [
  strings,
  lists,
  hashes,
  hashFields,
  sets,
  zsets,
  keysFamily,
  expiry,
  commands,
  server,
  transactions,
]
