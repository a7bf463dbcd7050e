import type { Role } from '@frontdesk/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useStatus } from '../../../app/status.ts'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank, looksLikeEmail } from '../../accounts/checks.ts'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import { invitationListQuery } from './queries.ts'
import { givableRoles } from './roles.ts'

/** An invitation with its link, which is shown once. */
export type Invited = Awaited<ReturnType<typeof call<'POST /invitations'>>>

type InviteValues = { readonly email: string; readonly role: Role; readonly days: '1' | '7' | '30' }

export type InviteDialogProps = { readonly onClose: () => void; readonly onInvited: (invited: Invited) => void }

/** Invites one person: by mail, or by a link one hands over. */
export function InviteDialog({ onClose, onInvited }: InviteDialogProps) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const { role: mine } = useWorkspace()
  const { confirmed, dialog } = useConfirmation()
  const id = useId()
  const givable = givableRoles(mine)
  const form = useForm<InviteValues>({
    start: { email: '', role: 'member', days: '7' },
    draft: 'invitation',
    check: ({ email }) => ({ email: isBlank(email) || looksLikeEmail(email) ? undefined : shared('emailWrong') }),
    send: async ({ email, role, days }, key) => {
      const body = { role, days: Number(days), ...(isBlank(email) ? {} : { email: email.trim() }) }
      const invited = await confirmed(() => call('POST /invitations', { body, idempotencyKey: key }))
      void queries.invalidateQueries({ queryKey: invitationListQuery.queryKey })
      onInvited(invited)
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('invite')}
      description={t('inviteIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('inviteDo')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('invite')}>
        <TextField
          label={t('inviteEmail')}
          hint={t('inviteEmailHint')}
          optional
          type="email"
          autoComplete="off"
          autoFocus
          {...form.field('email')}
        />
        <Select
          label={t('inviteRole')}
          hint={t(`can/${form.values.role}`)}
          {...form.field('role')}
          options={givable.map((role) => ({ value: role, label: t(`role/${role}`) }))}
        />
        <Select
          label={t('inviteDays')}
          {...form.field('days')}
          options={(['1', '7', '30'] as const).map((days) => ({ value: days, label: t('days', { count: Number(days) }) }))}
        />
        <FormProblem />
      </Form>
      {dialog}
    </Dialog>
  )
}

/** The link of an invitation, to hand over or to have scanned. */
export function InvitedDialog({ invited: { invitation, link }, onClose }: { readonly invited: Invited; readonly onClose: () => void }) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const status = useStatus()
  const { name } = useWorkspace()
  const { email, role } = invitation
  const said = email
    ? status?.mail === 'smtp'
      ? t('invitedMailed', { email })
      : t('invitedNotMailed', { email })
    : t('invitedLink', { role: t(`role/${role}`) })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('invitedTitle')}
      description={said}
      size="md"
      footer={
        <Button variant="solid" onClick={onClose}>
          {shared('done')}
        </Button>
      }
    >
      <div className="grid gap-3">
        <CopyField label={t('invitationLink')} link value={link} shareTitle={name} />
        <p className="text-xs text-ink-3">{shared('shownOnce')}</p>
      </div>
    </Dialog>
  )
}
