import { useState } from 'react'
import { useMinute } from '../../lib/clock.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { AiBadge, Badge, Count, Dot } from '../../ui/badge.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Facts, Section } from '../../ui/section.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { TimelineDay, TimelineEvent } from '../../ui/timeline.tsx'
import { Columns, Specimen } from './specimen.tsx'

const people = [
  { id: '1', name: 'Siobhán Okonkwo-Reilly', text: 'Could I move Friday’s cleaning…', unread: true },
  { id: '2', name: 'محمد الفارسي', text: 'شكراً، أراكم يوم الاثنين', unread: false },
  { id: '3', name: 'Hubert Wolfeschlegelsteinhausenbergerdorff', text: 'Paid invoice 2026-1183', unread: false },
  { id: '4', name: 'Nguyễn Thị Minh Khai', text: 'Booked: check-up, Tue 24 Nov', unread: false },
]

const invoices = [
  { id: '2026-1183', patient: 'Hubert Wolfeschlegelsteinhausenbergerdorff', state: 'paid', amount: '$240.00' },
  { id: '2026-1182', patient: 'נועה ברק', state: 'sent', amount: '$1,140.00' },
  { id: '2026-1181', patient: 'Nguyễn Thị Minh Khai', state: 'paid', amount: '$95.00' },
]

/** Lists, tables, timelines. */
export function DataSpecimens() {
  const [chosen, setChosen] = useState('1')
  const [tab, setTab] = useState<'timeline' | 'bookings' | 'files'>('timeline')
  const now = useMinute()
  return (
    <Specimen title="Lists, tables, timeline">
      <Columns>
        <div className="rounded-lg border border-line bg-backdrop p-2">
          <List label="People" items={people} keyOf={(person) => person.id}>
            {(person) => (
              <button
                type="button"
                {...rowProps}
                aria-current={person.id === chosen || undefined}
                onClick={() => setChosen(person.id)}
                className={rowLook}
              >
                <span className="row-span-2">
                  <Avatar name={person.name} id={person.id} />
                </span>
                <span className="flex items-baseline gap-2">
                  <Name cut className="flex-1 font-strong">
                    {person.name}
                  </Name>
                  <span className="figures text-xs text-ink-3">9:34</span>
                </span>
                <span className="flex items-center gap-2 text-ink-2">
                  <Name cut className="flex-1">
                    {person.text}
                  </Name>
                  {person.unread && <Dot tone="accent" label="Unread" />}
                </span>
              </button>
            )}
          </List>
        </div>
        <Table
          label="Invoices"
          rows={invoices}
          keyOf={(row) => row.id}
          columns={[
            {
              key: 'id',
              title: 'Invoice',
              phone: 'line',
              cell: (row) => <span className="figures whitespace-nowrap text-ink-2">{row.id}</span>,
            },
            {
              key: 'patient',
              title: 'Patient',
              phone: 'title',
              cell: (row) => <Name className="font-medium wrap-anywhere">{row.patient}</Name>,
            },
            {
              key: 'state',
              title: 'State',
              phone: 'line',
              cell: (row) =>
                row.state === 'paid' ? (
                  <Badge tone="ok" icon="check">
                    Paid
                  </Badge>
                ) : (
                  <Badge tone="wait" icon="clock">
                    Sent
                  </Badge>
                ),
            },
            { key: 'amount', title: 'Amount', figures: true, phone: 'aside', cell: (row) => row.amount },
          ]}
        />
        <div>
          <Tabs
            label="Contact"
            value={tab}
            onChange={setTab}
            tabs={[
              {
                key: 'timeline',
                title: 'Timeline',
                content: (
                  <TimelineDay title="Today">
                    <TimelineEvent
                      icon="chat"
                      at={now - 8 * 60_000}
                      sentence={
                        <>
                          <b>Siobhán</b> wrote on the website chat
                        </>
                      }
                    >
                      <p className="rounded-lg bg-fill px-3 py-2 text-ink">Morning! Could I move Friday’s cleaning to the afternoon?</p>
                    </TimelineEvent>
                    <TimelineEvent
                      icon="bot"
                      tone="ai"
                      at={now - 3_600_000}
                      sentence={
                        <>
                          <b>Harper</b> <AiBadge /> answered her call
                        </>
                      }
                      meta="2 min 48 s"
                    />
                    <TimelineEvent
                      icon="ban"
                      tone="no"
                      at={now - 26 * 3_600_000}
                      sentence={
                        <>
                          <b>Siobhán</b> took back consent to <b>automated calls</b>
                        </>
                      }
                    />
                  </TimelineDay>
                ),
              },
              {
                key: 'bookings',
                title: (
                  <>
                    Bookings <Count value={2} />
                  </>
                ),
                content: <p className="py-4 text-ink-2">Two bookings.</p>,
              },
              { key: 'files', title: 'Files', content: <p className="py-4 text-ink-2">No files.</p> },
            ]}
          />
        </div>
        <div className="rounded-lg border border-line">
          <Section title="Facts" note="from the booking">
            <Facts
              items={[
                { term: 'Mobile', value: '(303) 555-0142' },
                { term: 'Mail', value: 'siobhan.okonkwo.reilly@riverbend-studio.example' },
                { term: 'Prefers', value: 'Text, afternoons' },
              ]}
            />
          </Section>
          <Section title="Import">
            <Progress label="open-house-leads.csv" done={1204} total={3880} note="About a minute. You may leave, we tell you." />
          </Section>
        </div>
      </Columns>
    </Specimen>
  )
}
