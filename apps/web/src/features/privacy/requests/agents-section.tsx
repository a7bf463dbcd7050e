import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { AgentDialog } from './agent-dialog.tsx'
import { type Agent, agentsQuery } from './queries.ts'
import { requestWords } from './words.ts'

/** Agents that ask for others in signed messages, with their keys. Owners decide whose count. */
export function AgentsSection() {
  const t = useWords(requestWords)
  const asked = useQuery(agentsQuery)
  const { role } = useWorkspace()
  const may = role === 'owner'
  const [writing, setWriting] = useState<Agent | 'new'>()
  const [revoking, setRevoking] = useState<Agent>()
  const revoke = useRevoke()
  return (
    <Section
      title={t('agents')}
      intro={t('agentsIntro')}
      actions={
        may && (
          <Button icon="plus" onClick={() => setWriting('new')}>
            {t('addAgent')}
          </Button>
        )
      }
    >
      <Asked asked={asked} lines={3}>
        {({ items, address, businessId }) => (
          <div className="grid gap-4">
            {items.length === 0 ? (
              <EmptyState icon="key">{t('agentsEmpty')}</EmptyState>
            ) : (
              <ul className="grid divide-y divide-line">
                {items.map((agent) => (
                  <AgentRow
                    key={agent.id}
                    agent={agent}
                    onWrite={may && agent.revokedAt === null ? () => setWriting(agent) : undefined}
                    onRevoke={may && agent.revokedAt === null ? () => setRevoking(agent) : undefined}
                  />
                ))}
              </ul>
            )}
            <div className="grid gap-1">
              <CopyField label={t('agentAddress')} value={address} />
              <p className="text-xs text-ink-3">{t('agentAddressHint')}</p>
            </div>
            {writing && (
              <AgentDialog agent={writing === 'new' ? undefined : writing} businessId={businessId} onClose={() => setWriting(undefined)} />
            )}
          </div>
        )}
      </Asked>
      {revoking && (
        <ConfirmDialog
          open
          onOpenChange={() => setRevoking(undefined)}
          title={t('revokeAgentAsk', { name: revoking.name })}
          description={t('revokeAgentText')}
          action={t('revokeAgent')}
          onConfirm={() => {
            setRevoking(undefined)
            void revoke(revoking)
          }}
        />
      )}
    </Section>
  )
}

function AgentRow({
  agent,
  onWrite,
  onRevoke,
}: {
  readonly agent: Agent
  readonly onWrite: (() => void) | undefined
  readonly onRevoke: (() => void) | undefined
}) {
  const t = useWords(requestWords)
  const formats = useFormats()
  return (
    <li className="flex flex-wrap items-center gap-3 py-3 text-sm">
      <span className="grid min-w-48 flex-1 gap-0.5">
        <span className="flex flex-wrap items-center gap-2">
          <bdi className="font-medium wrap-anywhere">{agent.name}</bdi>
          {agent.revokedAt && <Badge>{t('agentRevoked', { date: formats.date(agent.revokedAt) })}</Badge>}
        </span>
        <span className="text-xs wrap-anywhere text-ink-3">
          <code>{agent.agentId}</code>
          {agent.contactEmail && (
            <>
              {' · '}
              <bdi>{agent.contactEmail}</bdi>
            </>
          )}
        </span>
        <span className="text-xs wrap-anywhere text-ink-3">
          {t('agentSince', { date: formats.date(agent.since) })} · <code>{agent.verifyKey}</code>
        </span>
        {!agent.revokedAt && (
          <span className="text-xs text-ink-3">
            {agent.lastUsedAt ? (
              <>
                {t('agentUsed')} <Ago at={agent.lastUsedAt} />
              </>
            ) : (
              t('agentNotPaired')
            )}
          </span>
        )}
      </span>
      {onWrite && (
        <Button size="sm" onClick={onWrite} aria-label={t('changeAgentOf', { name: agent.name })}>
          {t('changeAgent')}
        </Button>
      )}
      {onRevoke && (
        <Button size="sm" onClick={onRevoke} aria-label={t('revokeAgentOf', { name: agent.name })}>
          {t('revokeAgent')}
        </Button>
      )}
    </li>
  )
}

function useRevoke() {
  const t = useWords(requestWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  return async (agent: Agent) => {
    try {
      await call('POST /rights-agents/{rightsAgentId}/revocation', { params: { rightsAgentId: agent.id }, body: {} })
      notices.show({ tone: 'ok', text: t('agentRevokedNow', { name: agent.name }) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
    void queries.invalidateQueries({ queryKey: agentsQuery.queryKey })
  }
}
