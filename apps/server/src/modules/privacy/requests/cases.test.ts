import { RefusalGround, RequestRegion as Regions, type RequestKind, type RequestRegion } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { restrictionOf } from '../erasure/index.ts'
import { changePrivacySettings } from '../settings/change-privacy-settings.ts'
import { answerRequest, closeRequest, refuseRequest } from './answer-request.ts'
import { appealRequest, decideAppeal, startSelfReview } from './appeal-request.ts'
import { loadRequest } from './find-request.ts'
import { listRequests } from './list-requests.ts'
import { assignRequest } from './look-after.ts'
import { changeOffice } from './office.ts'
import { extendRequest } from './pause-request.ts'
import { askMoreProof } from './proof-level.ts'
import { recordRequest } from './receive-request.ts'
import { refileRequest } from './refile-request.ts'
import { requestTranslator } from './request.words.ts'
import { requestFigures } from './request-figures.ts'
import { proofPath, reviewPath } from './request-link.ts'
import { inviteReviewer, revokeReviewer } from './reviewers.ts'
import { strictProofs } from './surroundings.ts'
import { testOffice } from './testing.ts'
import { confirmByLink, verifyRequest } from './verify-request.ts'
import { restrictForRequest, reviewForRequest } from './work-on-request.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside, open } = office
const { owner, member, privacy_officer: officer } = place.as
const sensitive = new Set<string>()
strictProofs.provide('test', { reasons: async (_tx, ids) => (ids.some((id) => sensitive.has(id)) ? ['recordings'] : []) })

let counter = 0
type More = {
  readonly region?: RequestRegion
  readonly forWhom?: 'child' | 'agent'
  readonly sensitive?: true
  readonly by?: 'phone' | 'letter'
}
async function asked(kind: RequestKind = 'access', more: More = {}) {
  counter += 1
  const email = `case${counter}@home.example`
  const contactId = await place.newContact(email)
  if (more.sensitive) sensitive.add(contactId)
  const { id } = await inside((tx) =>
    recordRequest(tx, member, {
      kind,
      receivedBy: more.by ?? 'phone',
      contactId,
      requesterEmail: email,
      forWhom: more.forWhom ?? 'self',
      region: more.region,
      ...(more.forWhom === 'agent' ? { agentName: 'Rights Agency', agentEmail: 'agent@rights.example' } : {}),
    }),
  )
  await office.opened(id)
  return { id, contactId, email }
}
async function proven(kind: RequestKind = 'access', more: More = {}) {
  const found = await asked(kind, more)
  await inside((tx) => confirmByLink(tx, place.visitor, { requestId: found.id }))
  return found
}
const state = (id: string) => inside((tx) => loadRequest(tx, owner, id))
const conflict = { type: 'http/conflict' }
const wrong = { type: 'http/invalid-request' }
const letters = async (contactId: string): Promise<string[]> =>
  (await office.rowsOf("select subject from mail where audience = 'contact' and contact_id = $1 order by id", [contactId])).map(
    ({ subject }) => String(subject),
  )

