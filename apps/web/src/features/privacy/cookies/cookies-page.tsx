import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { More } from '../../../ui/table.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { ReleaseDialog } from '../ages/release-dialog.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { cookiesQuery, type FlaggedContact, flaggedQuery, type PageTag } from './queries.ts'
import { cookiesWords } from './words.ts'

/** What public pages keep in browsers and load from others, what readers decided, and whose data must not stay. */
export function CookiesPage() {
  const t = useWords(cookiesWords)
  const room = useWords(roomWords)
  const asked = useQuery(cookiesQuery)
  const { role } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  return (
    <PrivacyPane title={room('page/cookies')}>
      <Asked asked={asked} lines={8}>
        {({ tags, register, decisions, signals, views, webLogDays }) => (
          <>
            <TagsSection tags={tags} may={may} />
            <Section title={t('month')} intro={t('monthIntro', { count: webLogDays })}>
              <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-2">
                {(
                  [
                    ['views', views],
                    ['agreed', decisions.agreed],
                    ['refused', decisions.refused],
                    ['gpc', signals.gpc],
                    ['dnt', signals.dnt],
                  ] as const
                ).map(([name, count]) => (
                  <div key={name} className="contents">
                    <dt className="text-ink-2">{t(name)}</dt>
                    <dd className="text-end tabular-nums">{count}</dd>
                  </div>
                ))}
              </dl>
            </Section>
            <Section title={t('register')} intro={t('registerIntro')}>
              <ul className="grid divide-y divide-line">
                {register.map((one) => (
                  <li key={`${one.where} ${one.name}`} className="flex flex-wrap items-center justify-between gap-2 py-2">
                    <code className="min-w-0 break-all text-sm">{one.name}</code>
                    <span className="text-sm text-ink-2">
                      {t(`class/${one.class}`)} ·{' '}
                      {one.seconds === null ? t(`where/${one.where}`) : t('days', { count: Math.ceil(one.seconds / 86_400) })}
                    </span>
                  </li>
                ))}
              </ul>
            </Section>
          </>
        )}
      </Asked>
      <ApartSection may={may} />
    </PrivacyPane>
  )
}

function TagsSection({ tags, may }: { readonly tags: readonly PageTag[]; readonly may: boolean }) {
  const t = useWords(cookiesWords)
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const remove = async (tagId: string) => {
    await call('DELETE /page-tags/{tagId}', { params: { tagId } })
    await queries.invalidateQueries({ queryKey: cookiesQuery.queryKey })
  }
  return (
    <Section
      title={t('tags')}
      intro={t('tagsIntro')}
      actions={
        may && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('declare')}
          </Button>
        )
      }
    >
      {tags.length === 0 ? (
        <EmptyState icon="shield">{t('tagsEmpty')}</EmptyState>
      ) : (
        <ul className="grid divide-y divide-line">
          {tags.map((tag) => (
            <li key={tag.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div className="grid min-w-0 gap-0.5">
                <p className="font-medium">
                  {tag.name} <span className="text-ink-2">{tag.provider}</span>
                </p>
                <p className="break-words text-sm text-ink-2">
                  {t(`class/${tag.class}`)} · {tag.host} · {tag.purpose}
                </p>
              </div>
              {may && (
                <Button onClick={() => void remove(tag.id)} aria-label={t('removeNamed', { name: tag.name })}>
                  {t('remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <DeclareDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}

type TagValues = { name: string; provider: string; address: string; class: 'statistics' | 'marketing'; purpose: string }

function DeclareDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(cookiesWords)
  const queries = useQueryClient()
  const form = useForm<TagValues>({
    start: { name: '', provider: '', address: '', class: 'statistics', purpose: '' },
    check: ({ name, provider, address, purpose }) => ({
      name: isBlank(name) ? t('needed') : undefined,
      provider: isBlank(provider) ? t('needed') : undefined,
      address: /^https:\/\/[^/]+\/./.test(address.trim()) ? undefined : t('addressWrong'),
      purpose: isBlank(purpose) ? t('needed') : undefined,
    }),
    send: async (values) => {
      await call('POST /page-tags', { body: { ...values, address: values.address.trim(), cookies: [] } })
      await queries.invalidateQueries({ queryKey: cookiesQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog open title={t('declare')} onOpenChange={(open) => !open && onClose()}>
      <Form form={form} label={t('declare')}>
        <TextField label={t('name')} maxLength={80} {...form.field('name')} />
        <TextField label={t('provider')} maxLength={120} {...form.field('provider')} />
        <TextField label={t('address')} hint={t('addressHint')} maxLength={500} {...form.field('address')} />
        <Select
          label={t('class')}
          options={(['statistics', 'marketing'] as const).map((value) => ({ value, label: t(`class/${value}`) }))}
          {...form.field('class')}
        />
        <TextField label={t('purpose')} hint={t('purposeHint')} maxLength={300} {...form.field('purpose')} />
        <FormProblem />
        <Button variant="solid" type="submit" busy={form.sending}>
          {t('declare')}
        </Button>
      </Form>
    </Dialog>
  )
}

function ApartSection({ may }: { readonly may: boolean }) {
  const t = useWords(cookiesWords)
  const { slug, zone } = useWorkspace()
  const { tag } = useReader()
  const f = useFormats(zone)
  const places = new Intl.DisplayNames([tag], { type: 'region' })
  const asked = useInfiniteQuery(flaggedQuery)
  const [releasing, setReleasing] = useState<FlaggedContact>()
  return (
    <Section title={t('apart')} intro={t('apartIntro')}>
      <Asked asked={asked} lines={2}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="users">{t('apartEmpty')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line">
                {rowsOf(data).map((flag) => (
                  <li key={flag.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
                    <div className="grid min-w-0 gap-0.5">
                      <p className="font-medium">
                        <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId: flag.contactId }}>
                          <bdi>{flag.name}</bdi>
                        </Link>
                      </p>
                      <p className="text-sm text-ink-2">
                        {flag.reason === 'child'
                          ? t('child')
                          : t('place', { country: flag.country === null ? '' : (places.of(flag.country) ?? flag.country) })}{' '}
                        · {t(`found/${flag.foundBy}`)}
                      </p>
                    </div>
                    {flag.state !== 'open' ? (
                      <Badge>{t(`state/${flag.state}`)}</Badge>
                    ) : (
                      <span className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
                        {t('due', { date: f.date(flag.dueAt) })}
                        {may && <Button onClick={() => setReleasing(flag)}>{t('release')}</Button>}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
              <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
            </>
          )
        }
      </Asked>
      {releasing && <ReleaseDialog flag={releasing} onClose={() => setReleasing(undefined)} />}
    </Section>
  )
}
