// The build fills this with the texts that it takes out of the commands' records (tools/texts.ts).
import type { Text } from '../wire/text.ts'

export const texts: readonly Text[] = []