describe('who asks is made sure of in proportion', () => {
  it('one matching point is too little, two are enough [M16]', async () => {
    const { id } = await asked()
    const verify = (matched: readonly ('name' | 'phone' | 'appointment')[]) =>
      inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'details_matched', matched }))
    await expect(verify(['name'])).rejects.toMatchObject(conflict)
    await verify(['name', 'appointment'])
    expect(await state(id)).toMatchObject({ verifiedHow: 'details_matched', matched: ['name', 'appointment'] })
  })

  it('what is sensitive asks for three points and a declaration that she signs behind her link [M16]', async () => {
    const { id } = await asked('access', { sensitive: true })
    expect(await state(id)).toMatchObject({ proofLevel: 'strict', state: 'verifying' })
    const path = await inside(async (tx) => proofPath(tx, id))
    expect((await open(path)).text).toContain('penalty of perjury')
    expect((await open(path, {})).status).toBe(422)
    expect((await open(path, { signature: 'Ann Lee' })).status).toBe(200)
    expect(await state(id)).toMatchObject({ state: 'verifying', matched: ['address_confirmed'], declaredAt: expect.any(String) })
    const verify = (matched: readonly ('name' | 'phone')[]) =>
      inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'details_matched', matched }))
    await expect(verify(['name'])).rejects.toMatchObject(conflict)
    await verify(['name', 'phone'])
    expect(await state(id)).toMatchObject({ state: 'in_progress' })
  })

  it('her voice on file is sensitive enough [M16]', async () => {
    const { contactId, email } = await asked()
    await test.asSuperuser(
      `insert into file (workspace_id, id, address, purpose, media_type, size, created_at) values ($1, $2, repeat('a', 64), 'recording', 'audio/wav', 1, now())`,
      [place.workspaceId, contactId],
    )
    await test.asSuperuser('insert into file_subject (workspace_id, id, file_id, contact_id) values ($1, $2, $2, $2)', [
      place.workspaceId,
      contactId,
    ])
    const level = async (kind: RequestKind) => {
      const { id } = await inside((tx) =>
        recordRequest(tx, member, { kind, receivedBy: 'phone', contactId, requesterEmail: email, forWhom: 'self' }),
      )
      await office.opened(id)
      return (await state(id)).proofLevel
    }
    expect([await level('erasure'), await level('rectification'), await level('opt_out')]).toEqual(['strict', 'ordinary', 'none'])
  })

  it('so is a number that tax law asked for, and the case says which kind [M16]', async () => {
    const { contactId, email } = await asked()
    const [field] = await office.rowsOf(
      `insert into sensitive_field (workspace_id, id, version, kind, label, ground, why, readers, declared_by, created_at, updated_at)
       values ($1, $2, 1, 'ssn', 'SSN', 'tax_law', 'Form W-9', '["owner"]', 'member', now(), now()) returning id`,
      [place.workspaceId, contactId],
    )
    await test.asSuperuser(
      `insert into sensitive_value (workspace_id, id, field_id, contact_id, value, in_copy, recorded_by, created_at, updated_at)
       values ($1, $2, $2, $3, 'v1|x', 'v1|x', 'member', now(), now())`,
      [place.workspaceId, field?.id, contactId],
    )
    const { id } = await inside((tx) =>
      recordRequest(tx, member, { kind: 'access', receivedBy: 'phone', contactId, requesterEmail: email, forWhom: 'self' }),
    )
    await office.opened(id)
    expect(await state(id)).toMatchObject({ proofLevel: 'strict', proofBecause: 'ssn' })
  })

  it('a member who doubts asks for the strict proof, once', async () => {
    const { id, contactId } = await asked()
    await inside((tx) => askMoreProof(tx, owner, { requestId: id, because: 'The voice did not fit' }))
    expect(await state(id)).toMatchObject({ proofLevel: 'strict' })
    expect(await letters(contactId)).toHaveLength(2)
    await expect(inside((tx) => askMoreProof(tx, owner, { requestId: id, because: 'Again' }))).rejects.toMatchObject(conflict)
    await expect(inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'in_person' }))).rejects.toMatchObject(conflict)
  })

  it('an agent needs her own word, or a mandate that was seen; the answer goes to her [M18]', async () => {
    const { id, contactId, email } = await asked('erasure', { forWhom: 'agent', by: 'letter' })
    await expect(
      inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'details_matched', matched: ['name', 'phone'] })),
    ).rejects.toMatchObject(wrong)
    const page = await open(await inside(async (tx) => proofPath(tx, id)))
    expect(page.text).toContain('Rights Agency')
    await open(await inside(async (tx) => proofPath(tx, id)), {})
    expect(await state(id)).toMatchObject({ state: 'in_progress', forWhom: 'agent', receivedBy: 'letter' })
    const to = await office.rowsOf('select distinct to_address from mail where contact_id = $1', [contactId])
    expect(to).toEqual([{ to_address: email }])
  })

  it('a parent asks for her child, and proves to be the guardian [P5]', async () => {
    const { id } = await asked('erasure', { forWhom: 'child' })
    await open(await inside(async (tx) => proofPath(tx, id)), {})
    await expect(inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'guardian' }))).rejects.toMatchObject(wrong)
    await inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'guardian', evidence: 'Signs as the mother at each visit' }))
    expect(await state(id)).toMatchObject({
      state: 'in_progress',
      verifiedHow: 'guardian',
      forWhom: 'child',
      acts: expect.arrayContaining(['erase']),
    })
  })
})

