import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import type { PolicyName } from './policy-names.ts'
import { type PolicyVersion, toldQuery, versionsQuery } from './queries.ts'
import { policiesWords } from './words.ts'

/** The versions of a document, each at its permanent address, and who was told of it. */
export function VersionsSection({ kind }: { readonly kind: PolicyName }) {
  const t = useWords(policiesWords)
  const formats = useFormats()
  const { locale } = useReader()
  const asked = useInfiniteQuery(versionsQuery(kind))
  const [told, setTold] = useState<PolicyVersion>()
  return (
    <Section title={t('versions')}>
      <Asked asked={asked}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="file">{t('versionsEmpty')}</EmptyState>
          ) : (
            <Table
              label={t('versions')}
              rows={rowsOf(data)}
              keyOf={({ id }) => id}
              more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
              columns={[
                {
                  key: 'version',
                  title: t('versions'),
                  phone: 'title',
                  cell: (one) => {
                    const text = one.texts.find((each) => each.locale === locale) ?? one.texts[0]
                    return (
                      <span className="grid min-w-0">
                        <a href={text?.path} target="_blank" rel="noreferrer" className={`${linkLook} font-medium`}>
                          {t('versionOf', { version: String(one.version), date: formats.date(one.publishedAt) })}
                        </a>
                        <span className="text-xs text-ink-3 wrap-anywhere">
                          {t('hash')} {text?.sha256.slice(0, 16)}…
                        </span>
                      </span>
                    )
                  },
                },
                { key: 'weight', title: t('weight'), phone: 'aside', cell: (one) => t(`weight/${one.weight}`) },
                {
                  key: 'told',
                  title: t('told'),
                  phone: 'line',
                  cell: (one) =>
                    one.telling && (
                      <span className="flex flex-wrap items-center gap-2">
                        <Badge tone={one.telling === 'done' ? 'ok' : 'wait'}>{t(`telling/${one.telling}`)}</Badge>
                        <Button size="sm" onClick={() => setTold(one)}>
                          {t('told')}
                        </Button>
                      </span>
                    ),
                },
              ]}
            />
          )
        }
      </Asked>
      {told && <ToldDialog version={told} onClose={() => setTold(undefined)} />}
    </Section>
  )
}

function ToldDialog({ version, onClose }: { readonly version: PolicyVersion; readonly onClose: () => void }) {
  const t = useWords(policiesWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  const asked = useInfiniteQuery(toldQuery(version.id))
  return (
    <Dialog open onOpenChange={onClose} size="lg" title={t('toldTitle', { version: String(version.version) })}>
      <Asked asked={asked}>
        {(data) => {
          const counts = data.pages[0]?.counts
          const rows = rowsOf(data)
          return (
            <div className="grid gap-4">
              {counts && (
                <Facts
                  label={t('told')}
                  items={(['mailed', 'delivered', 'bounced', 'refused'] as const).map((one) => ({
                    term: t(`count/${one}`),
                    value: formats.number(counts[one]),
                  }))}
                />
              )}
              {rows.length === 0 ? (
                <EmptyState icon="mail">{t('toldEmpty')}</EmptyState>
              ) : (
                <Table
                  label={t('told')}
                  rows={rows}
                  keyOf={(row) => `${row.contactId}-${row.at}`}
                  more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
                  columns={[
                    {
                      key: 'who',
                      title: t('who'),
                      phone: 'title',
                      cell: ({ contactId, name }) =>
                        contactId ? (
                          <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId }} className={linkLook}>
                            {name}
                          </Link>
                        ) : (
                          t('erased')
                        ),
                    },
                    {
                      key: 'what',
                      title: t('what'),
                      phone: 'line',
                      cell: ({ outcome, delivery, reason }) =>
                        outcome === 'refused'
                          ? t('outcome/refused', { reason: reason ?? '' })
                          : delivery
                            ? t(`state/${delivery}`)
                            : t('outcome/mailed'),
                    },
                  ]}
                />
              )}
            </div>
          )
        }}
      </Asked>
    </Dialog>
  )
}
