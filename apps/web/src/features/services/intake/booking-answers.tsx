import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { type Answer, answersQuery } from './queries.ts'
import { intakeWords } from './words.ts'

/** What was answered about a booking. Without any there is nothing to see. */
export function BookingAnswers({ bookingId }: { readonly bookingId: string }) {
  const t = useWords(intakeWords)
  const formats = useFormats()
  const explain = useExplain()
  const asked = useQuery(answersQuery(bookingId))
  if (asked.isError)
    return (
      <Section title={t('answers')}>
        <Note tone="no" role="alert">
          {t('answersFailed', { reason: explain(asked.error).message })}
        </Note>
      </Section>
    )
  const items = asked.data?.items ?? []
  if (items.length === 0) return null
  const shown = ({ kind, answer }: Answer): string => {
    if (kind === 'yes_no') return t(answer === 'yes' ? 'yes' : 'no')
    if (kind === 'date') return formats.plainDate(answer)
    return kind === 'number' ? formats.number(Number(answer)) : answer
  }
  return (
    <Section title={t('answers')}>
      <Facts
        label={t('answers')}
        items={items.map((item) => ({
          term: item.label,
          value: (
            <span dir="auto" className="whitespace-pre-wrap">
              {shown(item)}
            </span>
          ),
        }))}
      />
    </Section>
  )
}
