import { family } from '../command.ts'

export const hash = family('hash', [])
