import { languageName, zoneCity } from '@frontdesk/i18n'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { When } from '../../ui/ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { copyText } from '../../ui/copy-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { Fact } from './fact.tsx'
import { type Contact, type ContactPoint, membersQuery } from './queries.ts'
import { contactsWords } from './words.ts'

const ContactTies = lazy(() => import('./ties/contact-ties.tsx').then((file) => ({ default: file.ContactTies })))
const ContactLists = lazy(() => import('./segments/contact-lists.tsx').then((file) => ({ default: file.ContactLists })))

/** How to reach her, and what else is known. */
export function ContactFacts({ contact }: { readonly contact: Contact }) {
  const t = useWords(contactsWords)
  const { slug } = useWorkspace()
  const members = useQuery(membersQuery).data?.items ?? []
  const owner = members.find(({ id }) => id === contact.ownerMemberId)?.name
  const points = (kind: ContactPoint['kind']) => contact.points.filter((point) => point.kind === kind)
  return (
    <dl
      aria-label={t('facts')}
      className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4 gap-y-4 px-6 pb-5 text-sm phone:grid-cols-2 phone:px-4"
    >
      <Fact term={t('phone')} wide={points('phone').length > 0}>
        <Points points={points('phone')} none={t('noPhone')} />
      </Fact>
      <Fact term={t('email')} wide={points('email').length > 0}>
        <Points points={points('email')} none={t('noEmail')} />
      </Fact>
      <Suspense>
        <ContactTies contact={contact} />
      </Suspense>
      {contact.company && (
        <Fact term={t('company')}>
          <Link
            to="/w/$workspace/contacts/companies/$companyId"
            params={{ workspace: slug, companyId: contact.company.id }}
            search={{}}
            className="text-link underline underline-offset-2"
          >
            <bdi>{contact.company.name}</bdi>
          </Link>
          {contact.companyRole && (
            <span className="block text-xs text-ink-3">
              <bdi>{contact.companyRole}</bdi>
            </span>
          )}
        </Fact>
      )}
      {members.length > 1 && (
        <Fact term={t('owner')}>{owner ? <bdi>{owner}</bdi> : <span className="text-ink-3">{t('nobody')}</span>}</Fact>
      )}
      <Fact term={t('lists')}>
        <Suspense fallback={<span className="text-ink-3">…</span>}>
          <ContactLists contact={contact} />
        </Suspense>
      </Fact>
      {contact.locale && <Fact term={t('language')}>{languageName(contact.locale)}</Fact>}
      {contact.zone && <Fact term={t('zone')}>{zoneCity(contact.zone)}</Fact>}
      <Fact term={t('source')}>
        <span className="inline-block first-letter:uppercase">{t(`source/${contact.source}`)}</span>
      </Fact>
      <Fact term={t('since')}>
        <When at={contact.createdAt} style="date" />
      </Fact>
    </dl>
  )
}

function Points({ points, none }: { readonly points: readonly ContactPoint[]; readonly none: string }) {
  const t = useWords(contactsWords)
  const notices = useNotices()
  if (points.length === 0) return <span className="text-ink-3">{none}</span>
  const copy = async (value: string) => {
    if (await copyText(value)) notices.show({ tone: 'ok', text: t('copied', { value }) })
  }
  return (
    <ul className="grid gap-1">
      {points.map((point) => (
        <li key={point.id} className="group/point grid gap-1">
          <span className="flex min-w-0 items-center gap-1">
            <bdi dir="ltr" className="min-w-0 truncate" title={point.value}>
              {point.shown}
            </bdi>
            <IconButton name={t('copyPoint', { value: point.shown })} icon="copy" size="sm" onClick={() => void copy(point.value)} />
          </span>
          {(point.label || point.shared || point.bounce || (point.preferred && points.length > 1)) && (
            <span className="flex flex-wrap items-center gap-1.5 text-xs text-ink-3">
              {point.label && <bdi>{point.label}</bdi>}
              {point.preferred && points.length > 1 && <Badge>{t('preferred')}</Badge>}
              {point.shared && <Badge tone="outline">{t('shared')}</Badge>}
              {point.bounce && (
                <Badge tone="no" icon="alert">
                  {t('bounced')}
                </Badge>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
