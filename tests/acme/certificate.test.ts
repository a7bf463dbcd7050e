import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { request as plainRequest, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect, type SecureVersion } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../apps/server/src/platform/clock/index.ts'
import { openLog } from '../../apps/server/src/platform/log/index.ts'
import { openPublicDoor, type PublicDoor } from '../../apps/server/src/platform/public-address/index.ts'
import { freePort } from '../../scripts/testing/free-port.ts'
import { untilTrue } from '../setup/desk.ts'
import { type Authority, startAuthority } from './authority.ts'
import { visit as visitAt } from './visit.ts'

const keysFolder = mkdtempSync(path.join(tmpdir(), 'frontdesk-keys-'))
const log = openLog({ level: 'silent', role: 'web' })
const answer: RequestListener = (_request, response) => response.end('hello')
let authority: Authority
let httpsPort: number
const doors: PublicDoor[] = []

beforeAll(async () => {
  authority = await startAuthority({ certificateSeconds: 16 })
  httpsPort = await freePort()
})
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close()
})
afterAll(async () => {
  await authority.stop()
  rmSync(keysFolder, { recursive: true, force: true })
})

const open = async (name: string): Promise<PublicDoor> => {
  const domain = {
    name,
    httpPort: authority.httpPort,
    httpsPort,
    acmeDirectoryUrl: authority.directoryUrl,
    acmeEmail: 'owner@example.com',
    publicUrl: `https://${name}`,
  }
  const door = await openPublicDoor({ domain, keysFolder, answer, clock: systemClock, log })
  doors.push(door)
  return door
}
const whyOf = (door: PublicDoor): string => {
  const certificate = door.certificate()
  return certificate.state === 'missing' ? certificate.why : ''
}
const untilValid = (door: PublicDoor) => untilTrue(() => door.certificate().state === 'valid', `a certificate: ${whyOf(door)}`)

const visit = (root: string, name: string) => visitAt({ port: httpsPort, name, root, path: '/desk?x=1' })
const visitPlain = (place: string) =>
  new Promise<{ status: number | undefined; location: string | undefined; body: string }>((resolve, reject) => {
    const asked = plainRequest({ host: '127.0.0.1', port: authority.httpPort, path: place, agent: false }, async (response) => {
      resolve({ status: response.statusCode, location: response.headers.location, body: (await response.toArray()).join('') })
    })
    asked.once('error', reject).end()
  })

/** Offers one version of TLS alone, with ciphers as old as it is, so that a refusal is the server's own. */
const handshake = (version: SecureVersion) =>
  new Promise<string | null>((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port: httpsPort,
      servername: 'desk.example.com',
      minVersion: version,
      maxVersion: version,
      ciphers: 'DEFAULT:@SECLEVEL=0',
      rejectUnauthorized: false,
    })
    socket.once('secureConnect', () => {
      resolve(socket.getProtocol())
      socket.destroy()
    })
    socket.once('error', reject)
  })

describe('without a certificate', () => {
  it('says why the authority gives none, and what visitors get meanwhile', async () => {
    const door = await open('refused.example.com')
    await untilTrue(() => whyOf(door).includes('does not give certificates'), `a refusal: ${whyOf(door)}`)
    expect(await visitPlain('/')).toMatchObject({ status: 503, body: expect.stringContaining('refused.example.com is not ready yet.') })
    await expect(visit(await authority.root(), 'refused.example.com')).rejects.toThrow()
  })
})

describe('with a domain', () => {
  it('obtains a certificate, leads HTTP to HTTPS, and answers under that name alone [L1]', async () => {
    const door = await open('desk.example.com')
    await untilValid(door)
    const root = await authority.root()
    const { status, headers, body } = await visit(root, 'desk.example.com')
    expect([status, body, headers['strict-transport-security']]).toEqual([200, 'hello', 'max-age=63072000'])
    expect(await visitPlain('/book/haircut?day=1')).toMatchObject({
      status: 308,
      location: 'https://desk.example.com/book/haircut?day=1',
    })
    expect(await visitPlain('//evil.example.com/')).toMatchObject({ location: 'https://desk.example.com//evil.example.com/' })
    await expect(visit(root, 'other.example.com')).rejects.toThrow()
  })

  it('refuses the API over plain HTTP instead of leading on: a key must not go over the wire again and again [L1]', async () => {
    const door = await open('desk.example.com')
    await untilValid(door)
    for (const place of ['/api/v1/contacts', '/api/v1/contacts?q=ann', '//api/v1/contacts', '/%61pi/v1/me']) {
      const { status, location, body } = await visitPlain(place)
      expect([place, status, location, JSON.parse(body).type]).toEqual([place, 403, undefined, '/api/problems/http/https-required'])
    }
    for (const page of ['/api/docs', '/book/haircut']) expect((await visitPlain(page)).status, page).toBe(308)
  })

  it('speaks TLS 1.2 and 1.3, and nothing older [L1]', async () => {
    const door = await open('desk.example.com')
    await untilValid(door)
    expect([await handshake('TLSv1.3'), await handshake('TLSv1.2')]).toEqual(['TLSv1.3', 'TLSv1.2'])
    for (const old of ['TLSv1.1', 'TLSv1'] as const) await expect(handshake(old), old).rejects.toThrow(/alert protocol version/)
  })

  it('keeps the certificate and its keys to itself, and shows it again after a restart', async () => {
    const place = path.join(keysFolder, 'certificates')
    for (const name of readdirSync(place)) expect(statSync(path.join(place, name)).mode & 0o777, name).toBe(0o600)
    const orders = () => authority.output().match(/Issued certificate serial/g)?.length
    const before = orders()
    expect(before).toBe(1)
    const door = await open('desk.example.com')
    expect(door.certificate().state).toBe('valid')
    expect(orders()).toBe(before)
  })

  it('renews in time and swaps the certificate without a restart', async () => {
    const door = await open('desk.example.com')
    await untilValid(door)
    const root = await authority.root()
    const { serial } = await visit(root, 'desk.example.com')
    await untilTrue(async () => (await visit(root, 'desk.example.com')).serial !== serial, 'another certificate')
  })
})
