import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** One mail as it arrived, envelope and bytes. */
export type ArrivedMail = { readonly to: readonly string[]; readonly messageId: string; readonly raw: string }

/** A real SMTP server on loopback that keeps what it is given. */
export type MailServer = {
  readonly url: string
  readonly arrived: readonly ArrivedMail[]
  close(): Promise<void>
}

/** Starts the server on a free port. */
export async function startMailServer(): Promise<MailServer> {
  const arrived: ArrivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8')
        const messageId = /^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? ''
        arrived.push({ to: session.envelope.rcptTo.map(({ address }) => address), messageId, raw })
        done()
      })
    },
  })
  server.on('error', () => undefined) // a sender that was killed in the middle
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
