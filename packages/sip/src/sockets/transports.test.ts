import { execFileSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { virtualClock } from '../clock.testing.ts'
import { machineClock } from '../clock.ts'
import { type Local, type Peer, type TransportOptions, Transports } from './transports.ts'

const message = (id: string, body = '') =>
  Buffer.from(
    `OPTIONS sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK${id}\r\nTo: <sip:a@b>\r\nFrom: <sip:c@d>;tag=1\r\nCall-ID: ${id}\r\nCSeq: 1 OPTIONS\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )

type Side = {
  readonly transports: Transports
  readonly heard: () => Promise<{ readonly text: string; readonly peer: Peer; readonly local: Local }>
  readonly troubles: string[]
}
const open: Transports[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

function side(options: Partial<TransportOptions> = {}): Side {
  const waiting: ((value: Awaited<ReturnType<Side['heard']>>) => void)[] = []
  const came: Awaited<ReturnType<Side['heard']>>[] = []
  const troubles: string[] = []
  const transports = new Transports({
    clock: machineClock,
    onMessage(bytes, peer, local) {
      const value = { text: bytes.toString(), peer, local }
      const next = waiting.shift()
      if (next) next(value)
      else came.push(value)
    },
    onTrouble: (trouble) => troubles.push(trouble),
    ...options,
  })
  open.push(transports)
  const heard = () => {
    const first = came.shift()
    return first ? Promise.resolve(first) : new Promise<Awaited<ReturnType<Side['heard']>>>((resolve) => waiting.push(resolve))
  }
  return { transports, heard, troubles }
}
const peerAt = ({ transport, address, port }: Local, domain?: string): Peer => ({ transport, address, port, ...(domain && { domain }) })

describe.each([
  ['UDP', '127.0.0.1'],
  ['TCP', '127.0.0.1'],
  ['UDP', '::1'],
  ['TCP', '::1'],
] as const)('%s at %s', (transport, address) => {
  it('carries messages both ways, and says where they came from', async () => {
    const server = side()
    const client = side()
    const there = await server.transports.listen({ transport, address, port: 0 })
    const here = await client.transports.listen({ transport, address, port: 0 })
    await client.transports.send(message('one', 'body'), peerAt(there))
    const { text, peer, local } = await server.heard()
    expect(text).toBe(message('one', 'body').toString())
    expect([peer.transport, peer.address, local.port]).toEqual([transport, address, there.port])
    if (transport === 'UDP') expect(peer.port).toBe(here.port)
    // A response goes back the way the request came, §18.2.2.
    await server.transports.send(message('two'), peer)
    expect((await client.heard()).text).toContain('Call-ID: two')
    expect(server.transports.localFor(transport, address)).toEqual(there)
  })
})

describe('a connection', () => {
  it('is used again, carries many messages, and ends with both sides', async () => {
    const server = side()
    const client = side()
    const there = await server.transports.listen({ transport: 'TCP', address: '127.0.0.1', port: 0 })
    await Promise.all(['a', 'b', 'c'].map((id) => client.transports.send(message(id), peerAt(there))))
    const texts = [await server.heard(), await server.heard(), await server.heard()].map(({ text }) => /Call-ID: (.)/.exec(text)?.[1])
    expect(texts).toEqual(['a', 'b', 'c'])
    expect([client.transports.connections, server.transports.connections]).toEqual([1, 1])
    expect(client.transports.hasConnection(peerAt(there))).toBe(true)
    await server.transports.close()
    await expect.poll(() => client.transports.connections).toBe(0)
  })

  it('that cannot be made is an error for who sends', async () => {
    const { port } = await new Promise<{ port: number }>((resolve) => {
      const taken = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = taken.address() as { port: number }
        taken.close(() => resolve({ port: free }))
      })
    })
    const client = side()
    await expect(client.transports.send(message('x'), { transport: 'TCP', address: '127.0.0.1', port })).rejects.toThrow('ECONNREFUSED')
    await expect(client.transports.send(message('x'), { transport: 'UDP', address: '127.0.0.1', port })).rejects.toThrow('no UDP socket')
    await expect.poll(() => client.transports.connections).toBe(0)
  })

  it('is closed when what comes is no SIP, and when too many are open', async () => {
    const server = side({ mostConnections: 1 })
    const there = await server.transports.listen({ transport: 'TCP', address: '127.0.0.1', port: 0 })
    const ended = (send: string) =>
      new Promise<void>((resolve) => {
        const socket = connect(there.port, '127.0.0.1', () => send && socket.write(send))
        socket.on('close', () => resolve())
        socket.on('error', () => {})
        socket.resume()
      })
    const first = side()
    await first.transports.send(message('first'), peerAt(there))
    await server.heard()
    await ended('') // the second
    await first.transports.send(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), peerAt(there))
    await expect.poll(() => server.troubles).toEqual(['is needed in a stream'])
    await expect.poll(() => first.transports.connections).toBe(0)
  })

  it('answers a double CRLF with one, and is closed when its own is not answered, RFC 5626 §4.4.1', async () => {
    const answering = side()
    const there = await answering.transports.listen({ transport: 'TCP', address: '127.0.0.1', port: 0 })
    const pong = await new Promise<string>((resolve) => {
      const socket = connect(there.port, '127.0.0.1', () => socket.write('\r\n\r\n'))
      socket.on('data', (data) => {
        resolve(data.toString())
        socket.destroy()
      })
    })
    expect(pong).toBe('\r\n')

    const clock = virtualClock()
    const client = side({ clock, keepAliveMs: 1000 })
    let came = ''
    const silent = createServer((socket) =>
      socket.on('data', (data) => {
        came += data.toString('latin1')
      }),
    )
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    await client.transports.send(message('x'), { transport: 'TCP', address: '127.0.0.1', port })
    clock.moveTo(1000)
    await expect.poll(() => came).toBe(`${message('x').toString()}\r\n\r\n`)
    clock.moveTo(10_999)
    expect(client.transports.connections).toBe(1)
    clock.moveTo(11_000)
    await expect.poll(() => client.transports.connections).toBe(0)
    expect(client.troubles).toEqual(['the other side does not answer any more'])
    silent.close()
  })
})

it('a datagram of line ends or less keeps a way open and says nothing', async () => {
  const server = side()
  const there = await server.transports.listen({ transport: 'UDP', address: '127.0.0.1', port: 0 })
  const socket = createSocket('udp4')
  for (const text of ['\r\n\r\n', '\0', message('real').toString()]) socket.send(text, there.port, '127.0.0.1')
  expect((await server.heard()).text).toContain('Call-ID: real')
  socket.close()
})

describe('TLS', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sip-tls-'))
  const made = (name: string, names: string) => {
    const file = (kind: string) => path.join(folder, `${name}.${kind}`)
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${name}`]
    execFileSync('openssl', ['req', '-x509', ...kind, '-addext', `subjectAltName=${names}`, '-keyout', file('key'), '-out', file('cert')], {
      stdio: 'pipe',
    })
    return { key: readFileSync(file('key')), cert: readFileSync(file('cert')) }
  }
  let byName: { readonly key: Buffer; readonly cert: Buffer }
  let byUri: { readonly key: Buffer; readonly cert: Buffer }
  beforeAll(() => {
    byName = made('name', 'DNS:sip.example.com')
    byUri = made('uri', 'URI:sip:example.com,DNS:host7.example.com')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  async function call(certificate: { key: Buffer; cert: Buffer }, trusted: Buffer | undefined, domain: string) {
    const server = side()
    const client = side(trusted ? { tls: { ca: trusted } } : {})
    const there = await server.transports.listen({ transport: 'TLS', address: '127.0.0.1', port: 0 }, certificate)
    await client.transports.send(message('secret'), peerAt(there, domain))
    return (await server.heard()).text
  }

  it('is refused where nobody vouches for the certificate', async () => {
    await expect(call(byName, undefined, 'sip.example.com')).rejects.toThrow('self-signed certificate')
  })

  it('is refused where the certificate is for another name, RFC 5922 §7.2', async () => {
    await expect(call(byName, byName.cert, 'sip.example.org')).rejects.toThrow("does not match certificate's altnames")
    // A certificate that names SIP domains is for those alone: the DNS name beside them counts no more.
    await expect(call(byUri, byUri.cert, 'host7.example.com')).rejects.toThrow('the certificate is for example.com')
  })

  it.each(['sip.example.com', 'example.com'])('carries messages where the certificate is for %s', async (domain) => {
    const certificate = domain === 'example.com' ? byUri : byName
    expect(await call(certificate, certificate.cert, domain)).toContain('Call-ID: secret')
  })
})
