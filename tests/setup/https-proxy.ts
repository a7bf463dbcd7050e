import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A small reverse proxy that ends TLS, as an operator puts one in front. */
export type HttpsProxy = {
  /** https://localhost:port */
  readonly url: string
  /** Says where requests go. Until then visitors get 502. */
  readonly leadTo: (target: string) => void
  readonly close: () => Promise<void>
}

/** Starts the proxy on a free port of loopback, with a certificate it signed itself. */
export async function startHttpsProxy(): Promise<HttpsProxy> {
  let target: string | undefined
  const server = createServer(selfSigned(), (asked, answer) => {
    const fail = () => void (answer.headersSent ? answer.destroy() : answer.writeHead(502).end())
    if (target === undefined) return fail()
    const headers = {
      ...asked.headers,
      'x-forwarded-for': asked.socket.remoteAddress ?? '',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': asked.headers.host ?? '',
    }
    const passed: ClientRequest = request(new URL(asked.url ?? '/', target), { method: asked.method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers)
      answer.flushHeaders() // a stream of events says nothing for a while
      given.pipe(answer)
    })
    passed.on('error', fail)
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `https://localhost:${port}`,
    leadTo: (url) => {
      target = url
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function selfSigned(): { readonly key: Buffer; readonly cert: Buffer } {
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-proxy-'))
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  try {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert], { stdio: 'pipe' })
    return { key: readFileSync(key), cert: readFileSync(cert) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
