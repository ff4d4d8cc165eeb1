// Runs a TypeScript program of ours: node src/tools/run.mjs src/hosts/tcp/main.ts [its arguments]. Node 20 reads no
// TypeScript, so Vite bundles it first (into .cache); packages stay where they are.
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const [entry, ...rest] = process.argv.slice(2)
if (!entry) throw new Error('usage: node src/tools/run.mjs FILE.ts [ARGUMENTS]')
process.chdir(root)

const name = `${basename(dirname(entry))}-${basename(entry, '.ts')}`
// As deep as src/tools: new URL('../../', import.meta.url) is the project's folder from both.
const outDir = join(root, '.cache', 'run')
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
  build: {
    ssr: entry,
    outDir,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: `${name}.mjs`, chunkFileNames: `${name}-[hash].mjs` } },
  },
})
process.setSourceMapsEnabled(true)
process.argv = [process.argv[0], join(outDir, `${name}.mjs`), ...rest]
await import(pathToFileURL(process.argv[1]).href)
