import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { useShortWhen } from '../calendar/short-when.ts'
import { mayChangeWaitlist } from './may-wait.ts'
import { type Waiting, waitingOfQuery } from './queries.ts'
import { useWishWords } from './wish-words.ts'
import { waitlistWords } from './words.ts'

const WaitSheet = lazy(() => import('./wait-sheet.tsx').then((file) => ({ default: file.WaitSheet })))

/** What a contact waits for, and the way to put her on the list. */
export function ContactWaiting({ contact }: { readonly contact: { readonly id: string; readonly name: string } }) {
  const t = useWords(waitlistWords)
  const explain = useExplain()
  const { role } = useWorkspace()
  const asked = useQuery(waitingOfQuery(contact.id))
  const [adding, setAdding] = useState(false)
  const items = asked.data?.items ?? []
  return (
    <Section title={t('waits')}>
      {asked.isError && !asked.data && (
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
      )}
      {items.length > 0 && (
        <ul className="grid gap-2 text-sm">
          {items.map((entry) => (
            <Waits key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      {asked.data && items.length === 0 && <p className="text-sm text-ink-2">{t('waitsNot')}</p>}
      {mayChangeWaitlist.includes(role) && (
        <div>
          <Button size="sm" icon="plus" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        </div>
      )}
      <Suspense>{adding && <WaitSheet contact={contact} onClose={() => setAdding(false)} />}</Suspense>
    </Section>
  )
}

function Waits({ entry }: { readonly entry: Waiting }) {
  const t = useWords(waitlistWords)
  const { slug: workspace } = useWorkspace()
  const short = useShortWhen()
  const wishes = useWishWords(t, useFormats())
  const { offer } = entry
  return (
    <li className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-2">
        <Link
          to="/w/$workspace/waitlist"
          params={{ workspace }}
          search={{ service: entry.service.id }}
          className="min-w-0 font-medium no-underline hover:underline"
        >
          <bdi>{entry.service.name}</bdi>
        </Link>
        <Badge tone={entry.state === 'offered' ? 'wait' : 'neutral'}>{t(`state/${entry.state}`)}</Badge>
      </span>
      <span className="text-ink-2">{wishes(entry)}</span>
      {offer?.state === 'open' && (
        <span className="text-xs text-ink-2">
          {t('offeredUntil', { start: short.dayTime(offer.start), until: short.dayTime(offer.answerBy) })}
        </span>
      )}
    </li>
  )
}
