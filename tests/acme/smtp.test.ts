import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { connect as secure, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../apps/server/src/platform/clock/index.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { openLog } from '../../apps/server/src/platform/log/index.ts'
import { mailSettings, startSmtpReceiver } from '../../apps/server/src/platform/mail/index.ts'
import { followCertificate, openPublicDoor, type PublicDoor } from '../../apps/server/src/platform/public-address/index.ts'
import { freePort } from '../../scripts/testing/free-port.ts'
import { untilTrue } from '../setup/desk.ts'
import { type Authority, startAuthority } from './authority.ts'

const domain = 'desk.example.com'
const keysFolder = mkdtempSync(path.join(tmpdir(), 'frontdesk-keys-'))
const log = openLog({ level: 'silent', role: 'worker' })
const test = await testDatabase()
mailSettings.provide({
  smtpUrl: undefined,
  from: { name: undefined, address: `desk@${domain}` },
  replies: { local: 'desk', domain, plus: true },
})
let authority: Authority
let receiver: Awaited<ReturnType<typeof startSmtpReceiver>>
let door: PublicDoor | undefined

beforeAll(async () => {
  authority = await startAuthority({ certificateSeconds: 16 })
  const certificate = followCertificate({ keysFolder, domain, clock: systemClock })
  receiver = await startSmtpReceiver({ host: '127.0.0.1', port: 0, database: test.database, log, certificate })
})
afterAll(async () => {
  await receiver.stop()
  await door?.close()
  await authority.stop()
  rmSync(keysFolder, { recursive: true, force: true })
})

/** The lines of one answer (RFC 5321 §4.2.1): the last has a space after its code. */
async function answerOn(lines: AsyncIterator<string>): Promise<string[]> {
  const answer: string[] = []
  for (;;) {
    const { value, done } = await lines.next()
    if (done) throw new Error(`The receiver hung up after ${answer.join(' / ') || 'nothing'}.`)
    answer.push(value)
    if (!/^\d{3}-/.test(value)) return answer
  }
}
const linesOf = (socket: Socket): { readonly lines: AsyncIterator<string>; readonly reader: Interface } => {
  const reader = createInterface({ input: socket })
  return { reader, lines: reader[Symbol.asyncIterator]() }
}

/** Knocks at a time of its own, because the receiver lets nobody in more than sixty times a minute. */
function knock(): Socket {
  test.clock.advance({ minutes: 1 })
  return connect(receiver.port, '127.0.0.1')
}

/** Greets as a sending server would. Answers what is offered, and the connection. */
async function greet(socket: Socket) {
  const { lines, reader } = linesOf(socket)
  await answerOn(lines)
  socket.write('EHLO mx.example\r\n')
  return { offers: await answerOn(lines), lines, reader }
}
const offersTls = async (): Promise<boolean> => {
  const socket = knock()
  const { offers } = await greet(socket)
  socket.destroy()
  return offers.some((line) => line.endsWith('STARTTLS'))
}

/** Goes over to TLS as a sending server does that trusts only this root and insists on the name. Answers the certificate's serial number and what is offered then. */
async function startTls(root: string): Promise<{ readonly serial: string; readonly protocol: string | null; readonly offers: string[] }> {
  const plain = knock()
  const { lines, reader } = await greet(plain)
  plain.write('STARTTLS\r\n')
  expect((await answerOn(lines))[0]).toMatch(/^220 /)
  reader.close()
  plain.removeAllListeners('data')
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const made = secure({ socket: plain, ca: root, servername: domain }, () => resolve(made)).once('error', reject)
  })
  const serial = socket.getPeerCertificate().serialNumber
  const again = linesOf(socket)
  socket.write('EHLO mx.example\r\n')
  const offers = await answerOn(again.lines)
  const protocol = socket.getProtocol()
  socket.destroy()
  return { serial, protocol, offers }
}

describe('the SMTP receiver of a domain', () => {
  it('offers no STARTTLS without a certificate, and certainly not one that everybody knows', async () => {
    expect(await offersTls()).toBe(false)
  })

  it('offers it as soon as there is one, and shows that of the domain', async () => {
    door = await openPublicDoor({
      domain: {
        name: domain,
        publicUrl: `https://${domain}`,
        httpPort: authority.httpPort,
        httpsPort: await freePort(),
        acmeDirectoryUrl: authority.directoryUrl,
        acmeEmail: 'owner@example.com',
      },
      keysFolder,
      answer: (_request, response) => response.end(),
      clock: systemClock,
      log,
    })
    await untilTrue(offersTls, 'STARTTLS')
    const { protocol, offers } = await startTls(await authority.root())
    expect(['TLSv1.2', 'TLSv1.3']).toContain(protocol)
    expect(offers.join(' ')).not.toMatch(/STARTTLS|AUTH/)
  })

  it('shows the renewed one without a restart', async () => {
    const root = await authority.root()
    const { serial } = await startTls(root)
    await untilTrue(async () => (await startTls(root)).serial !== serial, 'another certificate')
  })

  it('stops offering it once it has run out', async () => {
    await door?.close()
    await untilTrue(async () => !(await offersTls()), 'an end of the certificate')
  })
})
