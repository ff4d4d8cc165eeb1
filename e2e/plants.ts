// Ways to break a page's policy, planted into the page by a hand that is already inside: each is something that an
// injected script, or one careless line of ours, would do. And the host on the other side, which must hear nothing of it.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

const font = fileURLToPath(
  new URL(
    '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
    import.meta.url,
  ),
)

/** A sound of no length: the shortest file that a browser plays. */
function silence(): Buffer {
  const wav = Buffer.alloc(46)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(38, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(8000, 24)
  wav.writeUInt32LE(16000, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(2, 40)
  return wav
}

const bodies: Readonly<Record<string, readonly [type: string, body: () => string | Buffer]>> = {
  '.js': ['text/javascript', () => 'globalThis.planted?.()'],
  '.css': ['text/css', () => 'body { outline-width: 0 }'],
  '.svg': ['image/svg+xml', () => '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
  '.html': ['text/html', () => '<script>parent.postMessage("planted", "*")</script>'],
  '.woff2': ['font/woff2', () => readFileSync(font)],
  '.wav': ['audio/wav', silence],
  '.events': ['text/event-stream', () => 'retry: 100000\ndata: planted\n\n'],
}

/** Another host, which serves whatever it is asked for to anybody and remembers that it was asked. */
export async function foreignHost(): Promise<{ origin: string; asked: string[]; close(): void }> {
  const asked: string[] = []
  const answer = ({ url = '/' }: IncomingMessage, response: ServerResponse) => {
    const path = url.split('?', 1)[0]!
    asked.push(path)
    const [type, body] = bodies[/\.\w+$/.exec(path)?.[0] ?? '.html'] ?? bodies['.html']!
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body())
  }
  const server = createServer(answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, asked, close: () => void server.close() }
}

/**
 * Runs in the page: plants one after the other and waits until each has got through, or was reported as a violation of
 * what should hold it back. Tells, for each, `through` or the directive.
 */
export async function plantAll(foreign: string): Promise<Record<string, string>> {
  const make = <K extends keyof HTMLElementTagNameMap>(tag: K, facts: Record<string, string> = {}) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(facts)) element.setAttribute(name, value)
    return element
  }
  const put = (element: HTMLElement) => document.body.appendChild(element)
  const loads = (element: HTMLElement) => new Promise((done) => put(element).addEventListener('load', done))
  const isPlanted = () => new Promise<void>((done) => Object.assign(globalThis, { planted: done }))
  /** What makes code of a string calls this. */
  const code = 'globalThis.planted()'
  const ran = (plant: () => unknown) => {
    const planted = isPlanted()
    plant()
    return planted
  }
  const framed = (plant: () => unknown) =>
    new Promise<void>((done) => {
      addEventListener('message', ({ data }) => data === 'planted' && done())
      plant()
    })
  interface Factory {
    createPolicy(name: string, rules: object): unknown
  }
  const { trustedTypes } = globalThis as unknown as { trustedTypes: Factory }
  const script = /^(?:script-src(?:-elem|-attr)?|require-trusted-types-for)$/

  const embedded = /^(?:object-src|frame-src|require-trusted-types-for)$/

  const plants: Record<string, readonly [held: RegExp, plant: () => unknown]> = {
    'a script element': [
      script,
      () =>
        ran(() => {
          const element = make('script')
          element.append(code)
          put(element)
        }),
    ],
    'an event handler': [script, () => ran(() => put(make('img', { src: 'data:,', onerror: code })))],
    'a javascript: address': [script, () => ran(() => put(make('a', { href: `javascript:${code}` })).click())],
    // oxlint-disable-next-line no-eval
    eval: [script, () => ran(() => (0, eval)(code))],
    // oxlint-disable-next-line typescript/no-implied-eval
    'new Function': [script, () => ran(() => new Function(code)())],
    // oxlint-disable-next-line typescript/no-implied-eval
    'setTimeout of a string': [script, () => ran(() => setTimeout(code))],
    'a script of another host': [script, () => ran(() => put(make('script', { src: `${foreign}/script.js` })))],
    'an import from another host': [script, () => ran(() => void import(`${foreign}/import.js`).catch(() => null))],
    'a preload from another host': [
      script,
      () => loads(make('link', { rel: 'preload', as: 'script', href: `${foreign}/preload.js` })),
    ],
    'a worker made of text': [
      script,
      () =>
        new Promise((done) => {
          const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))
          worker.addEventListener('message', done)
        }),
    ],
    innerHTML: [script, () => ran(() => (put(make('p')).innerHTML = `<img src="data:," onerror="${code}">`))],
    insertAdjacentHTML: [
      script,
      () => ran(() => put(make('p')).insertAdjacentHTML('beforeend', `<img src="data:," onerror="${code}">`)),
    ],
    srcdoc: [
      script,
      () => framed(() => put(make('iframe', { srcdoc: '<script>parent.postMessage("planted", "*")</script>' }))),
    ],
    'a document parsed from text': [script, () => new DOMParser().parseFromString('<p>', 'text/html')],
    'a policy of another name': [/^trusted-types$/, () => trustedTypes.createPolicy('mine', {})],
    'a policy of our name': [
      /^trusted-types$/,
      () => trustedTypes.createPolicy('rediscover', { createHTML: (html: string) => html }),
    ],
    'an image': [/^img-src$/, () => loads(make('img', { src: `${foreign}/image.svg` }))],
    fetch: [/^connect-src$/, () => fetch(`${foreign}/fetch.js`)],
    EventSource: [
      /^connect-src$/,
      () =>
        new Promise((done) => {
          const source = new EventSource(`${foreign}/source.events`)
          source.addEventListener('message', () => done(source.close()))
        }),
    ],
    'a style sheet': [/^style-src/, () => loads(make('link', { rel: 'stylesheet', href: `${foreign}/style.css` }))],
    '@import': [
      /^style-src/,
      () => {
        const style = make('style')
        style.append(`@import "${foreign}/import.css";`)
        return loads(style)
      },
    ],
    'a font': [/^font-src$/, () => new FontFace('planted', `url(${foreign}/font.woff2)`).load()],
    'a sound': [
      /^media-src$/,
      () =>
        new Promise((done) => put(make('audio', { src: `${foreign}/sound.wav` })).addEventListener('canplay', done)),
    ],
    'a frame': [/^frame-src$/, () => framed(() => put(make('iframe', { src: `${foreign}/frame.html` })))],
    object: [embedded, () => framed(() => put(make('object', { data: `${foreign}/object.html`, type: 'text/html' })))],
    embed: [embedded, () => framed(() => put(make('embed', { src: `${foreign}/embed.html`, type: 'text/html' })))],
    'a form': [
      /^form-action$/,
      () =>
        framed(() => {
          put(make('iframe', { name: 'answer' }))
          const form = make('form', { action: `${foreign}/form.html`, target: 'answer' })
          put(form)
          form.submit()
        }),
    ],
    'a base': [
      /^base-uri$/,
      () => {
        const base = make('base', { href: `${foreign}/` })
        document.head.prepend(base)
        const moved = document.baseURI.startsWith(foreign)
        base.remove()
        if (!moved) throw new Error('the address is as it was')
      },
    ],
  }

  const told: Record<string, string> = {}
  for (const [name, [held, plant]] of Object.entries(plants)) {
    // What threw was held back; the report of it is on its way.
    const through = async () => {
      try {
        await plant()
        return 'through'
      } catch {
        return new Promise<never>(() => undefined)
      }
    }
    const reported = new Promise<string>((done) => {
      const hear = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
        if (!held.test(effectiveDirective)) return
        document.removeEventListener('securitypolicyviolation', hear)
        done(effectiveDirective)
      }
      document.addEventListener('securitypolicyviolation', hear)
    })
    told[name] = await Promise.race([through(), reported])
  }
  return told
}