describe('a case does the work', () => {
  it('and does nothing to anybody’s data before she has proven who she is, nor what was not asked for', async () => {
    const { id } = await asked('restriction')
    const restrict = (requestId: string) => inside((tx) => restrictForRequest(tx, owner, { requestId, ground: 'unlawful' }))
    await expect(restrict(id)).rejects.toMatchObject(conflict)
    await expect(restrict((await proven('portability')).id)).rejects.toMatchObject(conflict)
  })

  it('an objection to a use pauses it until it is decided, and a refusal on compelling grounds lifts the pause [M10]', async () => {
    const { id, contactId } = await proven('objection_use')
    expect(await inside((tx) => restrictionOf(tx, contactId))).toMatchObject({ ground: 'objection_pending' })
    expect((await state(id)).work).toMatchObject([{ kind: 'restriction', state: 'done', details: 'objection_pending' }])
    await inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'compelling_grounds', text: 'A claim is pending' }))
    expect(await inside((tx) => restrictionOf(tx, contactId))).toBeUndefined()
    const upheld = await proven('objection_use')
    await inside((tx) => answerRequest(tx, owner, { requestId: upheld.id, text: 'We no longer use it' }))
    expect(await inside((tx) => restrictionOf(tx, upheld.contactId))).toMatchObject({ ground: 'objection_pending' })
  })

  it('an automated decision is looked at by a person, with grounds, before it is answered', async () => {
    const { id } = await proven('human_review')
    await expect(inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'Looked' }))).rejects.toMatchObject(conflict)
    await expect(
      inside((tx) => reviewForRequest(tx, office.job, { requestId: id, outcome: 'confirmed', grounds: 'A program says so' })),
    ).rejects.toMatchObject(conflict)
    await inside((tx) => reviewForRequest(tx, owner, { requestId: id, outcome: 'changed', grounds: 'The score missed two visits' }))
    await inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'You were right' }))
    expect((await state(id)).work).toMatchObject([
      { kind: 'review', outcome: 'changed', details: 'The score missed two visits', by: 'The owner' },
    ])
  })

  it('refuses a ground that is for objections alone', async () => {
    const { id } = await proven()
    await expect(
      inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'compelling_grounds', text: 'No' })),
    ).rejects.toMatchObject(wrong)
  })
})

describe('a case that was read wrongly', () => {
  it('is taken up as another kind with its own day, proof and clock, and counts once', async () => {
    const { id, contactId } = await asked('complaint')
    test.clock.advance({ hours: 48 })
    const before = await state(id)
    const figures = async () =>
      (await inside((tx) => requestFigures(tx, owner, {}))).kinds.filter(({ kind }) => kind === 'complaint' || kind === 'rectification')
    const counted = new Map((await figures()).map(({ kind, received }) => [kind, received]))
    const taken = await inside((tx) => refileRequest(tx, owner, { requestId: id, kind: 'rectification' }))
    await office.opened(taken.id)
    expect(await state(taken.id)).toMatchObject({ kind: 'rectification', state: 'verifying', receivedAt: before.receivedAt, contactId })
    expect(await state(id)).toMatchObject({ state: 'resolved', outcome: `→ ${taken.number}`, acts: [] })
    for (const { kind, received } of await figures())
      expect(received, kind).toBe((counted.get(kind) ?? 0) + (kind === 'rectification' ? 1 : -1))
    expect((await letters(contactId)).at(-1)).toContain('confirm your request')
    await expect(inside((tx) => refileRequest(tx, owner, { requestId: id, kind: 'access' }))).rejects.toMatchObject(conflict)
  })

  it('stays what it is once it was proven or answered', async () => {
    const { id } = await proven()
    await expect(inside((tx) => refileRequest(tx, owner, { requestId: id, kind: 'erasure' }))).rejects.toMatchObject(conflict)
  })
})

describe('somebody who lives in California', () => {
  const day = (id: string) => inside(async (tx) => (await loadRequest(tx, owner, id)).due?.day)
  it.each(['access', 'portability', 'erasure', 'rectification'] as const)(
    'has 45 days for %s that no check of identity stops, 90 with a notice, and the agency named [M23]',
    async (kind) => {
      const { id, contactId } = await asked(kind, { region: 'us_california' })
      const seen = await state(id)
      expect(seen).toMatchObject({ regime: 'ccpa.request', pauseReasons: [] })
      const from = Temporal.Instant.from(seen.receivedAt).toZonedDateTimeISO('America/New_York').toPlainDate()
      expect(await day(id)).toBe(from.add({ days: 45 }).toString())
      await inside((tx) => confirmByLink(tx, place.visitor, { requestId: id }))
      await inside((tx) => extendRequest(tx, owner, { requestId: id, because: 'Many files' }))
      expect(await day(id)).toBe(from.add({ days: 90 }).toString())
      await inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'law_requires_keeping', text: 'The tax office wants it' }))
      expect((await office.lettersOf(contactId)).at(-1)?.text).toContain('California Privacy Protection Agency')
    },
  )

  it('is not sold, shared or profiled from the moment of asking, without any proof [M23]', async () => {
    const { id, contactId } = await asked('opt_out', { region: 'us_california' })
    expect(await state(id)).toMatchObject({ regime: 'ccpa.opt_out', proofLevel: 'none', work: [{ kind: 'opt_out', state: 'done' }] })
    expect(await office.rowsOf('select scope from suppression where contact_id = $1', [contactId])).toEqual([{ scope: 'marketing' }])
  })
})

