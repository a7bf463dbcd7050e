import { requestsRoutes, roles } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { answerRequest, closeRequest, refuseRequest, resolveComplaint } from './answer-request.ts'
import { appealByLink, appealRequest, decideAppeal, startSelfReview } from './appeal-request.ts'
import { testCases } from './cases.testing.ts'
import { loadRequest } from './find-request.ts'
import { listRequests } from './list-requests.ts'
import { chooseContact, noteRequest, requestTemplates } from './look-after.ts'
import { changeOffice, readOffice } from './office.ts'
import { extendRequest, pauseRequest, resumeRequest } from './pause-request.ts'
import { recordRequest } from './receive-request.ts'
import { requestsPolicy } from './request.policy.ts'
import { testOffice } from './testing.ts'
import { confirmByLink, verifyRequest } from './verify-request.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside } = office
const { owner, admin, member, privacy_officer: officer } = place.as

const { asked, proven, state } = testCases(office)
const conflict = { type: 'http/conflict' }

describe('a case refuses', () => {
  it('an answer before she has proven who she is, and any ground but that [M16]', async () => {
    const { id } = await asked()
    await expect(inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'All of it' }))).rejects.toMatchObject(conflict)
    await expect(inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'no_data', text: 'None' }))).rejects.toMatchObject(
      conflict,
    )
    await inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'identity_not_proven', text: 'Sorry' }))
    expect(await state(id)).toMatchObject({ state: 'refused', refusalGround: 'identity_not_proven' })
  })

  it('a step that was done, and every step back', async () => {
    const { id } = await proven()
    await inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'Here' }))
    await expect(inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'Again' }))).rejects.toMatchObject(conflict)
    await expect(inside((tx) => extendRequest(tx, owner, { requestId: id, because: 'Later' }))).rejects.toMatchObject(conflict)
    await inside((tx) => closeRequest(tx, owner, id))
    await expect(inside((tx) => appealRequest(tx, owner, { requestId: id, reason: 'No' }))).rejects.toMatchObject(conflict)
    expect((await state(id)).acts).toEqual([])
  })

  it('an admin who wants to decide, and shows complaints to nobody but those who look after them [O4]', async () => {
    const { id } = await proven()
    await expect(inside((tx) => answerRequest(tx, admin, { requestId: id, text: 'Here' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    expect(await inside((tx) => loadRequest(tx, admin, id))).toMatchObject({ id })
    const complaint = await asked('complaint')
    for (const role of roles) {
      const seen = inside((tx) => loadRequest(tx, place.as[role], complaint.id)).then(
        ({ kind }) => kind,
        ({ type }) => type,
      )
      const reads = requestsPolicy.decide(place.as[role], 'requests.read').allowed
      const expected = role === 'owner' || role === 'privacy_officer' ? 'complaint' : reads ? 'http/not-found' : 'http/not-allowed'
      expect([role, await seen]).toEqual([role, expected])
    }
    const { items } = await inside((tx) => listRequests(tx, admin, { list: 'open', limit: 200 }))
    expect(items.filter(({ kind }) => kind === 'complaint')).toEqual([])
    expect(await inside((tx) => loadRequest(tx, officer, complaint.id))).toMatchObject({ kind: 'complaint' })
  })

  it('a pause that the law does not have, and an extension after the first term', async () => {
    const californian = await proven('access', { region: 'us' })
    await expect(inside((tx) => pauseRequest(tx, owner, { requestId: californian.id, reason: 'identity_in_doubt' }))).rejects.toMatchObject(
      conflict,
    )
    test.clock.advance({ hours: 24 * 46 })
    await expect(inside((tx) => extendRequest(tx, owner, { requestId: californian.id, because: 'Much' }))).rejects.toMatchObject(conflict)
  })

  it('a guardian who is none: a child’s data need one, and a link is not enough', async () => {
    const { id } = await asked('access', { forWhom: 'child' })
    expect(await inside((tx) => confirmByLink(tx, place.visitor, { requestId: id }))).toMatchObject({ row: { state: 'verifying' } })
    await expect(inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'in_person' }))).rejects.toMatchObject(conflict)
    await inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'guardian', evidence: 'Family book seen' }))
    expect(await state(id)).toMatchObject({ state: 'in_progress', verifiedHow: 'guardian' })
  })
})

