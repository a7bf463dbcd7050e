import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useMinute } from '../../../lib/clock.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import { type Given, GivenDialog, GrantDialog } from './grant-dialog.tsx'
import { grantListQuery, type OperatorGrant, rowsOf } from './queries.ts'

/** Leave for whoever runs the server to look inside, and what became of it. */
export function OperatorPage() {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const asked = useInfiniteQuery(grantListQuery)
  const { role } = useWorkspace()
  const may = role === 'owner'
  const [asking, setAsking] = useState(false)
  const [given, setGiven] = useState<Given>()
  const button = may && (
    <Button variant="solid" onClick={() => setAsking(true)}>
      {t('grant')}
    </Button>
  )
  return (
    <SettingsPane title={shared('page/operator')}>
      <Section title={t('grants')} intro={t('operatorIntro')} actions={asked.data && rowsOf(asked.data).length > 0 && button}>
        {!may && <p className="text-sm text-ink-3">{shared('onlyRead')}</p>}
        <Asked asked={asked}>
          {(data) =>
            rowsOf(data).length === 0 ? (
              <EmptyState icon="shield" action={button}>
                {t('grantsEmpty')}
              </EmptyState>
            ) : (
              <>
                <ul className="grid divide-y divide-line">
                  {rowsOf(data).map((grant) => (
                    <GrantRow key={grant.id} grant={grant} may={may} />
                  ))}
                </ul>
                <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
              </>
            )
          }
        </Asked>
      </Section>
      {asking && (
        <GrantDialog
          onClose={() => setAsking(false)}
          onGiven={(answer) => {
            setAsking(false)
            setGiven(answer)
          }}
        />
      )}
      {given && <GivenDialog given={given} onClose={() => setGiven(undefined)} />}
    </SettingsPane>
  )
}

function GrantRow({ grant, may }: { readonly grant: OperatorGrant; readonly may: boolean }) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const formats = useFormats()
  const now = useMinute()
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const runs = grant.revokedAt === null && Date.parse(grant.expiresAt) > now
  const end = async () => {
    try {
      await call('DELETE /operator-grants/{grantId}', { params: { grantId: grant.id } })
      notices.show({ tone: 'ok', text: t('grantEnded') })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      void queries.invalidateQueries({ queryKey: grantListQuery.queryKey })
    }
  }
  const facts = [
    t(`access/${grant.access}`),
    formats.dateTime(grant.createdAt),
    ...(grant.createdBy ? [shared('by', { name: grant.createdBy })] : []),
    grant.lastUsedAt ? t('grantUsed', { when: formats.dateTime(grant.lastUsedAt) }) : t('grantUnused'),
  ]
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <span className="grid min-w-48 flex-1 gap-0.5 text-sm">
        <bdi className="wrap-anywhere">{grant.reason}</bdi>
        <span className="text-xs text-ink-3">{facts.join(' · ')}</span>
      </span>
      <Badge tone={runs ? 'wait' : 'neutral'}>{runs ? t('grantRuns', { date: formats.dateTime(grant.expiresAt) }) : t('grantOver')}</Badge>
      {runs && may && (
        <Button size="sm" onClick={() => void end()}>
          {t('grantEnd')}
        </Button>
      )}
    </li>
  )
}
