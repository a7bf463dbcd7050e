import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { type Terms, termsQuery } from './team-queries.ts'
import { teamWords } from './team-words.ts'

/** The processing terms, and who accepted them. */
export function TermsSection() {
  const t = useWords(teamWords)
  const asked = useQuery(termsQuery)
  return (
    <Section title={t('terms')} intro={t('termsIntro')}>
      <Asked asked={asked}>{(terms) => <TermsText terms={terms} />}</Asked>
    </Section>
  )
}

function TermsText({ terms }: { readonly terms: Terms }) {
  const t = useWords(teamWords)
  const formats = useFormats()
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const { locale } = useReader()
  const { role } = useWorkspace()
  const [busy, setBusy] = useState(false)
  const accepted = terms.acceptances.find(({ sha256 }) => sha256 === terms.sha256)
  const accept = async () => {
    setBusy(true)
    try {
      const { version, sha256 } = terms
      queries.setQueryData(
        termsQuery.queryKey,
        await call('POST /processing-terms/acceptance', { body: { version, sha256 }, idempotencyKey: newKey() }),
      )
      notices.show({ tone: 'ok', text: t('acceptedNow') })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <ol className="grid max-w-[64ch] list-decimal gap-1.5 ps-5 text-sm">
        {terms.text[locale].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      {accepted ? (
        <Note tone="ok">{t('acceptedBy', { date: formats.dateTime(accepted.at), name: accepted.by })}</Note>
      ) : role === 'owner' ? (
        <div>
          <Button variant="solid" busy={busy} onClick={() => void accept()}>
            {t('accept')}
          </Button>
        </div>
      ) : (
        <Note tone="wait">{t('notAccepted')}</Note>
      )}
    </>
  )
}
