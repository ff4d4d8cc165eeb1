// Another site, over TLS, as a teacher's lesson may lie on one. Its certificate is made on the spot and signed by itself;
// tests that use it set `ignoreHTTPSErrors`.
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A value of ASN.1 in DER: its tag, its length, what is in it. */
function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const inside = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)))
  const { length } = inside
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...head]), inside])
}

/** A certificate for this machine (RFC 5280), ECDSA with SHA-256. */
function certificate(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der(0x30, '06082a8648ce3d040302')
  const name = der(0x30, der(0x31, der(0x30, '0603550403', der(0x0c, Buffer.from('127.0.0.1')))))
  const years = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const body = der(0x30, 'a003020102', '020101', algorithm, name, years, name, spki)
  const signature = sign('sha256', body, privateKey)
  const whole = der(0x30, body, algorithm, der(0x03, '00', signature))
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

export type Answer = (response: ServerResponse) => void

export interface OtherSite {
  readonly origin: string
  /** What was asked for, with its headers. */
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[]
  close(): void
}

/** Serves these paths, to anybody; over TLS or, with `plain`, without. */
export async function otherSite(answers: Readonly<Record<string, Answer>>, plain = false): Promise<OtherSite> {
  const asked: OtherSite['asked'] = []
  const listen: Parameters<typeof createServer>[1] = ({ url = '/', headers }, response) => {
    asked.push({ path: url, headers })
    const answer = answers[url]
    if (answer) answer(response)
    else response.writeHead(404, { 'access-control-allow-origin': '*' }).end()
  }
  const server = plain ? createServer(listen) : createSecure(certificate(), listen)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    origin: `${plain ? 'http' : 'https'}://127.0.0.1:${port}`,
    asked,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
