// npm run serve:tcp -- --port 7777: the engine for redis-cli and every other client of Redis, on this machine only.
import { parseArgs } from 'node:util'
import { serve } from './server.ts'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '6379' }, host: { type: 'string', default: '127.0.0.1' } },
})
const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port wants a number from 0 to 65535, not ${values.port}`)
  process.exit(1)
}
try {
  const server = await serve(values.host, port)
  console.log(`ready on ${values.host}:${server.port}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
