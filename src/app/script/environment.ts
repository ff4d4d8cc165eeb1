// What Monaco finds when it starts; this must be read before any of Monaco's own files.
import { markupPolicy } from './markup.ts'

type Factory = NonNullable<Parameters<typeof markupPolicy>[0]>

const policy = markupPolicy((globalThis as { trustedTypes?: Factory }).trustedTypes)

Object.assign(globalThis, {
  MonacoEnvironment: {
    createTrustedTypesPolicy: (_: string, rules?: object) => (rules && 'createHTML' in rules ? policy : undefined),
  },
})
