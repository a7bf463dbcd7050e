import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import type { Contact } from '../../contacts/queries.ts'
import { ConsentCard } from './consent-card.tsx'
import { NoteCall } from './note-call.tsx'
import { consentsQuery } from './queries.ts'
import { RecordConsentSheet } from './record-consent-sheet.tsx'
import { consentWords } from './words.ts'

/** What she agreed to and took back, newest first, with the words and the proof. */
export function ContactConsents({ contact }: { readonly contact: Contact }) {
  const t = useWords(consentWords)
  const explain = useExplain()
  const asked = useQuery(consentsQuery(contact.id))
  const [recording, setRecording] = useState(false)
  const record = (
    <Button icon="plus" onClick={() => setRecording(true)}>
      {t('record')}
    </Button>
  )
  return (
    <div className="grid gap-3 pt-4">
      <div className="flex flex-wrap gap-2">
        {record}
        <NoteCall contact={contact} />
      </div>
      {asked.isError && !asked.data && (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      )}
      {asked.isPending && <TextSkeleton lines={3} />}
      {asked.data?.items.length === 0 && <EmptyState icon="check">{t('empty', { name: contact.name })}</EmptyState>}
      {asked.data && asked.data.items.length > 0 && (
        <ul className="grid gap-3">
          {asked.data.items.map((entry) => (
            <li key={entry.id}>
              <ConsentCard entry={entry} contact={contact} />
            </li>
          ))}
        </ul>
      )}
      {recording && <RecordConsentSheet contact={contact} onClose={() => setRecording(false)} />}
    </div>
  )
}
