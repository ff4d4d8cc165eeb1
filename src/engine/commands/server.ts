import { family } from '../command.ts'

export const server = family('server', [])
