import { family } from '../command.ts'

export const zset = family('sorted-set', [])
