import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../lib/i18n.tsx'
import { Section } from '../../ui/section.tsx'
import { leadSubmissionsQuery } from './forms/queries.ts'
import { SubmissionText } from './forms/submission-text.tsx'
import { formsWords } from './forms/words.ts'

/** What somebody sent with forms for this lead; nothing where she came another way. */
export function LeadSubmissions({ leadId }: { readonly leadId: string }) {
  const t = useWords(formsWords)
  const items = useQuery(leadSubmissionsQuery(leadId)).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('ofLead')}>
      <ul className="grid divide-y divide-line">
        {items.map((one) => (
          <li key={one.id} className="py-2">
            <SubmissionText one={one} plain />
          </li>
        ))}
      </ul>
    </Section>
  )
}
