import { useWords } from '../../../lib/i18n.tsx'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { RemedyLink } from '../gate/remedy-link.tsx'
import { hasRulesWord, rulesWords } from '../gate/words.ts'
import { hasStepWord, type RoomTranslator, roomWords } from '../words.ts'
import { Calm } from './calm.tsx'
import type { Overview } from './queries.ts'

type Refused = NonNullable<Overview['refused']>

/** What the gate refused in a week, reason by reason, with the one step that would allow it. */
export function RefusedSection({ refused }: { readonly refused: Refused }) {
  const t = useWords(roomWords)
  const rules = useWords(rulesWords)
  return (
    <Section title={t('refused')}>
      {refused.reasons.length === 0 ? (
        <Calm>{t('refusedNone')}</Calm>
      ) : (
        <Table
          label={t('refused')}
          rows={refused.reasons}
          keyOf={({ code, remedy }) => `${code} ${remedy}`}
          columns={[
            {
              key: 'why',
              title: t('refusedWhy'),
              phone: 'title',
              cell: ({ code, remedy }) => {
                const key = `group/${code}`
                return (
                  <span className="grid gap-0.5 py-1">
                    <span className="font-medium">{hasRulesWord(key) ? rules(key as 'group/suppressed') : code}</span>
                    <span className="flex flex-wrap items-baseline gap-x-2 text-xs text-ink-2">
                      {stepWords(t, remedy)}
                      <RemedyLink remedy={remedy} />
                    </span>
                  </span>
                )
              },
            },
            { key: 'people', title: t('refusedPeople'), figures: true, phone: 'hidden', cell: ({ people }) => people },
            { key: 'times', title: t('refusedTimes'), figures: true, phone: 'aside', cell: ({ count }) => count },
          ]}
        />
      )}
    </Section>
  )
}

/** The step in words; one without words of its own is left to its link. */
function stepWords(t: RoomTranslator, remedy: string | null): string {
  if (remedy === null) return t('step/none')
  const key = `step/${remedy}`
  return hasStepWord(key) ? t(key) : ''
}