describe('a request', () => {
  it('made from a mail goes from receipt to receipt, and tells timeline, outbox and the person each step [M18]', async () => {
    const { id, contactId, email } = await proven('access', { by: 'mail' })
    await inside((tx) => noteRequest(tx, officer, { requestId: id, text: 'Called her' }))
    const { answer } = await inside((tx) => requestTemplates(tx, owner, id))
    expect(answer).toContain('Ann Lee')
    await inside((tx) => answerRequest(tx, owner, { requestId: id, text: answer }))
    await inside((tx) => closeRequest(tx, owner, id))
    const seen = await state(id)
    expect(seen).toMatchObject({ state: 'closed', verifiedHow: 'link', notes: [{ text: 'Called her' }], due: null })
    expect(seen.steps.map(({ step }) => step)).toEqual([
      'received',
      'acknowledged',
      'verifying',
      'address_confirmed',
      'in_progress',
      'answered',
      'closed',
    ])
    const mails = await office.mails(contactId)
    expect(mails).toHaveLength(4)
    expect(mails.every(({ to_address }) => to_address === email)).toBe(true)
    const timeline = await office.rowsOf("select kind from timeline_event where contact_id = $1 and kind like 'request.%' order by id", [
      contactId,
    ])
    expect(timeline.map(({ kind }) => kind)).toEqual([
      'request.received',
      'request.acknowledged',
      'request.verifying',
      'request.in_progress',
      'request.answered',
      'request.closed',
    ])
    const events = await office
      .rowsOf("select type from platform.outbox where payload->>'requestId' = $1 order by id", [id])
      .catch(() => office.rowsOf("select type from outbox where payload->>'requestId' = $1 order by id", [id]))
    expect(events[0]?.type).toBe('request.received')
    const permits = await office.rowsOf('select distinct purpose from permit where about_id = $1', [id])
    expect(permits).toEqual([{ purpose: 'legal' }])
  })

  it('writes to whoever stopped everything all the same: rights pass every opt-out', async () => {
    const { id, contactId } = await proven('objection')
    expect(await state(id)).toMatchObject({ state: 'in_progress', verifiedHow: 'not_needed' })
    const stops = await office.rowsOf('select scope from suppression where contact_id = $1', [contactId])
    expect(stops).toEqual([{ scope: 'marketing' }])
    await inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'Done' }))
    expect(await office.mails(contactId)).toHaveLength(2)
  })

  it('is written to no address that is not on file: without a contact its page alone tells', async () => {
    const { id } = await inside((tx) =>
      recordRequest(tx, member, { kind: 'access', receivedBy: 'mail', requesterEmail: 'nobody@home.example', forWhom: 'self' }),
    )
    await office.opened(id)
    expect(await state(id)).toMatchObject({ state: 'verifying', contactId: null })
    expect(await office.rowsOf("select 1 from mail where to_address = 'nobody@home.example'")).toEqual([])
    await expect(inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'in_person' }))).rejects.toMatchObject(conflict)
    const contactId = await place.newContact('known@home.example')
    await inside((tx) => chooseContact(tx, owner, { requestId: id, contactId }))
    await inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'details_matched', matched: ['appointment', 'phone'] }))
    expect((await office.mails(contactId)).map(({ to_address }) => to_address)).toEqual(['known@home.example'])
  })

  it('keeps its law and calendar, and its day moves by the days on which its clock stood [M20]', async () => {
    const { id } = await proven('access', { region: 'europe' })
    const before = (await state(id)).due?.day ?? ''
    expect((await state(id)).regime).toBe('gdpr.request')
    await inside((tx) => pauseRequest(tx, owner, { requestId: id, reason: 'identity_in_doubt' }))
    test.clock.advance({ hours: 24 * 5 })
    expect((await state(id)).due).toMatchObject({ paused: 'identity_in_doubt', overdue: false })
    await inside((tx) => resumeRequest(tx, owner, id))
    const after = (await state(id)).due?.day ?? ''
    expect(Temporal.PlainDate.from(before).until(after).days).toBeGreaterThanOrEqual(5)
    const shown = await state(id)
    await inside((tx) => extendRequest(tx, owner, { requestId: id, because: 'Many files' }))
    expect(await state(id)).toMatchObject({ state: 'extended', extensionBecause: 'Many files', calendarVersion: shown.calendarVersion })
  })

  it('keeps the evidence until thirty days after it was closed', async () => {
    const { id } = await asked()
    await inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'in_person', evidence: 'Passport seen' }))
    await inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'Here' }))
    await inside((tx) => closeRequest(tx, owner, id))
    test.clock.advance({ hours: 24 * 29 })
    await office.watched(id)
    expect((await state(id)).evidence).toBe('Passport seen')
    test.clock.advance({ hours: 24 })
    await office.watched(id)
    expect((await state(id)).evidence).toBeNull()
  })

  it('reminds and tells what is overdue once each, however far the clock jumps', async () => {
    const { id } = await proven('access', { region: 'us' })
    const told = async () =>
      (
        await office.rowsOf("select subject from mail where audience = 'member' and subject like '%' || $1 || '%'", [
          `Case ${(await state(id)).number} is`,
        ])
      ).length
    test.clock.advance({ hours: 24 * 44 })
    await office.watched(id)
    await office.watched(id)
    expect(await told()).toBe(1)
    test.clock.advance({ hours: 24 * 300 })
    await office.watched(id)
    await office.watched(id)
    const seen = await state(id)
    expect(seen.due?.overdue).toBe(true)
    expect(seen.steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['reminded_10_before', 'reminded_1_before', 'respond_overdue']),
    )
    expect(seen.steps.filter(({ step }) => step === 'respond_overdue')).toHaveLength(1)
  })
})

