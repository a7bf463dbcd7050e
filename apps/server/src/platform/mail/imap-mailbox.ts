import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { MailId } from '@frontdesk/contract'
import { ImapFlow } from 'imapflow'
import type pg from 'pg'
import type { Database } from '../database/index.ts'
import { mayLeave, serverMayUse } from '../egress/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import { type Door, doorOfAddress, mailOfAddress, mailsNamedIn } from './address-token.ts'
import type { MailboxRow } from './mail.tables.ts'
import { mailSettings } from './settings.ts'
import { LARGEST_INBOUND_BYTES, storeInbound, workspaceOfMail } from './store-inbound.ts'

export type ImapMailboxSettings = {
  /** `imaps://user:password@host/Folder`; the inbox unless a folder is named. */
  readonly url: string
  readonly database: Database
  /** As the relay role; keeps how far the mailbox was read. */
  readonly relay: pg.Pool
  readonly log: Log
  /** How often to look even if the server says nothing. */
  readonly lookSeconds?: number
}

/** Headers in which our address may stand: servers that rewrite the envelope leave it in one of them. */
const ADDRESSED = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-forwarded-to', 'original-recipient']
const ASKED = [...ADDRESSED, 'in-reply-to', 'references', 'return-path', 'content-type']
const BATCH = 200
const RETRY_MS = [1000, 2000, 5000, 15_000, 30_000, 60_000] as const
/** A server that finds our connection idle for longer may close it (RFC 9051 §5.4: 30 minutes). */
const LOOK_SECONDS = 60

/** Mails of workspaces that do not accept the mailbox's provider wait in it; of more than these the oldest are forgotten, and stay there. */
const MOST_LEFT = 1000
/** What comes through it, as the register of processors asks. */
const READING = { connection: 'imap', purpose: 'communication', categories: ['name', 'contact_details', 'communication'] } as const

/** Reads a mailbox: at once when the server tells of new mail, by a look every minute otherwise, and again after every lost connection. */
export function startImapMailbox(settings: ImapMailboxSettings): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let client: ImapFlow | undefined

  async function live(): Promise<void> {
    let stopped = false
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        const was = stopped
        stopped = !(await serverMayUse(settings.database, READING)).allowed
        if (stopped) {
          if (!was) settings.log.warn('mailbox.stopped', { source: 'imap' })
          await delay(lookMsOf(settings), undefined, { signal: stopping.signal }).catch(() => undefined)
          continue
        }
        client = connectionTo(settings.url)
        await readWhileConnected(client, settings, stopping.signal, () => {
          failures = 0
        })
      } catch (error) {
        if (stopping.signal.aborted) break
        const { name, code } = errorFields(error)
        settings.log.warn('mailbox.lost', { source: 'imap', name, code })
      } finally {
        client?.close()
      }
      const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const living = live()
  return {
    async stop() {
      stopping.abort()
      client?.close()
      await living
    },
  }
}

function connectionTo(address: string): ImapFlow {
  const url = new URL(address)
  const secure = url.protocol === 'imaps:'
  const client = new ImapFlow({
    host: url.hostname,
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    connectionTimeout: 30_000,
    greetingTimeout: 15_000,
    socketTimeout: 5 * 60_000,
    maxIdleTime: 4 * 60_000,
    autoIdleDelay: 500, // new mail is told of while idling only
  })
  client.on('error', () => undefined) // the command that runs fails as well, and tells
  return client
}

const lookMsOf = ({ lookSeconds }: ImapMailboxSettings): number => (lookSeconds ?? LOOK_SECONDS) * 1000

const folderOf = (address: string): string => decodeURIComponent(new URL(address).pathname.slice(1)) || 'INBOX'

async function readWhileConnected(client: ImapFlow, settings: ImapMailboxSettings, signal: AbortSignal, opened: () => void): Promise<void> {
  let wake: () => void = () => undefined
  let news = true
  let gone = false
  const stir = () => {
    news = true
    wake()
  }
  client.on('exists', stir)
  client.on('close', () => {
    gone = true
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })

  await client.connect()
  const mailbox = await client.mailboxOpen(folderOf(settings.url))
  settings.log.info('mailbox.opened', { source: 'imap' })
  opened()
  const lookMs = lookMsOf(settings)
  while (!signal.aborted && !gone) {
    if (!(await serverMayUse(settings.database, READING)).allowed) return
    if (news) {
      news = false
      await readNew(client, Number(mailbox.uidValidity), settings)
    }
    if (news || gone || signal.aborted) continue
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lookMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    if (!news && !gone && !signal.aborted) {
      await client.noop()
      news = true
    }
  }
  if (gone && !signal.aborted) throw Object.assign(new Error('The mailbox’s server closed the connection.'), { code: 'closed' })
}

/** Reads what came since the last time. First the headers; whole mails only where an address token or a reference leads to a mail of ours. Everything else is left alone. */
async function readNew(client: ImapFlow, uidValidity: number, settings: ImapMailboxSettings): Promise<void> {
  const name = mailboxName(settings.url)
  const place = await placeIn(settings.relay, name, uidValidity)
  let { last } = place
  const left = await takeAgain(client, settings.database, place.left)
  if (left.length !== place.left.length) await keepPlace(settings, name, uidValidity, { last, left })
  for (;;) {
    const batch = await client.fetchAll(`${last + 1}:${last + BATCH}`, { uid: true, size: true, headers: ASKED }, { uid: true })
    const found = batch.filter(({ uid }) => uid > last).sort((one, other) => one.uid - other.uid)
    for (const { uid, size, headers } of found) {
      if (headers && (size ?? 0) <= LARGEST_INBOUND_BYTES) {
        const taken = await take(client, settings.database, uid, unfold(headers.toString('latin1')))
        if (taken === 'left') left.push(uid)
      }
      last = uid
      await keepPlace(settings, name, uidValidity, { last, left })
    }
    if (found.length > 0) continue
    const next = await nextUid(client, last)
    if (next === undefined) return
    last = next - 1 // a gap longer than a batch
  }
}

