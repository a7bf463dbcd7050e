import { CreateFieldBody, type Principal } from '@frontdesk/contract'
import { createField, editContact, loadContact } from '../modules/contacts/index.ts'
import { createForm } from '../modules/leads/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import { type Chance, pick } from './chance.ts'
import { lastSeen } from './last-seen.ts'

/** What the desk asks everybody, with the colours of the answers. */
const questions = [
  {
    label: 'Recall',
    choices: [
      { label: 'Every 3 months', hue: 20 },
      { label: 'Every 6 months', hue: 150 },
      { label: 'Once a year', hue: 220 },
    ],
  },
  {
    label: 'Found us by',
    choices: [
      { label: 'A friend', hue: 320 },
      { label: 'Search', hue: 260 },
      { label: 'Walking by', hue: 90 },
    ],
  },
] as const

const ASKED = 60

/** The desk has asked most people its own questions, the owner looks after some of them herself, and there is a form for the site. */
export async function fillCards(tx: WorkspaceTx, by: Extract<Principal, { kind: 'member' }>, chance: Chance): Promise<void> {
  const fields = []
  for (const { label, choices } of questions)
    fields.push(await createField(tx, by, CreateFieldBody.parse({ label, type: 'choice', category: 'preference', filter: true, choices })))
  for (const contactId of await lastSeen(tx, ASKED)) {
    const { version } = await loadContact(tx, by, contactId)
    const said = fields.flatMap(({ key, choices }) => (chance() < 0.85 ? [[key, pick(chance, choices).key]] : []))
    const ownerMemberId = chance() < 0.35 ? by.memberId : null
    await editContact(tx, by, { contactId, version, fields: Object.fromEntries(said), ownerMemberId })
  }
  await createForm(tx, by, { name: 'Ask us' })
}
