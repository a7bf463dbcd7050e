import type { ContactId, ToldOfLifting } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { testOffice } from '../requests/testing.ts'
import { contactRights } from './contact-rights.ts'
import { liftAfterTelling } from './lift-after-telling.ts'
import { restrictContact } from './restrict-contact.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside } = office
const { owner, manager, privacy_officer: officer } = place.as

let counter = 0
/** Somebody whose data are only kept. */
async function kept(points = true): Promise<ContactId> {
  counter += 1
  const contactId = await place.newContact(`kept${counter}@home.example`, `Kim Kept${counter}`)
  if (!points) await test.asSuperuser('delete from contact_point where contact_id = $1', [contactId])
  await inside((tx) => restrictContact(tx, officer, { contactId, ground: 'accuracy_contested' }))
  test.clock.advance({ hours: 24 })
  return contactId
}
const lift = (contactId: ContactId, told: ToldOfLifting = { how: 'mail' }, by = officer) =>
  inside((tx) => liftAfterTelling(tx, by, { contactId, because: 'The address was right after all', told }))
const restriction = async (contactId: ContactId) => (await inside((tx) => contactRights(tx, owner, { contactId }))).restriction
const stored = async (contactId: ContactId) =>
  (
    await office.rowsOf(
      'select told_how, told_proof, lifted_because, lifted_at is not null as lifted from restriction where contact_id = $1',
      [contactId],
    )
  )[0]
const soon = async () => {
  test.clock.advance({ minutes: 1 })
  await office.settle()
}

describe('before a restriction is lifted she is told (GDPR Art. 18(3))', () => {
  it('with what shows how, where somebody told her; without it nothing is lifted [M9]', async () => {
    const contactId = await kept()
    await expect(lift(contactId, { how: 'phone', proof: 'Called on Monday, spoke with her' }, manager)).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    expect(await restriction(contactId)).toMatchObject({ lifting: null })
    await lift(contactId, { how: 'phone', proof: 'Called on Monday, spoke with her' })
    expect(await restriction(contactId)).toBeNull()
    expect(await stored(contactId)).toEqual({
      told_how: 'phone',
      told_proof: 'Called on Monday, spoke with her',
      lifted_because: 'The address was right after all',
      lifted: true,
    })
    expect(await office.mails(contactId)).toEqual([])
  })

  it('by a letter through the gate, once, and it ends only when the letter has left [M9]', async () => {
    const contactId = await kept()
    await lift(contactId)
    await lift(contactId) // asked twice, written once
    await soon()
    expect(await restriction(contactId)).toMatchObject({ ground: 'accuracy_contested', lifting: 'letter_leaving' })
    const letters = await office.lettersOf(contactId)
    expect(letters).toHaveLength(1)
    for (const words of ['has only kept your data and not used them', 'The address was right after all', 'https://desk.example/rights/'])
      expect(letters[0]?.text).toContain(words)
    const permits = await office.rowsOf("select purpose, decision from permit where contact_id = $1 and about_type = 'restriction'", [
      contactId,
    ])
    expect(permits).toEqual([{ purpose: 'legal', decision: 'allowed' }])
    await office.lettersLeave(contactId)
    await soon()
    expect(await restriction(contactId)).toBeNull()
    expect(await stored(contactId)).toMatchObject({ told_how: 'mail', told_proof: null, lifted: true })
  })

  it('not at all by a letter that did not leave: the data stay unused, the card says so, and she can be told another way [M9]', async () => {
    const contactId = await kept()
    await lift(contactId)
    await office.rowsOf("update mail set state = 'failed' where contact_id = $1", [contactId])
    await soon()
    expect(await restriction(contactId)).toMatchObject({ lifting: 'letter_failed' })
    expect(await stored(contactId)).toMatchObject({ told_how: null, lifted: false })
    await lift(contactId, { how: 'in_person', proof: 'Told at the desk' })
    expect(await restriction(contactId)).toBeNull()
  })

  it('refused where no mail can go to her, with nothing changed [M9]', async () => {
    const contactId = await kept(false)
    await expect(lift(contactId)).rejects.toMatchObject({
      type: 'privacy/refused',
      facts: { detail: expect.stringContaining('by letter, on the phone or in person') },
    })
    expect(await restriction(contactId)).toMatchObject({ lifting: null })
  })

  it('told by phone while the letter is leaving, it ends at once, and the letter changes nothing any more', async () => {
    const contactId = await kept()
    await lift(contactId)
    await lift(contactId, { how: 'phone', proof: 'She called us' })
    expect(await restriction(contactId)).toBeNull()
    await office.lettersLeave(contactId)
    await soon()
    expect(await stored(contactId)).toMatchObject({ told_how: 'phone' })
  })
})
