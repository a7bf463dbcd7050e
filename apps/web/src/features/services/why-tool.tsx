import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nowMs } from '../../lib/clock.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { DateField, TimeField } from '../../ui/date-field.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { dateIn, instantAt, minuteOf, shiftDate } from '../calendar/clock-days.ts'
import { staffQuery, whyQuery } from '../calendar/queries.ts'
import { WhyClosed } from '../calendar/why-closed.tsx'
import { calendarsWords } from './calendars/words.ts'
import type { Service } from './queries.ts'
import { servicesWords } from './words.ts'

/** Asks about any moment why it can be booked, or why not. */
export function WhyTool({ service }: { readonly service: Service }) {
  const t = useWords(servicesWords)
  const calendarWords = useWords(calendarsWords)
  const explain = useExplain()
  const { zone } = useWorkspace()
  const { list } = useFormats()
  const [date, setDate] = useState(() => shiftDate(dateIn(nowMs(), zone), 1))
  const [time, setTime] = useState('10:00')
  const [staffId, setStaffId] = useState('')
  const people = (useQuery(staffQuery).data ?? []).filter((person) => service.staffIds.includes(person.id))
  const start = date && time ? instantAt(date, minuteOf(time), zone) : undefined
  const wish = { serviceId: service.id, start: start ?? '', staffId: staffId || undefined }
  const asked = useQuery({ ...whyQuery(wish), enabled: start !== undefined })
  const free = asked.data?.staff.filter(({ open }) => open).map(({ name }) => name) ?? []
  const unread = [...new Set(asked.data?.staff.filter(({ open }) => open).flatMap((person) => person.unread) ?? [])]
  return (
    <Section title={t('why')} intro={t('whyIntro')}>
      <div className="flex flex-wrap gap-3">
        <DateField label={t('whyDay')} value={date} onChange={setDate} className="w-40" />
        <TimeField label={t('whyTime')} value={time} onChange={setTime} step={5} className="w-32" />
        {people.length > 1 && (
          <Select
            label={t('whyPerson')}
            value={staffId}
            onChange={setStaffId}
            options={[{ value: '', label: t('anybody') }, ...people.map((person) => ({ value: person.id as string, label: person.name }))]}
            className="min-w-40 flex-1"
          />
        )}
      </div>
      {start === undefined && <Note>{t('whyAsk')}</Note>}
      {asked.isError && (
        <Note tone="no" role="alert">
          {t('whyFailed', { reason: explain(asked.error).message })}
        </Note>
      )}
      {asked.data?.open && (
        <Note tone="ok" role="status">
          {free.length > 0 ? t('whyOpen', { people: list(free) }) : t('whyOpenPlain')}
        </Note>
      )}
      {asked.data?.open && unread.length > 0 && <Note tone="wait">{calendarWords('unread', { names: list(unread) })}</Note>}
      {start !== undefined && asked.data && !asked.data.open && <WhyClosed {...wish} start={start} />}
    </Section>
  )
}
