import type { LeadSource, Principal } from '@frontdesk/contract'
import { createLead, loadPipeline, loseLead, moveLead, winLead } from '../modules/leads/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import { lastSeen } from './last-seen.ts'

type Story = {
  readonly title: string
  readonly value: string
  readonly source: LeadSource
  /** The open stage it has come to, or how it ended. */
  readonly stage: 0 | 1 | 2 | 'won' | 'lost'
  readonly next?: string
  /** From today. */
  readonly dueInDays?: number
}

/** What people ask a dentist about before they decide. */
const stories: readonly Story[] = [
  { title: 'Whitening before a wedding', value: '39000', source: 'form', stage: 0, next: 'Call about the date', dueInDays: 1 },
  { title: 'Aligners', value: '420000', source: 'advert', stage: 0 },
  { title: 'Family of four, new in town', value: '56000', source: 'walk_in', stage: 0, next: 'Send the list of services', dueInDays: 2 },
  { title: 'Implant', value: '310000', source: 'referral', stage: 1, next: 'Ask about insurance', dueInDays: -1 },
  { title: 'Night guard', value: '48000', source: 'call', stage: 1, next: 'Call back in the evening', dueInDays: 0 },
  { title: 'Crown', value: '135000', source: 'message', stage: 2, next: 'Ask whether the offer fits', dueInDays: 3 },
  { title: 'Veneers', value: '680000', source: 'advert', stage: 2 },
  { title: 'Second opinion', value: '9500', source: 'referral', stage: 'won' },
  { title: 'Aligners for two', value: '810000', source: 'form', stage: 'lost' },
]

/** People who may become patients, or come for more: each in the stage that the desk has brought her to. */
export async function askAround(tx: WorkspaceTx, by: Principal): Promise<void> {
  const pipeline = await loadPipeline(tx, by)
  const open = pipeline.stages.filter(({ kind }) => kind === 'open')
  const today = tx.now.toZonedDateTimeISO('America/New_York').toPlainDate()
  const people = await lastSeen(tx, stories.length)
  for (const [at, { title, value, source, stage, next, dueInDays }] of stories.entries()) {
    const contactId = people[at]
    if (contactId === undefined) continue
    const { id: leadId } = await createLead(tx, by, {
      contactId,
      source,
      title,
      value: { minor: value, currency: 'USD' },
      ...(next === undefined ? {} : { nextStep: { text: next, dueOn: today.add({ days: dueInDays ?? 0 }).toString() } }),
    })
    const to = typeof stage === 'number' ? open[stage] : undefined
    if (to && to.id !== open[0]?.id) await moveLead(tx, by, { leadId, stageId: to.id })
    if (stage === 'won') await winLead(tx, by, leadId)
    if (stage === 'lost') await loseLead(tx, by, { leadId, reasonId: pipeline.lostReasons[0]?.id ?? '' })
  }
}
