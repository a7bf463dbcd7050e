import type { InvitationId } from '@frontdesk/contract'
import { formats } from '@frontdesk/i18n'
import { z } from 'zod'
import { system } from '../../platform/inventory/index.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { invitationLink, type MailInvitation } from './invitations.ts'
import { writeLetter } from './mail-letter.ts'
import type { AccountServices } from './services.ts'

/** Mails an invitation. It goes out as a mail of the server and not of the workspace, because whoever sees its link can take the place it offers. */
export const mailInvitationJob = (services: Pick<AccountServices, 'auth' | 'mail' | 'linkBase'>): MailInvitation =>
  defineJob({
    name: 'accounts.mail-invitation',
    endsWithClosing: true,
    payload: z.strictObject({ invitationId: z.uuid() }),
    fields: { invitationId: system },
    run: async (context, { invitationId }) => {
      const found = await context.inWorkspace(async (tx) => {
        const row = await tx.db
          .selectFrom('invitation')
          .innerJoin('workspace', 'workspace.id', 'invitation.workspace_id')
          .leftJoin('member', (join) =>
            join.onRef('member.workspace_id', '=', 'invitation.workspace_id').onRef('member.id', '=', 'invitation.invited_by'),
          )
          .select([
            'invitation.id',
            'invitation.email',
            'invitation.expires_at',
            'workspace.name as workspace',
            'workspace.locale',
            'workspace.zone',
            'member.name as inviter',
          ])
          .where('invitation.workspace_id', '=', tx.workspaceId)
          .where('invitation.id', '=', invitationId as InvitationId)
          .where('accepted_at', 'is', null)
          .where('revoked_at', 'is', null)
          .where('mailed_at', 'is', null)
          .where('invitation.expires_at', '>', tx.now)
          .executeTakeFirst()
        return row && { ...row, link: invitationLink(tx, row, services.linkBase(), 'mailed') }
      })
      if (!found?.email) return
      const address = found.email
      const until = formats(found.locale, found.zone).weekdayDate(found.expires_at, { year: true })
      const { workspace, inviter } = found
      const letter = writeLetter({
        locale: found.locale,
        name: null,
        say: (t) => ({
          subject: t('inviteSubject', { workspace }),
          paragraphs: [inviter === null ? t('inviteTextNobody', { workspace, until }) : t('inviteText', { inviter, workspace, until })],
          button: { label: t('inviteButton'), href: found.link },
          notYou: t('inviteNotYou'),
        }),
      })
      await services.auth.transaction((auth) => services.mail(auth, { userId: null, to: { name: undefined, address }, ...letter }))
      await context.inWorkspace((tx) =>
        tx.db
          .updateTable('invitation')
          .set({ mailed_at: tx.now })
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', '=', found.id)
          .execute(),
      )
    },
  })
