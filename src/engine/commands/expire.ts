import { family } from '../command.ts'

export const expire = family('generic', [])
