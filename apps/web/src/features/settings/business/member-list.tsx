import type { Role } from '@frontdesk/contract'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { Name } from '../../../ui/name.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { Table } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { Asked } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import { BringBackDialog } from './bring-back-dialog.tsx'
import { type Member, memberListQuery, rowsOf } from './queries.ts'
import { givableRoles, managesMembers } from './roles.ts'

/** Who works here: their roles can be changed, and whoever is done is removed or leaves. */
export function MemberList() {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const asked = useInfiniteQuery(memberListQuery)
  const { role: mine } = useWorkspace()
  const { dialog, problem, change, rest, end } = useMemberActs()
  const [ending, setEnding] = useState<Member>()
  const [returning, setReturning] = useState<Member>()
  return (
    <Section title={t('members')}>
      {problem && (
        <Note tone="no" role="alert">
          {problem}
        </Note>
      )}
      <Asked asked={asked}>
        {(data) => (
          <Table
            label={t('members')}
            rows={rowsOf(data)}
            keyOf={({ id }) => id}
            more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
            columns={[
              { key: 'who', title: t('who'), cell: (member) => <Who member={member} />, phone: 'title' },
              {
                key: 'role',
                title: t('role'),
                cell: (member) => <RoleOf member={member} mine={mine} onChange={(role) => void change(member, role)} />,
              },
              {
                key: 'seen',
                title: t('lastSeen'),
                phone: 'hidden',
                cell: ({ lastSeenAt }) => <span className="text-ink-2">{lastSeenAt ? <Ago at={lastSeenAt} /> : t('neverSeen')}</span>,
              },
              {
                key: 'more',
                title: shared('more', { name: t('members') }),
                quiet: true,
                phone: 'aside',
                cell: (member) =>
                  (member.you || (managesMembers(mine) && givableRoles(mine).includes(member.role))) && (
                    <Menu trigger={<IconButton name={shared('more', { name: member.name })} icon="more" tip="none" />}>
                      {!member.you && member.deactivated?.by !== 'self' && (
                        <MenuItem icon={isOut(member) ? 'play' : 'pause'} onSelect={() => void rest(member, !isOut(member))}>
                          {isOut(member) ? t('reactivate') : t('deactivate')}
                        </MenuItem>
                      )}
                      {mine === 'owner' && !member.you && member.deactivated?.by === 'self' && (
                        <MenuItem icon="play" onSelect={() => setReturning(member)}>
                          {t('bringBack')}
                        </MenuItem>
                      )}
                      <MenuItem icon={member.you ? 'signOut' : 'trash'} danger onSelect={() => setEnding(member)}>
                        {member.you ? t('leave') : t('remove')}
                      </MenuItem>
                    </Menu>
                  ),
              },
            ]}
          />
        )}
      </Asked>
      {returning && <BringBackDialog member={returning} onClose={() => setReturning(undefined)} />}
      {ending && (
        <EndDialog
          member={ending}
          onClose={() => setEnding(undefined)}
          onConfirm={() => {
            setEnding(undefined)
            void end(ending)
          }}
        />
      )}
      {dialog}
    </Section>
  )
}

/** Whether the workspace keeps her out for now. */
const isOut = ({ deactivated }: Member): boolean => deactivated?.by === 'workspace'

function Who({ member }: { readonly member: Member }) {
  const t = useWords(accessWords)
  return (
    <span className="flex min-w-0 items-center gap-3 py-1">
      <Avatar name={member.name} id={member.id} />
      <span className="grid min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <Name cut className="font-medium">
            {member.name}
          </Name>
          {member.you && <Badge>{t('you')}</Badge>}
          {member.deactivated && <Badge tone="wait">{t(`rests/${member.deactivated.by}`)}</Badge>}
        </span>
        <span className="truncate text-xs text-ink-3">{member.email}</span>
      </span>
    </span>
  )
}

type RoleOfProps = { readonly member: Member; readonly mine: Role; readonly onChange: (role: Role) => void }

function RoleOf({ member, mine, onChange }: RoleOfProps) {
  const t = useWords(accessWords)
  const formats = useFormats()
  const givable = givableRoles(mine)
  const until = member.expiresAt && <span className="text-xs text-ink-3">{t('untilDate', { date: formats.date(member.expiresAt) })}</span>
  if (!managesMembers(mine) || !givable.includes(member.role)) {
    return (
      <span className="grid">
        {t(`role/${member.role}`)}
        {until}
      </span>
    )
  }
  return (
    <span className="grid w-44 max-w-full gap-0.5 phone:mt-2 phone:w-full">
      <Select
        quiet
        label={t('roleOf', { name: member.name })}
        value={member.role}
        onChange={onChange}
        options={givable.map((role) => ({ value: role, label: t(`role/${role}`) }))}
      />
      {until}
    </span>
  )
}

type EndDialogProps = { readonly member: Member; readonly onClose: () => void; readonly onConfirm: () => void }

function EndDialog({ member, onClose, onConfirm }: EndDialogProps) {
  const t = useWords(accessWords)
  const workspace = useWorkspace()
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={member.you ? t('leaveAsk', { name: workspace.name }) : t('removeAsk', { name: member.name })}
      description={member.you ? t('leaveText') : t('removeText')}
      action={member.you ? t('leave') : t('remove')}
      onConfirm={onConfirm}
    />
  )
}

/** Changing roles (which can be taken back) and ending memberships (which cannot). A refusal stays in sight. */
function useMemberActs() {
  const t = useWords(accessWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const { confirmed, dialog } = useConfirmation()
  const [problem, setProblem] = useState<string>()
  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem(explain(error).message)
    } finally {
      await queries.invalidateQueries({ queryKey: ['members'] })
    }
  }
  const patch = (member: Pick<Member, 'id' | 'version'>, role: Role) =>
    confirmed(() => call('PATCH /members/{memberId}', { params: { memberId: member.id }, body: { role }, version: member.version }))
  return {
    dialog,
    problem,
    change: (member: Member, role: Role) =>
      attempt(async () => {
        const changed = await patch(member, role)
        if (member.you) await queries.invalidateQueries({ queryKey: ['me'] })
        notices.show({
          text: t('roleChanged', { name: member.name, role: t(`role/${role}`) }),
          // Whoever gave up her own rights cannot take that back.
          ...(member.you
            ? {}
            : { undo: () => patch(changed, member.role).then(() => queries.invalidateQueries({ queryKey: ['members'] })) }),
        })
      }),
    rest: (member: Member, out: boolean) =>
      attempt(async () => {
        const params = { memberId: member.id }
        await confirmed(async () => {
          if (out) await call('POST /members/{memberId}/deactivation', { params })
          else await call('DELETE /members/{memberId}/deactivation', { params })
        })
        notices.show({ tone: 'ok', text: t(out ? 'deactivated' : 'reactivated', { name: member.name }) })
      }),
    end: (member: Member) =>
      attempt(async () => {
        if (member.you) {
          await call('POST /workspace/leaving', { body: { leave: true } })
          // Nothing of this workspace may stay in memory.
          location.assign('/')
          return
        }
        await confirmed(() => call('DELETE /members/{memberId}', { params: { memberId: member.id } }))
        notices.show({ tone: 'ok', text: t('removed', { name: member.name }) })
      }),
  }
}
