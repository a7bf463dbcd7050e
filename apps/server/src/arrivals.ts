import path from 'node:path'
import type pg from 'pg'
import { openPool } from './platform/database/index.ts'
import { errorFields } from './platform/log/index.ts'
import { startImapMailbox, startPersonMail, startSmtpReceiver } from './platform/mail/index.ts'
import { followCertificate } from './platform/public-address/index.ts'
import type { Services } from './services.ts'

type Part = { stop(): Promise<void> }

/** What the worker does about mail besides its jobs: mails to people outside of workspaces, the mailbox, the receiver. */
export async function startArrivals(services: Services, relay: pg.Pool): Promise<readonly Part[]> {
  const { config, clock, keys, log, listener, urls, database } = services
  const auth = openPool(urls.auth, 2, (error) => log.warn('database.connection_lost', { pool: 'auth', code: errorFields(error).code }))
  const people = startPersonMail({ auth, clock, keys, log, listener })
  const { imapUrl, receiverPort } = config.mail
  return [
    { stop: () => people.stop().then(() => auth.end()) },
    ...(imapUrl ? [startImapMailbox({ url: imapUrl, database, relay, log })] : []),
    ...(receiverPort !== undefined && !imapUrl
      ? [await startSmtpReceiver({ port: receiverPort, host: '0.0.0.0', database, log, certificate: certificateOf(services) })]
      : []),
  ]
}

/** The certificate that the web role obtains for the domain, where there is one. */
const certificateOf = ({ config: { domain, dataFolder }, clock }: Services) =>
  domain && followCertificate({ keysFolder: path.join(dataFolder, 'keys'), domain: domain.name, clock })
