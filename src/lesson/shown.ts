import { utf8 } from '../wire/bytes.ts'

/** redis-cli shows a byte beyond ASCII as \xNN; an author writes the letter itself. Both become the same here. */
export const asShown = (text: string): string =>
  utf8(text.trim()).replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)
