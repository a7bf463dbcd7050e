import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useMinute } from '../../../lib/clock.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import { type MadeKey, MadeKeyDialog, NewKeySheet } from './new-key-sheet.tsx'
import { type ApiKey, apiKeyListQuery, rowsOf } from './queries.ts'
import { managesMembers } from './roles.ts'
import { ScopeName } from './scope-name.tsx'

/** Keys with which other programs work here. */
export function KeysPage() {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const asked = useInfiniteQuery(apiKeyListQuery)
  const { role } = useWorkspace()
  const may = managesMembers(role)
  const { dialog, revoke } = useRevoke()
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<MadeKey>()
  const [revoking, setRevoking] = useState<ApiKey>()
  const button = may && (
    <Button variant="solid" icon="plus" onClick={() => setMaking(true)}>
      {t('newKey')}
    </Button>
  )
  return (
    <SettingsPane title={shared('page/keys')}>
      <Section title={t('keysTitle')} intro={t('keysIntro')} actions={asked.data && rowsOf(asked.data).length > 0 && button}>
        {!may && <p className="text-sm text-ink-3">{shared('onlyRead')}</p>}
        <Asked asked={asked}>
          {(data) =>
            rowsOf(data).length === 0 ? (
              <EmptyState icon="key" action={button}>
                {t('keysEmpty')}
              </EmptyState>
            ) : (
              <Table
                label={shared('page/keys')}
                rows={rowsOf(data)}
                keyOf={({ id }) => id}
                more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
                columns={[
                  { key: 'key', title: t('key'), phone: 'title', cell: (key) => <KeyName apiKey={key} /> },
                  { key: 'may', title: t('keyScopes'), cell: (key) => <KeyScopes apiKey={key} /> },
                  {
                    key: 'used',
                    title: t('lastUsed'),
                    cell: ({ lastUsedAt }) => <span className="text-ink-2">{lastUsedAt ? <Ago at={lastUsedAt} /> : t('neverUsed')}</span>,
                  },
                  {
                    key: 'acts',
                    title: t('revoke'),
                    quiet: true,
                    phone: 'aside',
                    cell: (key) =>
                      may &&
                      !key.revokedAt && (
                        <IconButton name={t('revokeOf', { name: key.name })} icon="trash" size="sm" onClick={() => setRevoking(key)} />
                      ),
                  },
                ]}
              />
            )
          }
        </Asked>
      </Section>
      {making && (
        <NewKeySheet
          onClose={() => setMaking(false)}
          onMade={(answer) => {
            setMaking(false)
            setMade(answer)
          }}
        />
      )}
      {made && <MadeKeyDialog made={made} onClose={() => setMade(undefined)} />}
      {revoking && (
        <ConfirmDialog
          open
          onOpenChange={() => setRevoking(undefined)}
          title={t('revokeKeyAsk', { name: revoking.name })}
          description={t('revokeKeyText')}
          action={t('revoke')}
          onConfirm={() => {
            setRevoking(undefined)
            void revoke(revoking)
          }}
        />
      )}
      {dialog}
    </SettingsPane>
  )
}

function KeyName({ apiKey }: { readonly apiKey: ApiKey }) {
  const t = useWords(accessWords)
  const formats = useFormats()
  const now = useMinute()
  const { name, start, test, revokedAt, expiresAt, recipient } = apiKey
  const over = expiresAt !== null && Date.parse(expiresAt) < now
  return (
    <span className="grid min-w-0 py-0.5">
      <span className="flex min-w-0 flex-wrap items-center gap-2">
        <span className="font-medium wrap-anywhere">{name}</span>
        {test && <Badge tone="outline">{t('test')}</Badge>}
        {revokedAt ? <Badge>{t('revoked')}</Badge> : over && <Badge>{t('expired')}</Badge>}
      </span>
      <span className="text-xs text-ink-3">
        <code>{start}…</code>
        {expiresAt && !revokedAt && !over && <> · {t('untilDate', { date: formats.date(expiresAt) })}</>}
        {recipient && <> · {t('keyUsedBy', { name: recipient.name })}</>}
      </span>
    </span>
  )
}

function KeyScopes({ apiKey }: { readonly apiKey: ApiKey }) {
  const t = useWords(accessWords)
  const label = t('keyMore', { name: apiKey.name })
  return (
    <Popover
      label={label}
      trigger={
        <Button size="sm" variant="quiet" aria-label={label}>
          {t('keyMay', { count: apiKey.scopes.length })}
        </Button>
      }
    >
      <ul className="grid gap-1 text-sm">
        {apiKey.scopes.map((scope) => (
          <li key={scope}>
            <ScopeName name={scope} />
          </li>
        ))}
      </ul>
    </Popover>
  )
}

function useRevoke() {
  const t = useWords(accessWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const { confirmed, dialog } = useConfirmation()
  return {
    dialog,
    revoke: async (key: ApiKey) => {
      try {
        await confirmed(() => call('DELETE /api-keys/{apiKeyId}', { params: { apiKeyId: key.id } }))
        notices.show({ tone: 'ok', text: t('keyRevoked', { name: key.name }) })
      } catch (error) {
        notices.show({ tone: 'no', text: explain(error).message })
      } finally {
        void queries.invalidateQueries({ queryKey: apiKeyListQuery.queryKey })
      }
    },
  }
}
