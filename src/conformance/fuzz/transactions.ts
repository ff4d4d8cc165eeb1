import { family } from './template.ts'

export const transactions = family('transactions', [
  'MULTI',
  'MULTI',
  'EXEC',
  'EXEC',
  'EXEC',
  'DISCARD',
  'WATCH ($key)...',
  'UNWATCH',
])
