import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { refuseRequest } from './answer-request.ts'
import { appealRequest, decideAppeal, startSelfReview } from './appeal-request.ts'
import { testCases } from './cases.testing.ts'
import { inviteReviewer, reviewLinks, revokeReviewer } from './reviewers.ts'
import { testOffice } from './testing.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside, open } = office
const { owner, member } = place.as
const { proven, state, letters } = testCases(office)

describe('an invited reviewer', () => {
  const appealed = async () => {
    const found = await proven()
    await inside((tx) => refuseRequest(tx, owner, { requestId: found.id, ground: 'unfounded', text: 'No ground' }))
    await inside((tx) => appealRequest(tx, owner, { requestId: found.id, reason: 'I was there' }))
    return found
  }
  const invited = async (id: string) => {
    await inside((tx) => inviteReviewer(tx, owner, { requestId: id, name: 'Rita Review', email: 'rita@review.example' }))
    const [row] = await office.rowsOf('select id, expires_at::text from request_reviewer where request_id = $1 order by id desc limit 1', [
      id,
    ])
    const expires_at = Temporal.Instant.from(String(row?.expires_at).replace(' ', 'T').replace(/\+00$/, 'Z'))
    return { reviewerId: String(row?.id), path: await inside(async (tx) => reviewLinks.path(tx, { id: String(row?.id), expires_at })) }
  }

  it('sees this case alone, without addresses, and decides once', async () => {
    const { id, contactId, email } = await appealed()
    const { path } = await invited(id)
    const page = await open(path)
    expect(page.text).toContain('I was there')
    expect(page.text).not.toContain(email)
    expect((await open(path, { outcome: 'maybe', text: '' })).status).toBe(422)
    expect((await open(path, { outcome: 'changed', text: 'She was there indeed' })).status).toBe(200)
    expect(await state(id)).toMatchObject({
      state: 'closed',
      appealOutcome: 'changed',
      selfReviewed: false,
      outcome: 'She was there indeed',
      reviewers: [{ name: 'Rita Review', decidedAt: expect.any(String) }],
    })
    expect((await open(path)).status).toBe(410)
    expect((await letters(contactId)).at(-1)).toContain('looked at again')
    const mails = await office.rowsOf("select confidential, audience from mail where to_address = 'rita@review.example'")
    expect(mails).toEqual([{ confidential: true, audience: 'member' }])
  })

  it('sees nothing any more once it was taken back, or after fourteen days', async () => {
    const { id } = await appealed()
    const first = await invited(id)
    await inside((tx) => revokeReviewer(tx, owner, { requestId: id, reviewerId: first.reviewerId }))
    expect((await open(first.path)).status).toBe(410)
    const second = await invited(id)
    test.clock.advance({ hours: 24 * 14 })
    expect((await open(second.path)).status).toBe(410)
    await expect(inside((tx) => inviteReviewer(tx, member, { requestId: id, name: 'R', email: 'r@r.example' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
  })

  it('is not needed where the owner alone reviews herself, with written grounds and a day', async () => {
    const { id } = await appealed()
    await test.asSuperuser("update member set removed_at = now() where workspace_id = $1 and role = 'privacy_officer'", [place.workspaceId])
    await inside((tx) => startSelfReview(tx, owner, { requestId: id, grounds: 'I read the mails again' }))
    expect((await state(id)).selfReviewFrom).toBe(test.clock().add({ hours: 24 }).toString())
    test.clock.advance({ hours: 24 })
    await inside((tx) => decideAppeal(tx, owner, { requestId: id, outcome: 'upheld', text: 'Still' }))
    expect(await state(id)).toMatchObject({ selfReviewed: true })
    await test.asSuperuser("update member set removed_at = null where workspace_id = $1 and role = 'privacy_officer'", [place.workspaceId])
  })
})
