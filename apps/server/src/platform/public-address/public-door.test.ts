import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock/index.ts'
import { openLog } from '../log/index.ts'
import { openPublicDoor, type PublicDoor, type PublicDoorSettings } from './index.ts'

const keysFolder = mkdtempSync(path.join(tmpdir(), 'frontdesk-door-'))
const doors: PublicDoor[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const door of doors.splice(0)) await door.close()
})
afterAll(() => rmSync(keysFolder, { recursive: true, force: true }))

type Ports = { readonly plain: number; readonly secure: number }

/** A door that waits for no more than a moment, before its certificate has come. */
async function open(settings: Pick<PublicDoorSettings, 'patience' | 'connections'>): Promise<Ports> {
  const [plain, secure] = [await freePort(), await freePort()]
  const domain = {
    name: 'desk.example.com',
    httpPort: plain,
    httpsPort: secure,
    acmeDirectoryUrl: 'https://127.0.0.1:1/nobody',
    acmeEmail: undefined,
    publicUrl: 'https://desk.example.com',
  }
  const log = openLog({ level: 'silent', role: 'web' })
  const answer = () => undefined
  doors.push(await openPublicDoor({ domain, keysFolder, answer, clock: systemClock, log, ...settings }))
  return { plain, secure }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

const knock = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

/** What somebody is told until her connection is closed. */
async function toldUntilClosed(socket: Socket): Promise<string> {
  let told = ''
  socket.on('data', (chunk) => (told += chunk))
  await closed(socket)
  return told
}

/** However it ends: by a word or by a reset. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()))

const short = { headersTimeout: 100, requestTimeout: 150, keepAliveTimeout: 50, connectionsCheckingInterval: 20, handshakeTimeout: 100 }

describe('somebody who keeps her place without being served', () => {
  it('is cut off when she says nothing at all', async () => {
    const { plain } = await open({ patience: short })
    await toldUntilClosed(await knock(plain))
  })

  it('is cut off when she sends one header after the other', async () => {
    const { plain } = await open({ patience: short })
    const socket = await knock(plain)
    socket.write('GET / HTTP/1.1\r\nhost: desk.example.com\r\n')
    const more = setInterval(() => socket.write('x-slow: 1\r\n'), 10)
    expect(await toldUntilClosed(socket)).toContain('408 Request Timeout')
    clearInterval(more)
  })

  it('is cut off when she never begins the handshake', async () => {
    const { secure } = await open({ patience: short })
    await toldUntilClosed(await knock(secure))
  })

  it('is let go soon after her answer', async () => {
    const { plain } = await open({ patience: short })
    const socket = await knock(plain)
    socket.write('GET / HTTP/1.1\r\nhost: desk.example.com\r\n\r\n')
    expect(await toldUntilClosed(socket)).toContain('503 Service Unavailable')
  })
})

describe('a door that is full', () => {
  const served = async (port: number): Promise<boolean> => {
    const socket = await knock(port)
    const refused = closed(socket).then(() => false)
    const answered = new Promise<boolean>((resolve) => socket.once('data', () => resolve(true)))
    socket.write('GET / HTTP/1.1\r\nhost: desk.example.com\r\n\r\n')
    return Promise.race([answered, refused])
  }

  it('refuses more connections of one address than its share, and serves it again once some have ended', async () => {
    const { plain } = await open({ connections: { all: 100, ofOneAddress: 2 } })
    const [first] = [await knock(plain), await knock(plain)]
    expect(await served(plain)).toBe(false)
    first.end()
    await closed(first)
    expect(await served(plain)).toBe(true)
  })

  it('refuses more connections than it can hold', async () => {
    const { plain } = await open({ connections: { all: 1, ofOneAddress: 100 } })
    await knock(plain)
    expect(await served(plain)).toBe(false)
  })

  it('refuses them before a handshake is computed', async () => {
    const { secure } = await open({ connections: { all: 100, ofOneAddress: 1 } })
    await knock(secure)
    await toldUntilClosed(await knock(secure))
  })
})
