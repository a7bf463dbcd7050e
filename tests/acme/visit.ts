import { request } from 'node:https'
import type { TLSSocket } from 'node:tls'

/** What a visitor gets over HTTPS, and the serial number of the certificate shown. */
export type Answer = {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
  readonly serial: string
}

/** Asks as a browser would that trusts only this root; rejects when the certificate is not good for the name. */
export function visit(wish: {
  readonly port: number
  readonly name: string
  readonly root: string
  readonly path: string
}): Promise<Answer> {
  const { port, name, root, path } = wish
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, servername: name, ca: root, agent: false, path, headers: { host: `${name}:${port}` } },
      async (response) => {
        const serial = (response.socket as TLSSocket).getPeerCertificate().serialNumber
        resolve({ status: response.statusCode, headers: response.headers, body: (await response.toArray()).join(''), serial })
      },
    )
    asked.once('error', reject).end()
  })
}
