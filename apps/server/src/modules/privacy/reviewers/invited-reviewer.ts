import type { ContactId, Principal, WorkspaceId } from '@frontdesk/contract'
import { chooseLocale, formats, type Locale } from '@frontdesk/i18n'
import { actorText } from '../../../platform/audit/index.ts'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Refusal } from '../../../platform/errors/index.ts'
import { mailMember } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { requestSurroundings } from '../requests/surroundings.ts'

/** How long somebody who was invited from outside sees what she was invited to. */
const LIVES = { hours: 24 * 14 } as const

/** Who is invited. */
export type InviteReviewer = { readonly name: string; readonly email: string; readonly locale?: string | undefined }

/** The columns that every invitation has. */
export const newInvitation = async (tx: WorkspaceTx, by: Principal, wish: InviteReviewer) => ({
  workspace_id: tx.workspaceId,
  id: tx.newId(),
  name: wish.name,
  email: wish.email,
  locale: wish.locale ?? (await workspaceFacts(tx)).locale,
  invited_by: actorText(by),
  invited_at: tx.now,
  expires_at: tx.now.add(LIVES),
  decided_at: null,
  revoked_at: null,
})

/** An invitation as it is kept. */
export type Invited = {
  readonly id: string
  readonly name: string | null
  readonly email: string | null
  readonly locale: string
  readonly expires_at: Temporal.Instant
  readonly decided_at: Temporal.Instant | null
  readonly revoked_at: Temporal.Instant | null
}

/** Whether it opens nothing any more: used, taken back, or its time is over. */
export const isOver = ({ now }: Pick<WorkspaceTx, 'now'>, invited: Invited): boolean =>
  invited.decided_at !== null || invited.revoked_at !== null || Temporal.Instant.compare(now, invited.expires_at) >= 0

/** Mails an invitation, in her language. It is confidential, because its link is the invitation. */
export async function mailReviewer(
  tx: WorkspaceTx,
  invited: Invited,
  wish: {
    readonly path: string
    readonly aboutContactId?: ContactId | undefined
    readonly letter: (
      locale: Locale,
      vars: { readonly business: string; readonly name: string; readonly until: string },
    ) => { readonly subject: string; readonly text: string }
  },
): Promise<void> {
  if (invited.email === null) return
  const business = await workspaceFacts(tx)
  const locale = chooseLocale([invited.locale, business.locale])
  const until = formats(locale, business.zone).weekdayDate(invited.expires_at.toString())
  const { subject, text } = wish.letter(locale, { business: business.name, name: invited.name ?? '', until })
  await mailMember(tx, {
    memberId: null,
    ...(wish.aboutContactId === undefined ? {} : { aboutContactId: wish.aboutContactId }),
    to: { name: invited.name ?? undefined, address: invited.email },
    fromName: business.name,
    confidential: true,
    subject,
    text: `${text}\n\n${requestSurroundings.get().publicUrl()}${wish.path}\n`,
    automatic: false,
  })
}

/** The page of an invitation, at an address that ends with it, and where such an address leads. Throws what `over` makes of one that leads nowhere. */
export const reviewDoor = ({
  purpose,
  folder,
  over,
}: {
  readonly purpose: string
  readonly folder: string
  readonly over: () => Refusal
}) => ({
  path: (tx: WorkspaceTx, { id, expires_at }: Pick<Invited, 'id' | 'expires_at'>): string =>
    `/${folder}/${tx.keys.signLink({ purpose, workspaceId: tx.workspaceId, subjectId: id, expiresAt: expires_at, allows: [] }, tx.now)}`,
  read: (keys: Keys, token: string, now: Temporal.Instant): { readonly workspaceId: WorkspaceId; readonly reviewerId: string } => {
    const check = keys.verifyLink(token, purpose, now)
    if (!check.valid || check.link.workspaceId === null) throw over()
    return { workspaceId: check.link.workspaceId as WorkspaceId, reviewerId: check.link.subjectId }
  },
})
