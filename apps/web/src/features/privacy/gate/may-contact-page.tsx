import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { MayContact } from '../../contacts/may-contact.tsx'
import { contactQuery } from '../../contacts/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { overviewQuery } from '../overview/queries.ts'
import { RefusedSection } from '../overview/refused-section.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { ContactChoice } from '../registers/contact-choice.tsx'
import { roomWords } from '../words.ts'

const ListCheck = lazy(() => import('./list-check.tsx').then((file) => ({ default: file.ListCheck })))

/** The question of the whole room: of one person, of a list, and what was refused lately. */
export function MayContactPage() {
  const t = useWords(roomWords)
  const [contactId, setContactId] = useState<string>()
  const [counting, setCounting] = useState(false)
  const overview = useQuery(overviewQuery)
  return (
    <PrivacyPane title={t('page/may-contact')}>
      <Section
        title={t('who')}
        intro={t('whoIntro')}
        actions={contactId && <Button onClick={() => setContactId(undefined)}>{t('whoOther')}</Button>}
      >
        {contactId ? (
          <OnePerson contactId={contactId} />
        ) : (
          <ContactChoice label={t('whoLabel')} none={t('whoNone')} onChoose={({ id }) => setContactId(id)} />
        )}
      </Section>
      <Section
        title={t('list')}
        intro={t('listIntro')}
        actions={
          <Button icon="shield" onClick={() => setCounting(true)}>
            {t('listDo')}
          </Button>
        }
      >
        <Suspense>{counting && <ListCheck tag={undefined} onClose={() => setCounting(false)} />}</Suspense>
      </Section>
      <Asked asked={overview}>{({ refused }) => refused && <RefusedSection refused={refused} />}</Asked>
    </PrivacyPane>
  )
}

function OnePerson({ contactId }: { readonly contactId: string }) {
  const t = useWords(roomWords)
  const { slug } = useWorkspace()
  const asked = useQuery(contactQuery(contactId))
  return (
    <Asked asked={asked}>
      {(contact) => (
        <div className="grid gap-1">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <bdi className="font-medium">{contact.name}</bdi>
            <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId }} className={`text-sm ${linkLook}`}>
              {t('openContact')}
            </Link>
          </p>
          <MayContact contact={contact} bare />
        </div>
      )}
    </Asked>
  )
}
