// What every test begins with: both languages loaded, as a page has the one that is on.
import { languages } from '../../wire/text.ts'
import { loadMessages } from '../i18n/index.ts'

await Promise.all(languages.map(loadMessages))
