// What commands say of themselves, in both languages, stands in their records. It is a tenth of the engine, and no command
// needs it to run: the build of the site (tools/texts.ts) puts `textLater(n)` in its place, and the texts themselves into
// text-table.ts, which comes with whole.ts. Anywhere else the records are whole and the table is empty.
import type { Text } from '../wire/text.ts'

const places = new Map<number, Text>()

/** A text that is empty until it is filled in. */
export function textLater(n: number): Text {
  const place = { en: '', ko: '' }
  places.set(n, place)
  return place
}

/** Fills in the texts that were taken out. */
export function fillTexts(texts: readonly Text[]): void {
  for (const [n, place] of places) Object.assign(place, texts[n])
}
