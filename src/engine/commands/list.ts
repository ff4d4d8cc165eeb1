import { family } from '../command.ts'

export const list = family('list', [])
