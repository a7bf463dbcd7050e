import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Section } from '../../../ui/section.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { DocumentView } from './document-view.tsx'
import { FirstVersions } from './first-versions.tsx'
import { policyNames } from './policy-names.ts'
import { policiesQuery } from './queries.ts'
import { policiesWords } from './words.ts'

/** The documents of the business: all of them, or the one that the address names. */
export function PoliciesPage() {
  const t = useWords(policiesWords)
  const room = useWords(roomWords)
  const { document: named } = useSearch({ from: '/w/$workspace/privacy/policies' })
  const document = policyNames.find((one) => one === named)
  return (
    <PrivacyPane {...(document ? { title: t(`kind/${document}`), from: 'policies' } : { title: room('page/policies') })}>
      {document ? <DocumentView key={document} kind={document} /> : <Documents />}
    </PrivacyPane>
  )
}

function Documents() {
  const t = useWords(policiesWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  const asked = useQuery(policiesQuery)
  return (
    <Section title={t('documents')} intro={t('intro')}>
      <Asked asked={asked} lines={8}>
        {({ officer, documents }) => (
          <>
            {officer === null ? (
              <Note tone="no">{t('officerNone')}</Note>
            ) : (
              <Note tone={officer.chosen ? 'ok' : 'wait'}>{t(officer.chosen ? 'officer' : 'officerOwner', { name: officer.name })}</Note>
            )}
            <FirstVersions documents={documents} mayPublish={officer !== null} />
            <ul className="grid divide-y divide-line">
              {documents.map(({ kind, current, changes }) => (
                <li key={kind} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 text-sm">
                  <Link
                    to="/w/$workspace/privacy/policies"
                    params={{ workspace: slug }}
                    search={{ document: kind }}
                    className={`${linkLook} min-w-48 flex-1 font-medium`}
                  >
                    {t(`kind/${kind}`)}
                  </Link>
                  <span className="text-xs text-ink-3">
                    {current
                      ? t('versionOf', { version: String(current.version), date: formats.date(current.publishedAt) })
                      : t('unpublished')}
                  </span>
                  {current?.generated && <Badge tone="outline">{t('generated')}</Badge>}
                  {current &&
                    (changes > 0 ? <Badge tone="wait">{t('changed', { count: changes })}</Badge> : <Badge tone="ok">{t('allSaid')}</Badge>)}
                </li>
              ))}
            </ul>
            <p className="text-xs text-ink-3">{t('counsel')}</p>
          </>
        )}
      </Asked>
    </Section>
  )
}
