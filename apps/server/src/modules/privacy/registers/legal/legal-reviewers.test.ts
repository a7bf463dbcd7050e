import type { WorkspaceId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { createHttpServer } from '../../../../platform/http/index.ts'
import { openLog } from '../../../../platform/log/index.ts'
import { startLegalSelfReview } from './check-legal-request.ts'
import { testLegalCases } from './legal.testing.ts'
import { legalReviewPages } from './legal-review-page.ts'
import { inviteLegalReviewer, legalReviewLinks, revokeLegalReviewer } from './legal-reviewers.ts'

const test = await testDatabase()
const { business, background } = await testLegalCases(test)
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: [],
  authenticate: async () => ({ byCookie: false }),
  trustedProxies: [],
})
legalReviewPages(app)
const allYes = { authority: 'yes', jurisdiction: 'yes', signature: 'yes', scope: 'yes', note: 'I called the clerk back' }

/** Opens the page, or sends answers to the scope that the page showed. */
async function open(url: string, answers?: Record<string, string>) {
  const language = { 'accept-language': 'en-US' }
  const seen = await app.inject({ url, headers: language })
  if (!answers) return { status: seen.statusCode, text: seen.body }
  const round = /name="round" value="(\d+)"/.exec(seen.body)?.[1] ?? ''
  const answer = await app.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams({ round, ...answers }).toString(),
    headers: { ...language, 'content-type': 'application/x-www-form-urlencoded' },
  })
  return { status: answer.statusCode, text: answer.body }
}

async function asked({ alone = true } = {}) {
  const place = await business({ alone })
  const ann = await place.newContact('ann@home.example')
  const id = await place.record()
  await place.scope(id, [ann], ['note'])
  const invite = async (email: string) => {
    await place.inside((tx) => inviteLegalReviewer(tx, place.owner, { legalRequestId: id, name: 'Rita Review', email }))
    const reviewer = (await place.read(id)).reviewers.at(-1)
    const reviewerId = String(reviewer?.id)
    const expires_at = Temporal.Instant.from(String(reviewer?.expiresAt))
    return { reviewerId, path: await place.inside(async (tx) => legalReviewLinks.path(tx, { id: reviewerId, expires_at })) }
  }
  return { ...place, ann, id, invite }
}

describe('somebody invited to check a request by an authority', () => {
  it('is refused once her link was used or taken back, its time is over, or the request went on', async () => {
    const { id, inside, owner, invite, check, read } = await asked()
    const revoked = await invite('rita@review.example')
    const take = () => inside((tx) => revokeLegalReviewer(tx, owner, { legalRequestId: id, reviewerId: revoked.reviewerId }))
    await take()
    await expect(take()).rejects.toMatchObject({ type: 'http/conflict' })
    expect((await open(revoked.path)).status).toBe(410)
    const late = await invite('rita@review.example')
    test.clock.advance({ hours: 24 * 14 })
    expect((await open(late.path)).status).toBe(410)
    const [used, spare] = [await invite('rita@review.example'), await invite('ruth@review.example')]
    await check(id, owner)
    expect((await open(used.path, allYes)).status).toBe(200)
    expect((await read(id)).state).toBe('valid')
    expect((await open(used.path)).status).toBe(410)
    expect((await open(spare.path, allYes)).status).toBe(410)
    expect((await open('/legal-review/nothing')).status).toBe(410)
  })

  it('is invited by who decides alone, of this business and about this request', async () => {
    const { id, inside, as, ann, record, scope, owner, invite, workspaceId } = await asked()
    const wish = { legalRequestId: id, name: 'R', email: 'r@review.example' }
    for (const by of [as.admin, as.member, as.auditor])
      await expect(inside((tx) => inviteLegalReviewer(tx, by, wish))).rejects.toMatchObject({ type: 'http/not-allowed' })
    const { rows } = await test.asSuperuser("select upper(email) as email from member where workspace_id = $1 and role = 'owner'", [
      workspaceId,
    ])
    await expect(inside((tx) => inviteLegalReviewer(tx, owner, { ...wish, email: rows[0]?.email }))).rejects.toMatchObject({
      type: 'http/conflict',
    })
    const elsewhere = await business()
    await expect(elsewhere.inside((tx) => inviteLegalReviewer(tx, elsewhere.owner, wish))).rejects.toMatchObject({ type: 'http/not-found' })
    const other = await record()
    await expect(inside((tx) => inviteLegalReviewer(tx, owner, { ...wish, legalRequestId: other }))).rejects.toMatchObject({
      type: 'http/conflict',
    })
    await scope(other, [ann], ['note'])
    const { reviewerId } = await invite('r@review.example')
    await expect(inside((tx) => revokeLegalReviewer(tx, owner, { legalRequestId: other, reviewerId }))).rejects.toMatchObject({
      type: 'http/conflict',
    })
  })

  it('is never both of the two: without a yes of somebody who works here it stays open [V1]', async () => {
    const { id, invite, read, check, owner } = await asked()
    for (const email of ['rita@review.example', 'ruth@review.example']) await open((await invite(email)).path, allYes)
    expect(await read(id)).toMatchObject({ state: 'checking', checks: [{ outside: true }, { outside: true }] })
    await check(id, owner)
    expect((await read(id)).state).toBe('valid')
  })

  it('is the second one, answers once and what she read, and is named by what she is [V1]', async () => {
    const { id, ann, scope, invite, read, check, owner, inside, workspaceId } = await asked()
    await check(id, owner)
    expect((await read(id)).mayCheck).toBe('self_review')
    const { path } = await invite('rita@review.example')
    await background.settle()
    const { rows } = await test.asSuperuser(
      "select confidential, audience, state from mail where to_address = 'rita@review.example' and workspace_id = $1",
      [workspaceId satisfies WorkspaceId],
    )
    expect(rows).toEqual([{ confidential: true, audience: 'member', state: 'sent' }])
    const page = await open(path)
    expect(page.text).toContain('Appointments of Ann Lee in May')
    expect(page.text).not.toContain('ann@home.example')
    expect((await open(path, { ...allYes, note: ' ' })).status).toBe(422)
    expect((await open(path, { ...allYes, scope: 'perhaps' })).status).toBe(422)
    await scope(id, [ann], ['note', 'contact'])
    await check(id, owner)
    expect((await open(path, { ...allYes, round: '1' })).status).toBe(409)
    expect((await read(id)).state).toBe('checking')
    await inside((tx) => startLegalSelfReview(tx, owner, { legalRequestId: id, grounds: 'Nobody else here' }))
    expect((await open(path, allYes)).status).toBe(200)
    expect(await read(id)).toMatchObject({
      state: 'valid',
      checks: [{ outside: false }, { outside: false }, { by: 'Rita Review', outside: true, self: false, counts: true }],
      reviewers: [{ name: 'Rita Review', decidedAt: expect.any(String) }],
    })
  })

  it('can say no, and then nothing is handed over', async () => {
    const { id, invite, read, check, owner } = await asked()
    await check(id, owner)
    const { path } = await invite('rita@review.example')
    expect((await open(path, { ...allYes, scope: 'no' })).status).toBe(200)
    expect(await read(id)).toMatchObject({ state: 'checking', checks: [{ counts: true }, { counts: false }] })
    expect((await open(path)).status).toBe(410)
  })
})
