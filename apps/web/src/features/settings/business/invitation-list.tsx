import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { When } from '../../../ui/ago.tsx'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { Asked } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import { InviteDialog, type Invited, InvitedDialog } from './invite-dialog.tsx'
import { type Invitation, invitationListQuery, rowsOf } from './queries.ts'
import { givableRoles } from './roles.ts'

const tones: Readonly<Record<Invitation['state'], Tone>> = { open: 'wait', accepted: 'ok', revoked: 'neutral', expired: 'neutral' }

/** Who was invited and has not come yet, and who has. */
export function InvitationList() {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const asked = useInfiniteQuery(invitationListQuery)
  const { role } = useWorkspace()
  const { dialog, renew, revoke } = useInvitationActs()
  const [inviting, setInviting] = useState(false)
  const [invited, setInvited] = useState<Invited>()
  const button = (
    <Button icon="plus" onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
  )
  const nameOf = (invitation: Invitation) => invitation.email ?? t('byLink')
  const mayChange = (invitation: Invitation) =>
    givableRoles(role).includes(invitation.role) && (invitation.state === 'open' || invitation.state === 'expired')
  return (
    <Section title={t('invitations')} actions={asked.data && rowsOf(asked.data).length > 0 && button}>
      <Asked asked={asked} lines={2}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="mail" action={button}>
              {t('invitationsEmpty')}
            </EmptyState>
          ) : (
            <Table
              label={t('invitations')}
              rows={rowsOf(data)}
              keyOf={({ id }) => id}
              more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
              columns={[
                {
                  key: 'who',
                  title: t('who'),
                  phone: 'title',
                  cell: (one) => (
                    <span className="grid min-w-0">
                      <span className="truncate font-medium">{nameOf(one)}</span>
                      {one.invitedBy && <span className="truncate text-xs text-ink-3">{shared('by', { name: one.invitedBy })}</span>}
                    </span>
                  ),
                },
                { key: 'role', title: t('role'), cell: (one) => t(`role/${one.role}`) },
                {
                  key: 'state',
                  title: t('expires'),
                  cell: (one) => (
                    <span className="inline-flex flex-wrap items-center gap-2">
                      <Badge tone={tones[one.state]}>{t(`state/${one.state}`)}</Badge>
                      {one.state === 'open' && <When at={one.expiresAt} style="date" className="text-ink-2" />}
                    </span>
                  ),
                },
                {
                  key: 'acts',
                  title: shared('more', { name: t('invitations') }),
                  quiet: true,
                  phone: 'aside',
                  cell: (one) =>
                    mayChange(one) && (
                      <span className="flex justify-end gap-1">
                        <IconButton
                          name={t('renewOf', { name: nameOf(one) })}
                          icon="refresh"
                          size="sm"
                          onClick={() => void renew(one).then(setInvited)}
                        />
                        {one.state === 'open' && (
                          <IconButton name={t('revokeOf', { name: nameOf(one) })} icon="trash" size="sm" onClick={() => void revoke(one)} />
                        )}
                      </span>
                    ),
                },
              ]}
            />
          )
        }
      </Asked>
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={(answer) => {
            setInviting(false)
            setInvited(answer)
          }}
        />
      )}
      {invited && <InvitedDialog invited={invited} onClose={() => setInvited(undefined)} />}
      {dialog}
    </Section>
  )
}

function useInvitationActs() {
  const t = useWords(accessWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const { confirmed, dialog } = useConfirmation()
  const attempt = async <Result,>(work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await confirmed(work)
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
      return undefined
    } finally {
      void queries.invalidateQueries({ queryKey: invitationListQuery.queryKey })
    }
  }
  return {
    dialog,
    renew: (one: Invitation): Promise<Invited | undefined> =>
      attempt(() => call('POST /invitations/{invitationId}/renew', { params: { invitationId: one.id } })),
    revoke: (one: Invitation) =>
      attempt(async () => {
        await call('DELETE /invitations/{invitationId}', { params: { invitationId: one.id } })
        notices.show({ tone: 'ok', text: t('invitationRevoked') })
      }),
  }
}
