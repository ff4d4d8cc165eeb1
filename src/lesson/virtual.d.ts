// What src/tools/lessons.ts makes of lessons/** when the site is built.
declare module 'virtual:lessons' {
  interface Track {
    readonly id: string
    readonly title: Readonly<Record<import('../wire/text.ts').Language, string>>
    readonly about: Readonly<Record<import('../wire/text.ts').Language, string>>
    readonly lessons: readonly {
      readonly id: string
      /** Inside lessons/, with the numbers that give the order. */
      readonly folder: string
      readonly title: Readonly<Record<import('../wire/text.ts').Language, string>>
      readonly minutes: number
      readonly languages: readonly import('../wire/text.ts').Language[]
      readonly clients: readonly string[]
      readonly actors: readonly string[]
      readonly db: number
    }[]
  }
  export const tracks: readonly Track[]
}

declare module 'virtual:lessons/steps' {
  export const steps: Readonly<
    Record<
      string,
      readonly { readonly id: string; readonly title: Readonly<Record<import('../wire/text.ts').Language, string>> }[]
    >
  >
}
