import type { UserId } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { Refusal } from '../../platform/errors/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import type { MailLinkRow } from './auth.tables.ts'
import type { AuthDatabase, AuthTx } from './auth-database.ts'

export type MailLinkKind = MailLinkRow['kind']
/** What a signed link of an account's mail is for. */
export type LinkPurpose = 'sign-up' | 'reset-password' | 'confirm-email' | 'change-email'

/** How long each link works. */
export const linkLasts: Readonly<Record<MailLinkKind | 'sign_up', Temporal.Duration>> = {
  reset_password: Temporal.Duration.from({ hours: 1 }),
  confirm_email: Temporal.Duration.from({ hours: 48 }),
  change_email: Temporal.Duration.from({ hours: 48 }),
  sign_up: Temporal.Duration.from({ hours: 48 }),
}

export const purposeOf: Readonly<Record<MailLinkKind, LinkPurpose>> = {
  reset_password: 'reset-password',
  confirm_email: 'confirm-email',
  change_email: 'change-email',
}

export type AskForLink = { readonly kind: MailLinkKind; readonly email: string; readonly userId?: UserId; readonly locale: string | null }

/** Remembers that a link was asked for. Takes as long for an unknown address as for a known one; `answerMailRequests` makes the mail. */
export async function askForLink(auth: AuthTx, { kind, email, userId, locale }: AskForLink): Promise<void> {
  await auth.db
    .insertInto('mail_link')
    .values({
      id: auth.newId(),
      kind,
      email,
      email_normalized: normalizeAddress(email),
      user_id: userId ?? null,
      locale,
      created_at: auth.now,
      expires_at: auth.now.add(linkLasts[kind]),
      mailed_at: null,
      used_at: null,
    })
    .execute()
}

/** A refusal that says the same for forged, used and expired links, but for what to do next. */
export const linkInvalid = (detail = 'It was used already, has expired, or is not complete. Ask for a new one.') =>
  new Refusal('accounts/link-invalid', { detail })

/** The id a link points at, or undefined where it is not ours, for something else, or too old. */
export function subjectOfLink(auth: AuthDatabase, token: string, purpose: LinkPurpose): string | undefined {
  const check = auth.keys.verifyLink(token, purpose, auth.clock())
  return check.valid ? check.link.subjectId : undefined
}

/** The open link row behind a token. Throws `accounts/link-invalid`. */
export async function openLink(
  auth: AuthDatabase,
  token: string,
  kind: MailLinkKind,
): Promise<Selectable<MailLinkRow> & { readonly user_id: UserId }> {
  const id = subjectOfLink(auth, token, purposeOf[kind])
  if (id === undefined) throw linkInvalid()
  const row = await auth.db
    .selectFrom('mail_link')
    .selectAll()
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (!row?.user_id) throw linkInvalid()
  return { ...row, user_id: row.user_id }
}

/** Uses a link up. Throws `accounts/link-invalid` when somebody was quicker. */
export async function useUpLink(auth: AuthTx, id: string): Promise<void> {
  const { numUpdatedRows } = await auth.db
    .updateTable('mail_link')
    .set({ used_at: auth.now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw linkInvalid()
}
