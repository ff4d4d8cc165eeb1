// A static file server, as plain as the hosts that the site must work on, for this machine only. Under another path than
// / it proves that the site needs no place of its own.
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
}

/** Serves a folder; resolves, once it listens, with its port and how to close it. */
export function serveFolder(folder, { port, under = '/', headers = () => ({}) }) {
  const base = resolve(folder)
  const server = createServer((request, response) => {
    const file = fileOf(base, under, request)
    if (!file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      ...headers(new URL(request.url, 'http://localhost').pathname),
    })
    if (request.method === 'HEAD') response.end()
    else createReadStream(file).pipe(response)
  })
  return new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => done({ port: server.address().port, close: () => server.close() }))
  })
}

/** The file that a request means; null where there is none, or it is not inside the folder. */
function fileOf(base, under, { url, method }) {
  if (method !== 'GET' && method !== 'HEAD') return null
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
    if (!path.startsWith(under) || path.includes('\0')) return null
    const wanted = join(base, path.slice(under.length))
    const file = path.endsWith('/') ? join(wanted, 'index.html') : wanted
    return (file.startsWith(base + sep) || file === base) && statSync(file).isFile() ? file : null
  } catch {
    return null
  }
}
