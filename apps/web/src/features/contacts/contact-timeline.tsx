import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { More } from '../../ui/table.tsx'
import { TimelineDay, TimelineEvent } from '../../ui/timeline.tsx'
import { groupByDay } from './day-groups.ts'
import { useEventSentence } from './event-sentence.tsx'
import { eventSubject } from './event-subject.tsx'
import { eventLook } from './event-words.ts'
import { PartFailed } from './part-failed.tsx'
import { type Contact, membersQuery, timelineQuery } from './queries.ts'
import { contactsWords } from './words.ts'

/** Everything that happened, newest first, by days. */
export function ContactTimeline({ contact }: { readonly contact: Contact }) {
  const t = useWords(contactsWords)
  const { zone } = useReader()
  const asked = useInfiniteQuery(timelineQuery(contact.id))
  const members = useQuery(membersQuery).data?.items ?? []
  const sentence = useEventSentence(contact, members)
  const dayTitle = useDayTitle()
  if (asked.isError && !asked.data) return <PartFailed error={asked.error} onAgain={() => void asked.refetch()} />
  if (!asked.data) {
    return (
      <div className="pt-6">
        <TextSkeleton lines={8} />
      </div>
    )
  }
  const entries = asked.data.pages.flatMap((page) => page.items)
  if (entries.length === 0) return <EmptyState icon="clock">{t('timelineEmpty')}</EmptyState>
  return (
    <div className="pt-1">
      {groupByDay(entries, zone).map(({ day, items }) => (
        <TimelineDay key={day} title={dayTitle(day)}>
          {items.map((entry) => {
            const { icon, tone } = eventLook(entry.summary.key)
            return (
              <TimelineEvent
                key={entry.id}
                icon={icon}
                tone={tone}
                at={entry.at}
                sentence={sentence(entry)}
                meta={eventSubject(entry, contact, t)}
              />
            )
          })}
        </TimelineDay>
      ))}
      <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
    </div>
  )
}

/** "Today, Thursday, November 19"; older days by their date alone. */
function useDayTitle(): (day: string) => string {
  const t = useWords(contactsWords)
  const { zone } = useReader()
  const formats = useFormats()
  const now = useMinute()
  const [today] = groupByDay([{ at: new Date(now).toISOString() }], zone)
  const [yesterday] = groupByDay([{ at: new Date(now - 86_400_000).toISOString() }], zone)
  return (day) => {
    const written = day.slice(0, 4) === today?.day.slice(0, 4) ? formats.plainDate(day, 'weekday') : formats.plainDate(day)
    if (day === today?.day) return t('todayDay', { day: written })
    return day === yesterday?.day ? t('yesterdayDay', { day: written }) : written
  }
}