describe('a refusal and the end of a case', () => {
  it.each(Regions.options)('name the authority of %s in the letter, in the page and in every language [O6]', async (region) => {
    for (const locale of ['en', 'es', 'fr'] as const)
      expect(requestTranslator(locale)(`authority/${region}`)).toMatch(/\w\.\w|authority|autor/i)
    const { id, contactId } = await proven('access', { region })
    await inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'unfounded', text: 'No' }))
    await inside((tx) => closeRequest(tx, owner, id))
    const authority = requestTranslator('en')(`authority/${region}`)
    const texts = (await office.lettersOf(contactId)).map(({ text }) => text.replace(/\s+/g, ' '))
    expect(texts.filter((text) => text.includes(authority))).toHaveLength(2)
    expect(texts.at(-2)).toContain(requestTranslator('en')('ground/unfounded'))
  })

  it('take the law of a place for no ground where the business gives everybody all rights [Q5]', async () => {
    const { id } = await proven('access', { region: 'elsewhere' })
    const refuse = () => inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'outside_law', text: 'Not here' }))
    expect((await state(id)).grounds).not.toContain('outside_law')
    await expect(refuse()).rejects.toMatchObject(conflict)
    await inside((tx) => changePrivacySettings(tx, owner, { changes: { 'rights.extend_to_all': 'by_location' }, version: 1 }))
    expect((await state(id)).grounds).toContain('outside_law')
    await refuse()
    expect(await state(id)).toMatchObject({ state: 'refused', refusalGround: 'outside_law' })
  })

  it('have words for every ground', () => {
    for (const ground of RefusalGround.options) expect(requestTranslator('fr')(`ground/${ground}`)).toBeTruthy()
  })
})

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
    return { reviewerId: String(row?.id), path: await inside(async (tx) => reviewPath(tx, { id: String(row?.id), expires_at })) }
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

describe('the queue', () => {
  it('shows what is mine, what is late, and complaints apart', async () => {
    const mine = await asked('access', { region: 'us' })
    await inside((tx) => assignRequest(tx, owner, { requestId: mine.id, memberId: officer.memberId }))
    const complaint = await asked('complaint')
    const ids = async (list: 'open' | 'mine' | 'overdue' | 'complaints' | 'done', by = officer) =>
      (await inside((tx) => listRequests(tx, by, { list, limit: 200 }))).items.map(({ id }) => id)
    expect(await ids('mine')).toEqual([mine.id])
    expect(await ids('mine', owner)).not.toContain(mine.id)
    expect((await ids('complaints'))[0]).toBe(complaint.id)
    expect(await ids('complaints')).not.toContain(mine.id)
    expect(await ids('overdue')).not.toContain(mine.id)
    test.clock.advance({ hours: 24 * 46 })
    expect(await ids('overdue')).toEqual(expect.arrayContaining([mine.id, complaint.id]))
    const first = await inside((tx) => listRequests(tx, owner, { list: 'open', limit: 1 }))
    const second = await inside((tx) => listRequests(tx, owner, { list: 'open', limit: 1, cursor: first.next ?? undefined }))
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id)
  })

  it('counts the year by kind, for those who may see it [M23]', async () => {
    const { kinds } = await inside((tx) => requestFigures(tx, owner, {}))
    const review = kinds.find(({ kind }) => kind === 'human_review')
    expect(review).toMatchObject({ received: 1, complied: 1, refused: 0, open: 0, medianDays: 0 })
    expect(kinds.find(({ kind }) => kind === 'access')?.refused).toBeGreaterThan(4)
    const seen = await inside((tx) => requestFigures(tx, place.as.admin, {}))
    expect(seen.kinds.map(({ kind }) => kind)).not.toContain('complaint')
  })
})

describe('the office', () => {
  it('publishes how it is reached, and takes no private key and no place in another country', async () => {
    const wish = { officerMemberId: null, appealDays: 45, version: 1 }
    const key = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEZ\n-----END PGP PUBLIC KEY BLOCK-----'
    await expect(inside((tx) => changeOffice(tx, owner, { ...wish, pgpKey: key.replaceAll('PUBLIC', 'PRIVATE') }))).rejects.toMatchObject(
      wrong,
    )
    await expect(inside((tx) => changeOffice(tx, owner, { ...wish, region: 'ca-on' }))).rejects.toMatchObject(wrong)
    await inside((tx) => changeOffice(tx, owner, { ...wish, pgpKey: key, publishedEmail: 'privacy@salon.example', region: 'us-la' }))
    const page = await open(office.portal)
    expect(page.text).toContain('mailto:privacy@salon.example')
    expect(page.text).toContain('BEGIN PGP PUBLIC KEY BLOCK')
    const { id } = await asked('complaint')
    const [row] = await office.rowsOf('select calendars from request where id = $1', [id])
    expect(row).toEqual({ calendars: ['us-la'] })
  })
})
