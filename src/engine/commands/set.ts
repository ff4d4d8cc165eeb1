import { family } from '../command.ts'

export const set = family('set', [])
