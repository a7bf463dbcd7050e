import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { When } from '../../../ui/ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { actorName } from '../event-sentence.tsx'
import { type Contact, membersQuery } from '../queries.ts'
import { contactsWords } from '../words.ts'
import { mayMerge } from './may-merge.ts'
import { type ContactMerge, mergesQuery } from './queries.ts'
import { UndoMergeDialog } from './undo-merge-dialog.tsx'
import { duplicatesWords } from './words.ts'

/** Which cards were merged into this one, and the way back. Nothing where there were none. */
export function MergesSection({ contact }: { readonly contact: Contact }) {
  const t = useWords(duplicatesWords)
  const { role } = useWorkspace()
  const merges = useQuery(mergesQuery(contact.id)).data?.items ?? []
  const [undoing, setUndoing] = useState<ContactMerge>()
  if (merges.length === 0) return null
  return (
    <section aria-label={t('mergesTitle')} className="grid gap-1">
      <h3 className="text-sm font-strong">{t('mergesTitle')}</h3>
      <ul className="grid divide-y divide-line">
        {merges.map((merge) => (
          <li key={merge.id} className="grid justify-items-start gap-1 py-3 text-sm">
            <MergeSentence contact={contact} merge={merge} />
            {merge.undoneAt === null && mayMerge.includes(role) && (
              <Button size="sm" icon="undo" onClick={() => setUndoing(merge)}>
                {t('undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {undoing && <UndoMergeDialog merge={undoing} onClose={() => setUndoing(undefined)} />}
    </section>
  )
}

function MergeSentence({ contact, merge }: { readonly contact: Contact; readonly merge: ContactMerge }) {
  const t = useWords(duplicatesWords)
  const words = useWords(contactsWords)
  const members = useQuery(membersQuery).data?.items ?? []
  const who = (actor: ContactMerge['by']) => actorName(words, actor, contact, members)
  return (
    <>
      <span className="wrap-anywhere">{t('mergedOn', { other: merge.mergedName, who: who(merge.by) })}</span>
      <span className="text-xs text-ink-3">
        <When at={merge.at} />
        {merge.undoneAt && merge.undoneBy && (
          <>
            {' · '}
            {t('undoneOn', { who: who(merge.undoneBy) })} · <When at={merge.undoneAt} />
          </>
        )}
      </span>
    </>
  )
}
