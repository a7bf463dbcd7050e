import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMinute } from '../../../lib/clock.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { Table } from '../../../ui/table.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { dayOf } from '../consents/consent-day.ts'
import { figuresQuery } from './queries.ts'
import { requestWords } from './words.ts'

/** How many requests a year brought, how they were answered, and after how many days (11 CCR 7102). */
export function FiguresSection() {
  const t = useWords(requestWords)
  const { zone } = useWorkspace()
  const now = Number(dayOf(useMinute(), zone).slice(0, 4))
  const [year, setYear] = useState(String(now))
  const asked = useQuery(figuresQuery(Number(year)))
  return (
    <Section title={t('figures')} intro={t('figuresIntro')}>
      <Select
        className="max-w-32"
        label={t('year')}
        value={year}
        onChange={setYear}
        options={[0, 1, 2, 3].map((ago) => ({ value: String(now - ago), label: String(now - ago) }))}
      />
      <Asked asked={asked} lines={3}>
        {(figures) => {
          const rows = figures.kinds.filter(({ received }) => received > 0)
          if (rows.length === 0) return <EmptyState icon="chart">{t('figuresEmpty', { year: String(figures.year) })}</EmptyState>
          return (
            <Table
              label={t('figures')}
              rows={rows}
              keyOf={({ kind }) => kind}
              columns={[
                {
                  key: 'kind',
                  title: t('asked'),
                  phone: 'title',
                  cell: ({ kind }) => <span className="font-medium">{t(`kind/${kind}`)}</span>,
                },
                { key: 'received', title: t('received'), figures: true, phone: 'aside', cell: ({ received }) => received },
                { key: 'complied', title: t('complied'), figures: true, cell: ({ complied }) => complied },
                { key: 'refused', title: t('refusedCount'), figures: true, cell: ({ refused }) => refused },
                { key: 'open', title: t('openCount'), figures: true, cell: ({ open }) => open },
                { key: 'median', title: t('median'), figures: true, cell: ({ medianDays }) => medianDays ?? '–' },
              ]}
            />
          )
        }}
      </Asked>
    </Section>
  )
}
