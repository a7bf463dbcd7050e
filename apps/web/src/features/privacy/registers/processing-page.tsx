import { useQuery } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { saveText } from '../../../lib/save-file.ts'
import { Button } from '../../../ui/button.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { type ProcessingActivity, type ProcessingRecords, processingQuery } from './queries.ts'
import { registerWords } from './words.ts'

const sides = ['processor', 'controller'] as const

/** The records of processing, side by side, with what they can be taken along as. */
export function ProcessingPage() {
  const t = useWords(registerWords)
  const room = useWords(roomWords)
  const asked = useQuery(processingQuery)
  return (
    <PrivacyPane title={room('page/processing')}>
      <Asked asked={asked} lines={10}>
        {(records) => (
          <>
            <Head records={records} />
            {sides.map((side) => (
              <Section
                key={side}
                title={t(`side/${side}`)}
                intro={t(`sideIntro/${side}`)}
                actions={
                  <Button size="sm" icon="download" onClick={() => void saveTable(side)}>
                    {t('downloadCsv')}
                  </Button>
                }
              >
                <div className="grid divide-y divide-line">
                  {records[side].map((activity) => (
                    <Activity key={activity.purpose} activity={activity} />
                  ))}
                </div>
              </Section>
            ))}
            <People records={records} />
            <Touches records={records} />
            <Section title={t('transfers')}>
              {records.transfers.length === 0 ? (
                <p className="text-sm text-ink-3">{t('noTransfers')}</p>
              ) : (
                <Facts
                  items={records.transfers.map(({ recipient, region, mechanism }) => ({
                    term: recipient,
                    value: `${t(`region/${region as 'US'}`)} · ${t(`mechanism/${mechanism as 'scc'}`)}`,
                  }))}
                />
              )}
            </Section>
            <Section title={t('safeguards')}>
              <ul className="grid list-disc gap-1 ps-5 text-sm">
                {records.safeguards.map((safeguard) => (
                  <li key={safeguard}>{t(`safe/${safeguard as 'backups'}`)}</li>
                ))}
              </ul>
            </Section>
          </>
        )}
      </Asked>
    </PrivacyPane>
  )
}

async function saveTable(side: (typeof sides)[number]): Promise<void> {
  const { name, csv } = await call('GET /processing-records/table', { query: { side } })
  saveText(name, 'text/csv;charset=utf-8', csv)
}

function Head({ records }: { readonly records: ProcessingRecords }) {
  const t = useWords(registerWords)
  const name = `processing-${records.madeAt.slice(0, 10)}.json`
  return (
    <Section
      title={records.business}
      intro={t('processingIntro')}
      actions={
        <Button icon="download" onClick={() => saveText(name, 'application/json', `${JSON.stringify(records, null, 2)}\n`)}>
          {t('downloadJson')}
        </Button>
      }
    >
      {records.officer && <p className="text-sm wrap-anywhere">{t('officer', records.officer)}</p>}
    </Section>
  )
}

function Activity({ activity }: { readonly activity: ProcessingActivity }) {
  const t = useWords(registerWords)
  const list = (items: readonly string[]) => items.join(', ')
  const others = activity.otherBases.map((basis) => t(`basis/${basis}`))
  return (
    <section className="grid gap-2 py-3" aria-label={t(`purpose/${activity.purpose}`)}>
      <h3 className="text-sm font-strong">{t(`purpose/${activity.purpose}`)}</h3>
      <Facts
        items={[
          {
            term: t('because'),
            value: (
              <>
                {t(`basis/${activity.basis}`)}
                {others.length > 0 && <> ({t('also', { list: list(others) })})</>}
                <span className="block text-xs text-ink-3">{activity.law}</span>
              </>
            ),
          },
          { term: t('whose'), value: list(activity.persons.map((person) => t(`person/${person}`))) },
          { term: t('what'), value: list(activity.categories.map((category) => t(`category/${category}`))) },
          {
            term: t('until'),
            value: (
              <ul className="grid gap-0.5">
                {activity.periods.map(({ retention }) => (
                  <li key={retention}>{t(`ends/${retention}`)}</li>
                ))}
              </ul>
            ),
          },
          { term: t('receivedBy'), value: activity.recipients.length > 0 ? list(activity.recipients) : t('nobodyElse') },
          { term: t('where'), value: <code className="text-xs text-ink-2">{list(activity.tables)}</code> },
        ]}
      />
    </section>
  )
}

function People({ records }: { readonly records: ProcessingRecords }) {
  const t = useWords(registerWords)
  return (
    <Section title={t('persons')} intro={t('personsIntro')}>
      <Facts
        items={records.persons.map(({ kind, count }) => ({
          term: t(`person/${kind}`),
          value: count === null ? t('notCounted') : t('count', { count }),
        }))}
      />
    </Section>
  )
}

function Touches({ records }: { readonly records: ProcessingRecords }) {
  const t = useWords(registerWords)
  return (
    <Section title={t('touches')}>
      <Facts
        items={records.contactPurposes.map(({ purpose, basis, law }) => ({
          term: t(`touch/${purpose}`),
          value: (
            <>
              {t(`basis/${basis}`)}
              <span className="block text-xs text-ink-3">{law}</span>
            </>
          ),
        }))}
      />
    </Section>
  )
}
