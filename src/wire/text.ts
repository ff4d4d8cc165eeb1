/** A sentence in both languages of the product. */
export interface Text {
  readonly en: string
  readonly ko: string
}

export type Language = keyof Text
export const languages: readonly Language[] = ['en', 'ko']