describe('an appeal', () => {
  const refused = async () => {
    const found = await proven()
    await inside((tx) => refuseRequest(tx, owner, { requestId: found.id, ground: 'unfounded', text: 'No' }))
    await inside((tx) => appealByLink(tx, place.visitor, { requestId: found.id, reason: 'I was there' }))
    return found
  }

  it('is decided by somebody else than who answered, by its own clock [O5]', async () => {
    const { id } = await refused()
    const appealed = await state(id)
    expect(appealed).toMatchObject({ state: 'appealed', regime: 'appeal', appealReason: 'I was there' })
    const today = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
    expect(appealed.due?.day).toBe(today.add({ days: 45 }).toString())
    await expect(inside((tx) => decideAppeal(tx, owner, { requestId: id, outcome: 'upheld', text: 'Still' }))).rejects.toMatchObject(
      conflict,
    )
    await expect(inside((tx) => startSelfReview(tx, owner, { requestId: id, grounds: 'Mine' }))).rejects.toMatchObject(conflict)
    await inside((tx) => decideAppeal(tx, officer, { requestId: id, outcome: 'changed', text: 'You are right' }))
    expect(await state(id)).toMatchObject({ state: 'closed', appealOutcome: 'changed', selfReviewed: false, outcome: 'You are right' })
  })

  it('of a workspace of one is a self-review: written grounds, a day, and marked as such', async () => {
    const { id } = await refused()
    await test.asSuperuser("update member set removed_at = now() where workspace_id = $1 and role = 'privacy_officer'", [place.workspaceId])
    await inside((tx) => startSelfReview(tx, owner, { requestId: id, grounds: 'I looked at the mails again' }))
    await expect(inside((tx) => decideAppeal(tx, owner, { requestId: id, outcome: 'upheld', text: 'Still' }))).rejects.toMatchObject(
      conflict,
    )
    test.clock.advance({ hours: 24 })
    await inside((tx) => decideAppeal(tx, owner, { requestId: id, outcome: 'upheld', text: 'Still no' }))
    expect(await state(id)).toMatchObject({ state: 'closed', appealOutcome: 'upheld', selfReviewed: true })
    await test.asSuperuser("update member set removed_at = null where workspace_id = $1 and role = 'privacy_officer'", [place.workspaceId])
  })
})

