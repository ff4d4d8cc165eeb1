// npm run docs: writes the pages that are made from the code.
import { writeFileSync } from 'node:fs'
import { commandsPage } from '../conformance/commands-page.ts'
import { writeFidelity } from '../conformance/fidelity.ts'

writeFidelity({})
writeFileSync('docs/commands.md', commandsPage())
console.log('docs/commands.md')