/** The lowest UID above this one. */
async function nextUid(client: ImapFlow, last: number): Promise<number | undefined> {
  const above = (await client.search({ uid: `${last + 1}:*` }, { uid: true })) || []
  // "n:*" always answers with the last mail, even if its UID is lower (RFC 9051 §9).
  const higher = above.filter((uid) => uid > last)
  return higher.length === 0 ? undefined : Math.min(...higher)
}

type Headers = readonly (readonly [string, string])[]

/** Mails that were left for a workspace that did not accept the mailbox's provider. Answers which of them still have to wait. */
async function takeAgain(client: ImapFlow, database: Database, left: readonly number[]): Promise<number[]> {
  if (left.length === 0) return []
  const still: number[] = []
  const found = await client.fetchAll(left.join(','), { uid: true, headers: ASKED }, { uid: true })
  for (const { uid, headers } of found) {
    if (headers && (await take(client, database, uid, unfold(headers.toString('latin1')))) === 'left') still.push(uid)
  }
  return still
}

/** Stores a mail if it leads to one of ours; `left` where the workspace it is for does not accept the mailbox's provider, so that no word of it is fetched. */
async function take(client: ImapFlow, database: Database, uid: number, headers: Headers): Promise<'done' | 'left'> {
  const source = async () => {
    const whole = await client.fetchOne(String(uid), { source: true }, { uid: true })
    return whole === false ? undefined : whole?.source
  }
  const isReport = headers.some(([name, value]) => name === 'content-type' && /multipart\/report/i.test(value))
  let mailId = await firstOfOurs(database, namedByHeaders(headers, database))
  // A bounce that came back to the plain address names our mail only in what it quotes.
  if (mailId === undefined && isReport) mailId = await firstOfOurs(database, mailsNamedIn((await source())?.toString('latin1')))
  const door = mailId === undefined ? doorNamedBy(headers, database) : undefined
  if (mailId === undefined && door === undefined) return 'done'
  const workspaceId = door?.workspaceId ?? (mailId && (await workspaceOfMail(database, mailId)))
  if (workspaceId && !(await database.inWorkspace(workspaceId, (tx) => mayLeave(tx, READING))).allowed) return 'left'
  const raw = await source()
  if (raw === undefined) return 'done'
  const nullSender = headers.some(([name, value]) => name === 'return-path' && /^<\s*>$/.test(value))
  await storeInbound(database, { source: 'imap', raw, mailId: mailId ?? null, ...(door ? { door } : {}), nullSender })
  return 'done'
}

async function firstOfOurs(database: Database, mailIds: readonly MailId[]): Promise<MailId | undefined> {
  for (const mailId of mailIds.slice(0, 20)) if ((await workspaceOfMail(database, mailId)) !== undefined) return mailId
  return undefined
}

/** A token of ours proves that its bearer had a mail from us. A reference does so nearly: ids of mails are never shown elsewhere. */
function namedByHeaders(headers: Headers, { keys }: Database): readonly MailId[] {
  const settings = mailSettings.get()
  const addressed = addressesIn(headers).flatMap((address) => mailOfAddress(settings, keys, address) ?? [])
  const referred = headers
    .filter(([name]) => name === 'in-reply-to' || name === 'references')
    .flatMap(([, value]) => mailsNamedIn(value).toReversed())
  return [...new Set([...addressed, ...referred])]
}

/** The office or inbox that a mail went to. */
const doorNamedBy = (headers: Headers, { keys }: Database): Door | undefined =>
  addressesIn(headers).flatMap((address) => doorOfAddress(mailSettings.get(), keys, address) ?? [])[0]

const addressesIn = (headers: Headers): readonly string[] =>
  headers.filter(([name]) => ADDRESSED.includes(name)).flatMap(([, value]) => value.match(/[^\s<>",;:()[\]]+@[^\s<>",;:()[\]]+/g) ?? [])

const unfold = (text: string): Headers =>
  text
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':')
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const] : []
    })

/** A mailbox by its server, user and folder, without saying them. */
function mailboxName(address: string): string {
  const url = new URL(address)
  return createHash('sha256')
    .update(`${url.host}|${url.username}|${folderOf(address)}`)
    .digest('base64url')
    .slice(0, 22)
}

type Place = { readonly last: number; readonly left: readonly number[] }

async function placeIn(relay: pg.Pool, name: string, uidValidity: number): Promise<Place> {
  const { rows } = await relay.query<MailboxRow>('select uid_validity, last_uid, left_uids from platform.mailbox where name = $1', [name])
  // Another UIDVALIDITY: the server counts anew (RFC 9051 §2.3.1.1). What was stored before is known by its hash.
  const row = rows[0]?.uid_validity === uidValidity ? rows[0] : undefined
  return { last: row?.last_uid ?? 0, left: (row?.left_uids ?? []).map(Number) }
}

async function keepPlace(
  { relay, database }: ImapMailboxSettings,
  name: string,
  uidValidity: number,
  { last, left }: Place,
): Promise<void> {
  await relay.query(
    `insert into platform.mailbox (name, uid_validity, last_uid, left_uids, read_at) values ($1, $2, $3, $4, $5)
     on conflict (name) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, left_uids = excluded.left_uids, read_at = excluded.read_at`,
    [name, uidValidity, last, left.slice(-MOST_LEFT), database.clock()],
  )
}
