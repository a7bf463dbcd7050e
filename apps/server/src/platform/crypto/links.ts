import { createHash, timingSafeEqual } from 'node:crypto'
import { hmac } from './primitives.ts'

/** What a signed link says. Nobody without the key can make one or change one. */
export type SignedLink = {
  /** What the link is for, such as `booking` or `verify-email`. A link for one purpose never passes for another. */
  readonly purpose: string
  /** Null before a workspace is known, such as for an account's mails. */
  readonly workspaceId: string | null
  readonly subjectId: string
  readonly expiresAt: Temporal.Instant
  /** The acts it opens, such as `view`, `reschedule`, `cancel`; lower-case words. */
  readonly allows: readonly string[]
}

/** Why a link is not accepted. An expired one was ours, so the page may offer a fresh one. */
export type LinkCheck =
  | { readonly valid: true; readonly link: SignedLink }
  | { readonly valid: false; readonly reason: 'forged' }
  | { readonly valid: false; readonly reason: 'wrong_purpose' }
  | { readonly valid: false; readonly reason: 'expired'; readonly link: SignedLink }

/** The clocks of two servers may differ by this much before a link counts as expired. */
export const linkClockTolerance = Temporal.Duration.from({ seconds: 60 })

/** Links travel in text messages. */
export const longestLink = 120

const version = 1
const macBytes = 16 // 128 bits: a guess is right once in 2^128
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const nobody = Buffer.alloc(16)
const keyIdBytes = 4
const purposeAt = 1 + keyIdBytes
const workspaceAt = purposeAt + 4
const subjectAt = workspaceAt + 16
const expiryAt = subjectAt + 16
const headBytes = expiryAt + 5

const purposeMark = (purpose: string) => createHash('sha256').update(purpose).digest().subarray(0, 4)
const macOf = (key: Uint8Array, body: Uint8Array) => hmac(key, body).subarray(0, macBytes)

function uuidBytes(id: string, what: string): Buffer {
  if (!uuidPattern.test(id)) throw new TypeError(`A link's ${what} must be a lower-case UUID, not "${id}".`)
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

const uuidText = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/**
 * Writes a link as a token of letters, digits, `-` and `_`:
 * version (1 byte), key id (4), mark of the purpose (4), workspace (16), subject (16), expiry in seconds (5), allowed acts as text, MAC (16).
 */
export function writeLink(keyId: string, key: Uint8Array, link: SignedLink, now: Temporal.Instant): string {
  if (Temporal.Instant.compare(link.expiresAt, now) <= 0) throw new RangeError('A link must expire in the future.')
  if (!link.allows.every((act) => /^[a-z_]+$/.test(act))) throw new TypeError('What a link allows is named in lower-case words.')
  const expiry = Buffer.alloc(5)
  expiry.writeUIntBE(Math.ceil(link.expiresAt.epochMilliseconds / 1000), 0, 5)
  const body = Buffer.concat([
    Buffer.of(version),
    Buffer.from(keyId, 'latin1'),
    purposeMark(link.purpose),
    link.workspaceId === null ? nobody : uuidBytes(link.workspaceId, 'workspace'),
    uuidBytes(link.subjectId, 'subject'),
    expiry,
    Buffer.from(link.allows.join(','), 'latin1'),
  ])
  const token = Buffer.concat([body, macOf(key, body)]).toString('base64url')
  if (token.length > longestLink)
    throw new RangeError(`The link allows too many acts to stay under ${longestLink} characters: ${link.allows.join(', ')}.`)
  return token
}

/** Checks a token that came from outside. `keyOf` finds a key by its id. */
export function readLink(token: string, purpose: string, now: Temporal.Instant, keyOf: (id: string) => Uint8Array | undefined): LinkCheck {
  const forged: LinkCheck = { valid: false, reason: 'forged' }
  if (token.length > longestLink || !/^[A-Za-z0-9_-]+$/.test(token)) return forged
  const bytes = Buffer.from(token, 'base64url')
  // A second spelling of the same bytes is refused, so that a token can be compared as text.
  if (bytes.length < headBytes + macBytes || bytes.toString('base64url') !== token || bytes[0] !== version) return forged

  const key = keyOf(bytes.toString('latin1', 1, 1 + keyIdBytes))
  if (!key) return forged
  const body = bytes.subarray(0, bytes.length - macBytes)
  if (!timingSafeEqual(macOf(key, body), bytes.subarray(bytes.length - macBytes))) return forged

  const part = (at: number, length: number) => body.subarray(at, at + length)
  if (!part(purposeAt, 4).equals(purposeMark(purpose))) return { valid: false, reason: 'wrong_purpose' }
  const workspace = part(workspaceAt, 16)
  const acts = body.toString('latin1', headBytes)
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(part(expiryAt, 5).readUIntBE(0, 5) * 1000)
  const link: SignedLink = {
    purpose,
    workspaceId: workspace.equals(nobody) ? null : uuidText(workspace),
    subjectId: uuidText(part(subjectAt, 16)),
    expiresAt,
    allows: acts === '' ? [] : acts.split(','),
  }
  if (Temporal.Instant.compare(now, expiresAt.add(linkClockTolerance)) > 0) return { valid: false, reason: 'expired', link }
  return { valid: true, link }
}
