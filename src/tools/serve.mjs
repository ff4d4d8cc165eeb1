// Serves dist/ as it is: node src/tools/serve.mjs [--port N] [--under /some/path/].
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './ground.mjs'
import { serveFolder } from './static.mjs'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, under: { type: 'string', default: '/' } },
})
const server = await serveFolder(join(root, 'dist'), { port: Number(values.port), under: values.under })
console.log(`http://127.0.0.1:${server.port}${values.under}`)
