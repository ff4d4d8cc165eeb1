// npm run docs: writes the pages that are made from the code.
import { writeFileSync } from 'node:fs'
import { commandsPage } from '../conformance/commands-page.ts'

writeFileSync('docs/commands.md', commandsPage())
console.log('docs/commands.md')
