import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { LegalChecks } from './legal-checks.tsx'
import { LegalDisclosure } from './legal-disclosure.tsx'
import { type LegalCase, legalRequestQuery } from './legal-queries.ts'
import { legalTones } from './legal-requests-page.tsx'
import { LegalScope } from './legal-scope.tsx'
import { LegalTelling } from './legal-telling.tsx'
import { legalWords } from './legal-words.ts'
import { useSaveLegal } from './use-save-legal.ts'
import { WordsDialog } from './words-dialog.tsx'

const route = getRouteApi('/w/$workspace/privacy/legal-requests/$legalRequestId')

/** One request of an authority: what it asks, what is handed over at most, whether it is valid, what went out, who was told. */
export function LegalRequestPage() {
  const t = useWords(legalWords)
  const { legalRequestId } = route.useParams()
  const { role } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  const asked = useQuery(legalRequestQuery(legalRequestId))
  const title = asked.data ? t('number', { number: String(asked.data.number) }) : t('title')
  return (
    <PrivacyPane title={title} from="legal-requests">
      <Asked asked={asked} lines={10}>
        {(request) => (
          <>
            <Head request={request} />
            <LegalScope request={request} may={may} />
            <LegalChecks request={request} may={may} />
            <LegalDisclosure request={request} may={may} />
            <LegalTelling request={request} may={may} />
            <History request={request} may={may} />
          </>
        )}
      </Asked>
    </PrivacyPane>
  )
}

function Head({ request }: { readonly request: LegalCase }) {
  const t = useWords(legalWords)
  const formats = useFormats()
  return (
    <Section title={t(`kind/${request.kind}`)} actions={<Badge tone={legalTones[request.state]}>{t(`state/${request.state}`)}</Badge>}>
      <p className="text-sm wrap-anywhere whitespace-pre-line">
        <bdi>{request.asked}</bdi>
      </p>
      <Facts
        items={[
          { term: t('authority'), value: <bdi>{`${request.authority}, ${request.jurisdiction}`}</bdi> },
          { term: t('reason'), value: t(`reason/${request.reason}`) },
          ...(request.reference ? [{ term: t('reference'), value: <bdi>{request.reference}</bdi> }] : []),
          ...(request.dueOn ? [{ term: t('dueOn'), value: formats.plainDate(request.dueOn) }] : []),
        ]}
      />
      {request.complaintNumber && <p className="text-sm text-ink-2">{t('complaint', { number: String(request.complaintNumber) })}</p>}
      {request.refusal && (
        <p className="text-sm">
          {t(`refusal/${request.refusal}`)}: <bdi>{request.outcome}</bdi>
        </p>
      )}
    </Section>
  )
}

function History({ request, may }: { readonly request: LegalCase; readonly may: boolean }) {
  const t = useWords(legalWords)
  const formats = useFormats()
  const save = useSaveLegal(request.id)
  const [closing, setClosing] = useState(false)
  return (
    <Section
      title={t('history')}
      actions={
        may &&
        (request.state === 'disclosed' || request.state === 'refused') && (
          <Button size="sm" onClick={() => setClosing(true)}>
            {t('close')}
          </Button>
        )
      }
    >
      <ol className="grid divide-y divide-line text-sm">
        {request.steps.map((step) => (
          <li key={step.id} className="grid gap-0.5 py-2">
            <span className="font-medium">{t(`step/${step.step as 'received'}`)}</span>
            {step.note && <bdi className="wrap-anywhere text-ink-2">{step.note}</bdi>}
            <span className="text-xs text-ink-3">{t('stepBy', { date: formats.dateTime(step.at), name: step.by })}</span>
          </li>
        ))}
      </ol>
      {closing && (
        <WordsDialog
          title={t('close')}
          label={t('closeNote')}
          action={t('close')}
          onClose={() => setClosing(false)}
          onSend={(note, key) =>
            save(
              call('POST /legal-requests/{legalRequestId}/close', {
                params: { legalRequestId: request.id },
                body: { note },
                idempotencyKey: key,
              }),
            )
          }
        />
      )}
    </Section>
  )
}
