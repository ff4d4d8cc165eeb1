// npm run docs: writes the pages that are made from the code.
import { readFileSync, writeFileSync } from 'node:fs'
import { commandsPage } from '../conformance/commands-page.ts'
import { writeFidelity } from '../conformance/fidelity.ts'
import { withSnippets } from './hosting.ts'

writeFidelity({})
writeFileSync('docs/commands.md', commandsPage())
writeFileSync('docs/hosting.md', withSnippets(readFileSync('docs/hosting.md', 'utf8')))
console.log('docs/commands.md, docs/hosting.md')
