// npm start [-- --port N]: installs what is missing, builds the site where it is not fresh, serves it.
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { buildSite, installPackages, root } from './ground.mjs'
import { serveFolder } from './static.mjs'

const usual = 7310

const { values } = parseArgs({ options: { port: { type: 'string' } } })
const port = Number(values.port ?? usual)
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port wants a number from 0 to 65535, not ${values.port}`)
  process.exit(1)
}
if (!installPackages() || !buildSite()) process.exit(1)

/** The usual port may be taken, then any free one is as good; one that was asked for is that or nothing. */
async function serve() {
  const dist = join(root, 'dist')
  try {
    return await serveFolder(dist, { port })
  } catch (error) {
    if (error.code !== 'EADDRINUSE' || values.port) throw error
    return serveFolder(dist, { port: 0 })
  }
}

try {
  const server = await serve()
  console.log(`Rediscover is at http://127.0.0.1:${server.port}/ (Ctrl+C ends it)`)
} catch (error) {
  console.error(error.code === 'EADDRINUSE' ? `port ${port} is taken; try another: npm start -- --port 0` : error)
  process.exit(1)
}
