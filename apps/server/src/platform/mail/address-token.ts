import { createHmac, timingSafeEqual } from 'node:crypto'
import type { MailId, WorkspaceId } from '@frontdesk/contract'
import type { Keys } from '../crypto/index.ts'
import type { MailSettings } from './settings.ts'

const LABEL = 'mail address'
/** Under which label the addresses of a workspace itself are signed: its privacy office, and its inbox. */
const doors = { office: 'privacy address', inbox: 'inbox address' } as const
const MAC_BYTES = 8 // short, because an address is; a guess is checked online only, and opens no more than writing into one conversation
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567' // RFC 4648 §6 in lower case: mail servers do not keep upper case
const LONGEST_LOCAL_PART = 64 // RFC 5321 §4.5.3.1.1

const macOf = (key: Buffer, id: Buffer) => createHmac('sha256', key).update(id).digest().subarray(0, MAC_BYTES)

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

/** A token that leads back to one mail of ours: key id (4), then mail id and MAC in base 32 (39). */
export const addressToken = (keys: Keys, mailId: MailId): string => tokenOf(keys, LABEL, mailId)

/** The mail a token leads to, or undefined when it is not one of ours. */
export const readAddressToken = (keys: Keys, token: string): MailId | undefined => idOfToken(keys, LABEL, token) as MailId | undefined

function tokenOf(keys: Keys, label: string, uuid: string): string {
  const { keyId, key } = keys.subkey('link', label)
  const id = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  return keyId + toBase32(Buffer.concat([id, macOf(key, id)]))
}

function idOfToken(keys: Keys, label: string, token: string): string | undefined {
  if (!/^[a-z0-9]{4}[a-z2-7]{39}$/.test(token)) return undefined
  const bytes = fromBase32(token.slice(4))
  const [id, mac] = [bytes.subarray(0, 16), bytes.subarray(16, 16 + MAC_BYTES)]
  const key = keyOf(keys, label, token.slice(0, 4))
  if (!key || mac.length !== MAC_BYTES || !timingSafeEqual(macOf(key, id), mac)) return undefined
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function keyOf(keys: Keys, label: string, keyId: string): Buffer | undefined {
  try {
    return keys.subkey('link', label, keyId).key
  } catch {
    return undefined // not a key of ours, so not a token of ours
  }
}

/** The address for answers to one mail, with its token where the mailbox has room for one; undefined where nothing comes in. */
export function replyAddress(settings: MailSettings, keys: Keys, mailId: MailId): string | undefined {
  if (!settings.replies) return undefined
  const { local, domain, plus } = settings.replies
  const withToken = `${local}+${addressToken(keys, mailId)}`
  return plus && withToken.length <= LONGEST_LOCAL_PART ? `${withToken}@${domain}` : `${local}@${domain}`
}

/** An address of a workspace itself. */
export type Door = { readonly kind: keyof typeof doors; readonly workspaceId: WorkspaceId }

/** The address at which the privacy office or the inbox of a workspace takes mail; undefined where nothing comes in, or the mailbox has no room for a token. */
export function doorAddress(settings: MailSettings, keys: Keys, { kind, workspaceId }: Door): string | undefined {
  // Without a mail server of the business's own there is no domain at which anything could arrive.
  if (!settings.replies?.plus || settings.replies.domain.endsWith('.invalid')) return undefined
  const { local, domain } = settings.replies
  const withToken = `${local}+${tokenOf(keys, doors[kind], workspaceId)}`
  return withToken.length <= LONGEST_LOCAL_PART ? `${withToken}@${domain}` : undefined
}

/** The mail an address of ours stands for, or undefined. */
export function mailOfAddress(settings: MailSettings, keys: Keys, address: string): MailId | undefined {
  const token = tokenIn(settings, address)
  return token === undefined ? undefined : readAddressToken(keys, token)
}

/** The office or inbox that an address of ours stands for, or undefined. */
export function doorOfAddress(settings: MailSettings, keys: Keys, address: string): Door | undefined {
  const token = tokenIn(settings, address)
  if (token === undefined) return undefined
  for (const kind of ['office', 'inbox'] as const) {
    const workspaceId = idOfToken(keys, doors[kind], token) as WorkspaceId | undefined
    if (workspaceId !== undefined) return { kind, workspaceId }
  }
  return undefined
}

function tokenIn(settings: MailSettings, address: string): string | undefined {
  const at = address.lastIndexOf('@')
  const [local, domain] = [address.slice(0, at).toLowerCase(), address.slice(at + 1).toLowerCase()]
  if (!settings.replies || domain !== settings.replies.domain) return undefined
  const prefix = `${settings.replies.local.toLowerCase()}+`
  return local.startsWith(prefix) ? local.slice(prefix.length) : undefined
}

/**
 * Mails that a Message-ID, In-Reply-To or References header may name: `<mail id@domain>`. Whether they are ours is for the database to say; the domain is not asked,
 * because ours may have changed since.
 */
export function mailsNamedIn(header: string | undefined): readonly MailId[] {
  const named = (header ?? '').matchAll(/<([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@[^<>\s]+>/gi)
  return [...new Set([...named].map((match) => match[1]?.toLowerCase() as MailId))]
}
