import { Link } from '@tanstack/react-router'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { consentWords } from '../../privacy/consents/words.ts'
import type { Submission } from './queries.ts'
import { formsWords } from './words.ts'

/** What somebody sent, as she wrote it, with where it went. */
export function SubmissionText({ one, plain = false }: { readonly one: Submission; readonly plain?: boolean }) {
  const t = useWords(formsWords)
  const kit = useWords(consentWords)
  const { slug: workspace } = useWorkspace()
  return (
    <div className="grid min-w-0 gap-1 text-sm">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1">
        {plain ? <bdi className="font-medium">{one.formName}</bdi> : <bdi className="font-medium wrap-anywhere">{one.name}</bdi>}
        {one.email && <bdi className="text-ink-2 wrap-anywhere">{one.email}</bdi>}
        {one.phone && (
          <bdi dir="ltr" className="text-ink-2">
            {one.phone}
          </bdi>
        )}
        <Ago at={one.at} className="text-ink-3" />
      </p>
      {one.answers.map(({ key, label, text }) => (
        <p key={key} className="whitespace-pre-line wrap-anywhere">
          {key !== 'message' && <span className="text-ink-2">{label}: </span>}
          <bdi>{text}</bdi>
        </p>
      ))}
      <p className="flex flex-wrap gap-x-3 text-ink-3 wrap-anywhere">
        {!plain && <bdi>{one.formName}</bdi>}
        <span>{t(`via/${one.via}`)}</span>
        {one.cameFrom && <bdi>{t('from', { page: one.cameFrom })}</bdi>}
        {one.campaign && <bdi>{one.campaign}</bdi>}
        {one.consents.length > 0 && <span>{t('agreed', { what: one.consents.map((key) => kit(`kit/${key}`)).join(', ') })}</span>}
        {one.joined && <span>{t('joined')}</span>}
      </p>
      {!plain && (one.leadId || one.contact) && (
        <p className="flex gap-3">
          {one.leadId && (
            <Link
              to="/w/$workspace/leads/$leadId"
              params={{ workspace, leadId: one.leadId }}
              search={{}}
              className="text-link underline underline-offset-2"
            >
              {t('toLead')}
            </Link>
          )}
          {one.contact && (
            <Link
              to="/w/$workspace/contacts/$contactId"
              params={{ workspace, contactId: one.contact.id }}
              search={{}}
              className="text-link underline underline-offset-2"
            >
              {t('toContact')}
            </Link>
          )}
        </p>
      )}
    </div>
  )
}
