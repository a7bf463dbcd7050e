import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../scripts/testing/free-port.ts'
import { answers, type RunningDesk, removeDataFolder, startDesk, untilTrue } from '../setup/desk.ts'
import { type Authority, startAuthority } from './authority.ts'
import { visit } from './visit.ts'

const name = 'desk.example.com'
let authority: Authority
let desk: RunningDesk
let port: number

beforeAll(async () => {
  authority = await startAuthority({ certificateSeconds: 24 * 60 * 60 })
  port = await freePort()
  desk = await startDesk({
    args: ['--port', '0', '--domain', name],
    env: {
      HTTP_PORT: String(authority.httpPort),
      HTTPS_PORT: String(port),
      ACME_DIRECTORY_URL: authority.directoryUrl,
      NODE_EXTRA_CA_CERTS: authority.ownCertificate,
    },
  })
})
afterAll(async () => {
  await desk.stop()
  removeDataFolder(desk.dataFolder)
  await authority.stop()
})

const healthz = async () => visit({ port, name, root: await authority.root(), path: '/healthz' }).catch(() => undefined)

it('serves the whole desk under its domain, and shows the same certificate after the web role was killed', async () => {
  expect(desk.output()).toContain(`https://${name}`)
  expect(desk.output(), 'a router may lead 443 to the port it listens on').not.toContain(`${name}:${port}`)
  await untilTrue(async () => (await healthz())?.status === 200, 'HTTPS')
  const before = await healthz()
  expect(before?.headers['strict-transport-security']).toMatch(/max-age=\d{8}/)

  const { web } = desk.pids()
  process.kill(web!, 'SIGKILL')
  await untilTrue(async () => desk.pids().web !== web && (await answers(`${desk.url}/healthz`)), 'another web role')
  await untilTrue(async () => (await healthz())?.status === 200, 'HTTPS again')
  expect((await healthz())?.serial).toBe(before?.serial)
})
