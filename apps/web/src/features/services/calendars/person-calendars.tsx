import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import type { Staff } from '../queries.ts'
import { CalendarItem } from './calendar-item.tsx'
import { CalendarSheet } from './calendar-sheet.tsx'
import { FeedSection } from './feed-section.tsx'
import { calendarsQuery } from './queries.ts'
import { calendarsWords } from './words.ts'

const leads: readonly string[] = ['owner', 'admin', 'manager']
const desk: readonly string[] = [...leads, 'member', 'representative']

/** The calendars that a person keeps elsewhere, and the address under which her bookings can be read from there. */
export function PersonCalendars({ person }: { readonly person: Staff }) {
  const t = useWords(calendarsWords)
  const explain = useExplain()
  const { role, memberId } = useWorkspace()
  const [adding, setAdding] = useState(false)
  const asked = useQuery(calendarsQuery(person.id))
  const items = asked.data?.items ?? []
  // The server has the same rule and the last word.
  const may = leads.includes(role) || (desk.includes(role) && person.memberId === memberId)
  const add = may && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <>
      <Section title={t('calendars')} intro={t('calendarsIntro')} actions={items.length > 0 && add}>
        {asked.isError ? (
          <div className="grid justify-items-start gap-3">
            <Note tone="no" role="alert">
              {t('listFailed', { reason: explain(asked.error).message })}
            </Note>
            <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
          </div>
        ) : !asked.data ? (
          <TextSkeleton lines={2} />
        ) : items.length === 0 ? (
          <EmptyState icon="calendar" action={add}>
            {t('none')}
          </EmptyState>
        ) : (
          <ul className="grid divide-y divide-line">
            {items.map((calendar) => (
              <CalendarItem key={calendar.id} calendar={calendar} may={may} />
            ))}
          </ul>
        )}
      </Section>
      {may && <FeedSection staffId={person.id} />}
      {adding && <CalendarSheet staffId={person.id} onClose={() => setAdding(false)} />}
    </>
  )
}
