import type { Lead, MemberId } from '@frontdesk/contract'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import { type Background, backgroundOf } from '../../platform/events/testing.ts'
import { mailSettings, memberMailGates } from '../../platform/mail/index.ts'
import { type TestWorkspace, testWorkspace } from '../contacts/testing.ts'
import { winLead } from './close-lead.ts'
import { createLead } from './create-lead.ts'
import { editLead } from './edit-lead.ts'
import { loadLead } from './read-leads.ts'
import { remindNextStepJob } from './remind-next-step.ts'
import { leadSurroundings } from './surroundings.ts'

const test = await testDatabase()
let background: Background
let place: TestWorkspace
let people = 0
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const today = () => test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
const inDays = (days: number) => today().add({ days }).toString()
const add = async (dueOn: string, ownerMemberId: MemberId | null): Promise<Lead> => {
  people += 1
  const contactId = await place.newContact(`step${people}@example.com`, `Ann ${people}`)
  const nextStep = { text: 'Call about the date', dueOn }
  return inside((tx) => createLead(tx, place.as.owner, { contactId, source: 'other', ownerMemberId, nextStep }))
}
const plan = async (lead: Lead, dueOn: string) => {
  const { version } = await inside((tx) => loadLead(tx, place.as.owner, lead.id))
  return inside((tx) => editLead(tx, place.as.owner, { leadId: lead.id, version, nextStep: { text: 'Send the offer', dueOn } }))
}
/** Lets days go by, with what happens on each. */
const wait = async (days: number) => {
  for (let day = 0; day < days; day++) {
    test.clock.advance({ hours: 24 })
    await background.settle()
  }
}
const mails = async () => {
  const { rows } = await test.asSuperuser(
    `select to_address, subject from mail where workspace_id = $1 and news = 'tasks_mine' order by id`,
    [place.workspaceId],
  )
  return rows.map(({ to_address, subject }) => `${to_address}: ${subject}`)
}

beforeAll(async () => {
  mailSettings.provide({ smtpUrl: undefined, from: { name: 'Frontdesk', address: 'desk@example.com' } } as never)
  memberMailGates.provide('accounts', { mayReach: async () => ({ allowed: true }) })
  leadSurroundings.provide({ publicUrl: () => 'https://desk.example' })
  background = await backgroundOf(test, { jobs: [remindNextStepJob] })
})
beforeEach(async () => {
  place = await testWorkspace(test)
})

it('whoever works on a lead is reminded once, on the morning of the day', async () => {
  const { memberId } = place.as.member
  const { contact } = await add(inDays(2), memberId)
  await wait(1)
  expect(await mails()).toEqual([])
  await wait(3)
  expect(await mails()).toEqual([`member@salon.example: Today for ${contact.name}: Call about the date`])
})

it('a step that was moved is told on its new day, and for each day once', async () => {
  const lead = await add(inDays(2), place.as.member.memberId)
  await plan(lead, inDays(4))
  await wait(3)
  expect(await mails()).toEqual([])
  await wait(2)
  expect(await mails()).toEqual([`member@salon.example: Today for ${lead.contact.name}: Send the offer`])
  await plan(lead, inDays(1))
  await wait(2)
  expect(await mails()).toHaveLength(2)
})

it('nobody is told of what is closed, of what nobody works on, of a day that is here, or of a contact whom she does not see any more', async () => {
  const won = await add(inDays(1), place.as.member.memberId)
  await inside((tx) => winLead(tx, place.as.owner, won.id))
  await add(inDays(1), null)
  test.clock.advance({ hours: 1 })
  await add(inDays(0), place.as.member.memberId)
  const contactId = await place.newContact('rep@example.com', 'Rep')
  const rep = place.as.representative.memberId
  await test.asSuperuser('update contact set owner_member_id = $1 where id = $2', [rep, contactId])
  const nextStep = { text: 'Call', dueOn: inDays(1) }
  await inside((tx) => createLead(tx, place.as.owner, { contactId, source: 'other', ownerMemberId: rep, nextStep }))
  await test.asSuperuser('update contact set owner_member_id = null where id = $1', [contactId])
  await wait(2)
  expect(await mails()).toEqual([])
})