describe('a complaint', () => {
  it('is not settled without words of what came of it [O3]', () => {
    const { body } = requestsRoutes['POST /requests/{requestId}/resolution']
    expect(['', '  ', undefined].map((outcome) => body.safeParse({ outcome }).success)).toEqual([false, false, false])
    expect(body.safeParse({ outcome: 'We changed it' }).success).toBe(true)
  })

  it('is acknowledged at once, answered, settled, and stands in the register [O1] [O2] [O3]', async () => {
    const { id, contactId } = await asked('complaint')
    expect(await state(id)).toMatchObject({ state: 'acknowledged', regime: 'complaint' })
    await inside((tx) => answerRequest(tx, officer, { requestId: id, text: 'We found it' }))
    expect((await state(id)).due).toMatchObject({ what: 'resolve' })
    await inside((tx) => resolveComplaint(tx, officer, { requestId: id, outcome: 'We changed it' }))
    expect(await state(id)).toMatchObject({ state: 'resolved', outcome: 'We changed it', due: null })
    expect(await office.mails(contactId)).toHaveLength(3)
    const { items } = await inside((tx) => listRequests(tx, owner, { list: 'done', limit: 200 }))
    expect(items.map((one) => one.id)).toContain(id)
    const timeline = await office.rowsOf("select kind from timeline_event where contact_id = $1 and kind like 'complaint.%'", [contactId])
    expect(timeline).toEqual([])
  })

  it('is reminded of on business days five, eight and nine, overdue after ten, and taken further on day 25 [O2] [O3]', async () => {
    const { id } = await asked('complaint')
    const { number } = await state(id)
    const steps = async () => (await state(id)).steps.map(({ step }) => step)
    for (let day = 1; day <= 27; day += 1) {
      test.clock.advance({ hours: 24 })
      await office.watched(id)
      if (day === 4) expect(await steps()).not.toContain('reminded_5')
    }
    const told = await office.rowsOf("select subject, to_address from mail where audience = 'member' and subject like $1 order by id", [
      `Case ${number} %`,
    ])
    const owners = await office.rowsOf("select email from member where workspace_id = $1 and role = 'owner'", [place.workspaceId])
    const late = told.filter(({ subject }) => subject === `Case ${number} is overdue or was taken further`)
    for (const { email } of owners) expect(late.map(({ to_address }) => to_address)).toContain(email)
    expect(told.filter(({ subject }) => subject === `Case ${number} is due soon`)).toHaveLength(3)
    expect(await steps()).toEqual(expect.arrayContaining(['reminded_5', 'reminded_8', 'reminded_9', 'respond_overdue', 'escalated']))
    expect(await state(id)).toMatchObject({ state: 'escalated', due: { what: 'resolve', overdue: true } })
    await inside((tx) => resolveComplaint(tx, owner, { requestId: id, outcome: 'Settled late' }))
    expect(await state(id)).toMatchObject({ state: 'resolved' })
  })
})

describe('the privacy officer', () => {
  it('is the owner unless somebody was chosen who may decide [O7]', async () => {
    const named = async () => (await office.open(office.portal)).text
    const known = async () => {
      const { officerName, chosen } = await inside((tx) => readOffice(tx, owner))
      return { officerName, chosen }
    }
    // Nobody was chosen yet: the owner stands in on the public pages, and the desk says that nobody was.
    expect(await known()).toEqual({ officerName: 'The owner', chosen: false })
    expect(await named()).toContain('The owner looks after this, confidentially.')
    const wish = { appealDays: 30, version: 1 }
    await expect(inside((tx) => changeOffice(tx, owner, { ...wish, officerMemberId: admin.memberId }))).rejects.toMatchObject({
      type: 'http/invalid-request',
    })
    await expect(inside((tx) => changeOffice(tx, officer, { ...wish, officerMemberId: null }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    expect(await inside((tx) => changeOffice(tx, owner, { ...wish, officerMemberId: officer.memberId }))).toMatchObject({
      officerMemberId: officer.memberId,
      appealDays: 30,
    })
    const [chosen] = await office.rowsOf('select name from member where id = $1', [officer.memberId])
    expect(await known()).toEqual({ officerName: chosen?.name, chosen: true })
    expect(await named()).toContain(`${chosen?.name} looks after this, confidentially.`)
    await expect(inside((tx) => changeOffice(tx, owner, { ...wish, officerMemberId: null }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
    })
  })
})
