import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { type Database, isDatabaseAway } from '../database/index.ts'
import { type RateLimit, RateLimiter } from '../http/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import { doorOfAddress, mailOfAddress } from './address-token.ts'
import { domainOf, mailSettings } from './settings.ts'
import { type ArrivedMail, isHere, LARGEST_INBOUND_BYTES, storeInbound, workspaceOfMail } from './store-inbound.ts'

export type SmtpReceiverSettings = {
  readonly host: string
  readonly port: number
  readonly database: Database
  readonly log: Log
  /**
   * The certificate for STARTTLS, asked for with each connection, so that a renewed one is shown without a restart. While there is none, STARTTLS is not offered and mail
   * comes in unencrypted, as the sending server's policy allows.
   */
  readonly certificate?: (() => ShownCertificate | undefined) | undefined
}

/** Key and chain as PEM. Another certificate is another object. */
export type ShownCertificate = { readonly key: string; readonly chain: string }

const withoutTls = ['AUTH', 'STARTTLS']
const MOST_RECIPIENTS = 5
const connections: RateLimit = { name: 'smtp-connection', requests: 60, seconds: 60 }
const recipients: RateLimit = { name: 'smtp-recipient', requests: 120, seconds: 60 }
/** Guessing address tokens is hopeless, and slow besides. */
const strangers: RateLimit = { name: 'smtp-stranger', requests: 20, seconds: 600 }

const answer = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode })
const unknown = () => answer(550, '5.1.1 Nobody is reached at this address')
const later = () => answer(451, '4.3.0 Please try again later')
const slower = () => answer(421, '4.7.0 Too much at once, please try again later')

/**
 * Receives mail itself, where the domain's MX record leads to this machine. Takes mail only for addresses with a token of ours, so that it can neither be flooded with
 * what nobody asked for nor pass mail on. A mail is acknowledged once it is stored.
 */
export async function startSmtpReceiver({
  host,
  port,
  database,
  log,
  certificate = () => undefined,
}: SmtpReceiverSettings): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const limiter = new RateLimiter()
  const allowed = (limit: RateLimit, ip: string) => limiter.take(limit, ip, database.clock().epochMilliseconds).allowed
  const targets = new WeakMap<object, Map<string, Target>>()

  async function targetOf(address: string): Promise<Target | undefined> {
    const mailId = mailOfAddress(mailSettings.get(), database.keys, address)
    if (mailId !== undefined) return (await workspaceOfMail(database, mailId)) !== undefined ? { mailId } : undefined
    const door = doorOfAddress(mailSettings.get(), database.keys, address)
    return door !== undefined && (await isHere(database, door.workspaceId)) ? { mailId: null, door } : undefined
  }
  const failure = (error: unknown) => {
    if (!isDatabaseAway(error)) log.error('relay.failed', errorFields(error))
    return later()
  }

  let shown: ShownCertificate | undefined
  /** Whether STARTTLS can be offered now, with the present certificate in place. */
  function offersTls(): boolean {
    const present = certificate()
    if (present && present !== shown) {
      server.updateSecureContext({ key: present.key, cert: present.chain, minVersion: 'TLSv1.2' })
      shown = present
    }
    return present !== undefined
  }

  const server = new SMTPServer({
    name: domainOf(mailSettings.get().from.address),
    banner: 'Frontdesk',
    authOptional: true,
    disabledCommands: withoutTls,
    disableReverseLookup: true,
    size: LARGEST_INBOUND_BYTES,
    maxClients: 50,
    socketTimeout: 60_000,
    closeTimeout: 5000,
    logger: false,
    onConnect(session, done) {
      try {
        session.disabledCommands = offersTls() ? ['AUTH'] : withoutTls
      } catch (error) {
        return done(failure(error)) // a certificate that cannot be read: the sender tries again, and the host finds it in the log
      }
      done(allowed(connections, session.remoteAddress) ? null : slower())
    },
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= MOST_RECIPIENTS) return done(answer(452, '4.5.3 Too many recipients'))
      if (!allowed(recipients, session.remoteAddress)) return done(slower())
      targetOf(address).then(
        (target) => {
          if (target === undefined) return done(allowed(strangers, session.remoteAddress) ? unknown() : slower())
          targets.set(session, (targets.get(session) ?? new Map()).set(address.toLowerCase(), target))
          done(null)
        },
        (error: unknown) => done(failure(error)),
      )
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      let size = 0
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= LARGEST_INBOUND_BYTES) chunks.push(chunk)
      })
      stream.on('error', () => done(later()))
      stream.on('end', () => {
        if (stream.sizeExceeded || size > LARGEST_INBOUND_BYTES) return done(answer(552, '5.3.4 This mail is too large'))
        const { mailFrom, rcptTo } = session.envelope
        const known = targets.get(session)
        const found = new Set(rcptTo.flatMap(({ address }) => known?.get(address.toLowerCase()) ?? []))
        const nullSender = !mailFrom || mailFrom.address === ''
        storeFor(database, found, Buffer.concat(chunks), nullSender).then(
          () => done(null),
          (error: unknown) => done(failure(error)),
        )
      })
    },
  })
  server.on('error', (error) => log.warn('mailbox.lost', { source: 'smtp', name: error.name, code: errorFields(error).code }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  log.info('mailbox.opened', { source: 'smtp' })
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

/** What an address of ours stands for: one of our mails, or the office or inbox of a workspace. */
type Target = Pick<ArrivedMail, 'mailId' | 'door'>

async function storeFor(database: Database, targets: ReadonlySet<Target>, raw: Buffer, nullSender: boolean): Promise<void> {
  for (const target of targets) await storeInbound(database, { source: 'smtp', raw, ...target, nullSender })
}
