import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { Table } from '../../../ui/table.tsx'
import { RemedyLink } from '../../privacy/gate/remedy-link.tsx'
import { hasRulesWord, rulesWords } from '../../privacy/gate/words.ts'
import { Counts } from './counts.tsx'
import { ErrorsButton } from './errors-button.tsx'
import type { Act } from './import-screen.tsx'
import { type Import, type ImportSample, sampleQuery } from './queries.ts'
import { importWords } from './words.ts'

/** The fourth step: what would become of each row, what that allows, and the start. */
export function CheckedStep({
  one,
  act,
  busy,
  onBack,
}: {
  readonly one: Import
  readonly act: Act
  readonly busy: boolean
  readonly onBack: () => Promise<void>
}) {
  const t = useWords(importWords)
  const [vouched, setVouched] = useState(false)
  const [fault, setFault] = useState<string>()
  const { forecast, ground } = one
  if (!forecast || !ground) return null
  const { counts } = forecast
  const people = counts.created + counts.updated + counts.unchanged
  const start = () => {
    setFault(vouched ? undefined : t('vouchMissing'))
    if (vouched) void act(() => call('POST /imports/{importId}/start', { params: { importId: one.id }, body: { vouched: true } }))
  }
  return (
    <>
      <Section title={t('checkedTitle')} intro={t('checkedIntro')}>
        <Counts counts={counts} />
        {one.hasErrors && <ErrorsButton one={one} />}
      </Section>
      <Reach forecast={forecast} people={people} />
      <Samples one={one} />
      <Section title={t('step/run')}>
        {people === 0 && <Note tone="wait">{t('nobodyToWrite')}</Note>}
        <Checkbox label={t('vouch', { ground: t(`ground/${ground.kind}`) })} value={vouched} error={fault} onChange={setVouched} />
        <p className="flex flex-wrap gap-2">
          <Button variant="solid" busy={busy} disabled={people === 0} onClick={start}>
            {t('start', { count: people })}
          </Button>
          <Button busy={busy} onClick={() => void onBack()}>
            {t('backPeople')}
          </Button>
          <Button
            variant="quiet"
            busy={busy}
            onClick={() => void act(() => call('POST /imports/{importId}/cancel', { params: { importId: one.id } }))}
          >
            {t('cancel')}
          </Button>
        </p>
      </Section>
    </>
  )
}

function Reach({ forecast: { reach, asked }, people }: { readonly forecast: NonNullable<Import['forecast']>; readonly people: number }) {
  const t = useWords(importWords)
  const rules = useWords(rulesWords)
  const formats = useFormats()
  if (reach.length === 0) return null
  return (
    <Section title={t('mayTitle')} intro={t('mayIntro')} note={asked < people ? t('maySampled', { count: asked }) : undefined}>
      <Table
        label={t('mayTitle')}
        rows={reach}
        keyOf={({ way }) => way}
        columns={[
          {
            key: 'way',
            title: t('mayTitle'),
            quiet: true,
            phone: 'title',
            cell: ({ way }) => <span className="font-medium">{t(`way/${way}`)}</span>,
          },
          {
            key: 'count',
            title: t('mayTitle'),
            quiet: true,
            figures: true,
            phone: 'aside',
            cell: ({ allowed }) => t('mayOf', { allowed: formats.number(allowed), asked: formats.number(asked) }),
          },
          {
            key: 'why',
            title: t('unlock'),
            cell: ({ reasons }) =>
              reasons.length === 0 ? (
                <span className="text-ink-3">{t('nothingStands')}</span>
              ) : (
                <ul className="grid gap-1">
                  {reasons.slice(0, 3).map(({ code, count, remedy }) => {
                    const key = `group/${code}`
                    return (
                      <li key={code} className="grid gap-0.5 text-xs text-ink-2">
                        <span>
                          <span className="figures">{formats.number(count)}</span> ·{' '}
                          {hasRulesWord(key) ? rules(key as 'group/suppressed') : code}
                        </span>
                        <RemedyLink remedy={remedy} />
                      </li>
                    )
                  })}
                </ul>
              ),
          },
        ]}
      />
    </Section>
  )
}

const tones: Readonly<Record<ImportSample['outcome'], Tone | 'outline'>> = {
  created: 'ok',
  updated: 'accent',
  unchanged: 'neutral',
  duplicate: 'neutral',
  invalid: 'no',
  erased: 'no',
  refused: 'no',
}

function Samples({ one }: { readonly one: Import }) {
  const t = useWords(importWords)
  const explain = useExplain()
  const { slug: workspace } = useWorkspace()
  const asked = useQuery(sampleQuery(one.id, one.version))
  return (
    <Section title={t('samples')} intro={t('samplesIntro')}>
      {asked.isError ? (
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
      ) : asked.data === undefined ? (
        <TextSkeleton lines={4} />
      ) : (
        <Table
          label={t('samples')}
          rows={asked.data.items}
          keyOf={({ line }) => String(line)}
          columns={[
            {
              key: 'name',
              title: t('field/name'),
              phone: 'title',
              cell: ({ name, contactId, line, points }) => (
                <span className="grid gap-0.5">
                  {contactId ? (
                    <Link
                      to="/w/$workspace/contacts/$contactId"
                      params={{ workspace, contactId }}
                      search={{}}
                      className="font-medium text-link"
                    >
                      <bdi>{name}</bdi>
                    </Link>
                  ) : (
                    <bdi className="font-medium">{name || t('line', { line })}</bdi>
                  )}
                  <bdi className="text-xs wrap-anywhere text-ink-3">{points.join(' · ')}</bdi>
                </span>
              ),
            },
            {
              key: 'outcome',
              title: t('becomes'),
              quiet: true,
              phone: 'aside',
              cell: ({ outcome, stopped }) => (
                <span className="flex flex-wrap gap-1">
                  <Badge tone={tones[outcome]}>{t(`outcome/${outcome}`)}</Badge>
                  {stopped && <Badge tone="wait">{t('stopped')}</Badge>}
                </span>
              ),
            },
            {
              key: 'why',
              title: t('examples'),
              quiet: true,
              cell: ({ reasons, line }) => (
                <span className="grid gap-0.5 text-xs text-ink-2">
                  <span className="text-ink-3">{t('line', { line })}</span>
                  {reasons.map((reason) => (
                    <bdi key={reason}>{reason}</bdi>
                  ))}
                </span>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}
