import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { HueDot } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import type { Contact } from './queries.ts'
import { useContactBookings } from './use-contact-bookings.ts'
import { contactsWords } from './words.ts'

/** When she comes next, or the way to see to it. */
export function NextVisit({ contact, onBook }: { readonly contact: Contact; readonly onBook: () => void }) {
  const t = useWords(contactsWords)
  const { slug, zone } = useWorkspace()
  const formats = useFormats(zone)
  const { ahead } = useContactBookings(contact.id)
  const next = ahead?.[0]
  return (
    <Section title={t('nextVisit')}>
      {next ? (
        <Link
          to="/w/$workspace/calendar"
          params={{ workspace: slug }}
          search={{ date: next.wallStart.slice(0, 10), booking: next.id }}
          className="-mx-2 grid grid-cols-[minmax(0,1fr)] gap-0.5 rounded-md px-2 py-1.5 text-sm no-underline hover:bg-hover"
        >
          <span className="font-medium">
            {formats.weekdayDate(next.start)}, {formats.time(next.start)}
          </span>
          <span className="flex items-center gap-2 text-ink-2">
            <HueDot hue={next.service.hue} />
            <bdi className="min-w-0 truncate">
              {next.service.name}, {next.staff.name}
            </bdi>
          </span>
        </Link>
      ) : (
        ahead && (
          <div className="grid justify-items-start gap-2 text-sm text-ink-2">
            {t('noNextVisit')}
            <Button size="sm" icon="calendar" onClick={onBook}>
              {t('book')}
            </Button>
          </div>
        )
      )}
    </Section>
  )
}
