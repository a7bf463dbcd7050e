import { useQuery } from '@tanstack/react-query'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { Asked } from '../settings-pane.tsx'
import { accountWords } from './account-words.ts'
import { type OwnRecord, recordsQuery } from './queries.ts'

/** What is recorded of her devices, places and use, how many there are of hers, and when each goes. */
export function RecordsSection() {
  const t = useWords(accountWords)
  const { tag } = useReader()
  const asked = useQuery(recordsQuery)
  const fields = (record: OwnRecord) => record.fields.map((field) => t(`field/${field}`)).join(', ')
  return (
    <Section title={t('recordsTitle')} intro={t('recordsIntro')}>
      <Asked asked={asked}>
        {({ items }) => (
          <Table
            label={t('recordsTitle')}
            rows={items}
            keyOf={({ kind }) => kind}
            columns={[
              { key: 'what', title: t('record'), cell: ({ kind }) => t(`record/${kind}`), phone: 'title' },
              {
                key: 'fields',
                title: t('recordFields'),
                cell: (record) => <span className="text-ink-2">{fields(record)}</span>,
                phone: 'line',
              },
              {
                key: 'count',
                title: t('recordCount'),
                cell: ({ count }) => (count === null ? <span className="text-ink-3">{t('countUnknown')}</span> : count.toLocaleString(tag)),
                figures: true,
                phone: 'aside',
              },
              {
                key: 'days',
                title: t('recordDays'),
                cell: ({ days }) => (days === null ? t('recordNever') : t('days', { count: days })),
                phone: 'line',
              },
            ]}
          />
        )}
      </Asked>
    </Section>
  )
}
