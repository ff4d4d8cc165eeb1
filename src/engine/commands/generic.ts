import { family } from '../command.ts'

export const generic = family('generic', [])
