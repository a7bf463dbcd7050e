import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret: `whsec_` and 32 random bytes in base64 (Standard Webhooks: between 24 and 64). */
export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`

/** One message that is signed. `id` stays the same over every repetition, `at` is the moment of this try. */
export type Signed = { readonly id: string; readonly at: Temporal.Instant; readonly body: string }

const signature = (secret: string, content: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .update(content)
    .digest('base64')}`

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA-256 of `id.timestamp.body`, the timestamp in whole seconds. With two secrets there are two
 * signatures, separated by a space, so that a receiver may know either.
 */
export function signedHeaders(secrets: readonly string[], { id, at, body }: Signed): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signature(secret, `${id}.${timestamp}.${body}`)).join(' '),
  }
}
