// Pages of another site, with playgrounds in them. The tests' site is at 127.0.0.1; these are at localhost, on another port:
// another origin, and another site too, so that storage is parted or blocked as it is on the web.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Host {
  readonly origin: string
  /** Puts a page there, and returns its address. */
  readonly page: (path: string, html: string) => string
  readonly close: () => void
}

/** `icon`: what pages show in the tab; without one a browser asks for it, and logs that there is none. */
export async function openHost(icon: string): Promise<Host> {
  const pages = new Map<string, string>()
  const server = createServer((request, response) => {
    const html = pages.get(new URL(request.url ?? '/', 'http://localhost').pathname)
    response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
  })
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    origin,
    page(path, html) {
      pages.set(
        path,
        `<!doctype html><html lang="en"><link rel="icon" href="${icon}"><title>A course</title>${html}</html>`,
      )
      return origin + path
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
