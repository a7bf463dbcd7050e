import type { ContactId, Lead, LeadId, Pipeline, Principal, Role } from '@frontdesk/contract'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import { createContact, editContact, loadContact } from '../contacts/index.ts'
import { archiveContact, type TestWorkspace, testWorkspace, timelinePage } from '../contacts/testing.ts'
import { assignLead } from './assign-lead.ts'
import { loseLead, removeLead, reopenLead, winLead } from './close-lead.ts'
import { type CreateLead, createLead } from './create-lead.ts'
import { editLead } from './edit-lead.ts'
import { moveLead } from './move-lead.ts'
import { answerQuestion, loadChecklist, loadQualification, writeChecklist } from './qualify-lead.ts'
import { listLeads, loadBoard, loadLead } from './read-leads.ts'
import { listPipelines, loadPipeline } from './read-pipelines.ts'
import { archivePipeline, createPipeline, editPipeline, restorePipeline } from './write-pipeline.ts'

const test = await testDatabase()
let place: TestWorkspace
let owner: Principal
let pipeline: Pipeline
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
let people = 0
const somebody = async (): Promise<ContactId> => {
  people += 1
  return place.newContact(`lead${people}@example.com`, `Lead ${people}`)
}
const stage = (at: number): string => pipeline.stages[at]?.id ?? ''
const add = async (wish: Partial<CreateLead> = {}, by: Principal = owner): Promise<Lead> => {
  const contactId = wish.contactId ?? (await somebody())
  return inside((tx) => createLead(tx, by, { source: 'other', ...wish, contactId }))
}
const board = (by: Principal = owner, limit = 50) => inside((tx) => loadBoard(tx, by, { pipelineId: pipeline.id, limit }))
const column = async (at: number, limit?: number) => (await board(owner, limit)).columns[at]
const order = async (at: number) => (await column(at))?.items.map(({ id }) => id)

beforeAll(async () => {
  place = await testWorkspace(test)
})
beforeEach(async () => {
  place = await testWorkspace(test)
  owner = place.as.owner
  pipeline = await inside((tx) => loadPipeline(tx, owner))
})

describe('the pipeline that every business has', () => {
  it('is there without anybody making it, once, also when ten look at the same time', async () => {
    const other = await testWorkspace(test)
    const looked = await Promise.all(
      Array.from({ length: 10 }, () => test.database.inWorkspace(other.workspaceId, (tx) => listPipelines(tx, other.as.owner))),
    )
    expect(new Set(looked.map((items) => JSON.stringify(items.map(({ id }) => id)))).size).toBe(1)
    expect(looked[0]).toMatchObject([
      {
        name: 'Inquiries',
        isDefault: true,
        stages: [
          { name: 'New', kind: 'open' },
          { name: 'In contact', kind: 'open' },
          { name: 'Offer made', kind: 'open' },
          { name: 'Won', kind: 'won', probability: 100 },
          { name: 'Lost', kind: 'lost', probability: 0 },
        ],
      },
    ])
  })

  it('speaks the language of the business', async () => {
    const other = await testWorkspace(test)
    await test.asSuperuser(`update workspace set locale = 'fr-CA' where id = $1`, [other.workspaceId])
    const [only] = await test.database.inWorkspace(other.workspaceId, (tx) => listPipelines(tx, other.as.owner))
    expect(only?.name).toBe('Demandes')
    expect(only?.lostReasons[0]?.label).toBe('Trop cher')
  })
})

describe('a pipeline', () => {
  it('is written whole over the version that was read; a stage that holds open leads stays', async () => {
    const wish = (stages: { id?: string; name: string; probability: number }[]) =>
      inside((tx) => editPipeline(tx, owner, { pipelineId: pipeline.id, version: pipeline.version, stages, name: 'Sales' }))
    await add()
    await expect(wish([{ id: stage(1), name: 'Talks', probability: 40 }])).rejects.toMatchObject({
      type: 'leads/stage-in-use',
      facts: { stageId: stage(0), count: 1 },
    })
    await expect(wish([{ id: stage(3), name: 'Won', probability: 40 }])).rejects.toMatchObject({ type: 'http/invalid-request' })
    const edited = await wish([
      { name: 'Trial', probability: 5 },
      { id: stage(0), name: 'Fresh', probability: 20 },
    ])
    expect(edited.stages.map(({ name }) => name)).toEqual(['Trial', 'Fresh', 'Won', 'Lost'])
    await expect(wish([{ name: 'Late', probability: 5 }])).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: { current: { name: 'Sales' } },
    })
  })

  it('is put away and comes back; the one for new leads stays, and so does one with open leads', async () => {
    const put = (pipelineId: string) => inside((tx) => archivePipeline(tx, owner, pipelineId))
    await expect(put(pipeline.id)).rejects.toMatchObject({ type: 'leads/pipeline-in-use' })
    const other = await inside((tx) => createPipeline(tx, owner, { name: 'Weddings' }))
    const lead = await add({ pipelineId: other.id })
    await expect(put(other.id)).rejects.toMatchObject({ type: 'leads/pipeline-in-use' })
    await inside((tx) => winLead(tx, owner, lead.id))
    expect((await put(other.id)).archivedAt).not.toBeNull()
    await expect(add({ pipelineId: other.id })).rejects.toMatchObject({ type: 'http/invalid-request' })
    expect((await inside((tx) => restorePipeline(tx, owner, other.id))).archivedAt).toBeNull()
  })
})

describe('a lead', () => {
  it.each<[Role, 'leads.read' | 'leads.write' | 'pipelines.manage']>([
    ['billing', 'leads.read'],
    ['read_only', 'leads.write'],
    ['member', 'pipelines.manage'],
  ])('is refused to the role %s for what needs %s', async (role, permission) => {
    const by = place.as[role]
    const attempt = () =>
      permission === 'leads.read'
        ? board(by)
        : permission === 'leads.write'
          ? add({}, by)
          : inside((tx) => createPipeline(tx, by, { name: 'x' }))
    await expect(attempt()).rejects.toMatchObject({ type: 'http/not-allowed', facts: { permission } })
  })

  it('is open once for a contact and a pipeline, also when ten add it at once', async () => {
    const contactId = await somebody()
    const made = await Promise.allSettled(Array.from({ length: 10 }, () => add({ contactId })))
    const first = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(first).toHaveLength(1)
    await expect(add({ contactId })).rejects.toMatchObject({ type: 'leads/open-lead-exists', facts: { leadId: first[0]?.id } })
    const other = await inside((tx) => createPipeline(tx, owner, { name: 'Weddings' }))
    expect((await add({ contactId, pipelineId: other.id })).state).toBe('open')
  })

  it('keeps what is written, over the version that was read, and every step stands on the timeline of the contact [C4]', async () => {
    const lead = await add({
      title: 'Balayage',
      value: { minor: '14000', currency: 'USD' },
      nextStep: { text: 'Call back', dueOn: '2027-01-03' },
    })
    expect(lead).toMatchObject({ title: 'Balayage', value: { minor: '14000', currency: 'USD' }, overdue: true, version: 1, state: 'open' })
    const edited = await inside((tx) =>
      editLead(tx, owner, { leadId: lead.id, version: 1, nextStep: { text: 'Write', dueOn: '2027-01-04' } }),
    )
    expect(edited).toMatchObject({ version: 2, overdue: false, title: 'Balayage' })
    await expect(inside((tx) => editLead(tx, owner, { leadId: lead.id, version: 1, title: 'x' }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: { current: { version: 2 } },
    })
    await inside((tx) => moveLead(tx, owner, { leadId: lead.id, stageId: stage(1) }))
    await inside((tx) => loseLead(tx, owner, { leadId: lead.id, reasonId: pipeline.lostReasons[0]?.id ?? '', note: 'Twice the price' }))
    await inside((tx) => reopenLead(tx, owner, lead.id))
    await inside((tx) => winLead(tx, owner, lead.id))
    const { items } = await inside((tx) => timelinePage(tx, owner, { contactId: lead.contact.id, limit: 20 }))
    expect(items.map(({ kind }) => kind).filter((kind) => kind.startsWith('lead.'))).toEqual([
      'lead.won',
      'lead.reopened',
      'lead.lost',
      'lead.moved',
      'lead.created',
    ])
  })

  it('is won, lost with a reason of its pipeline, taken away, and opened again where it stood', async () => {
    const lead = await add({ stageId: stage(2) })
    const lose = (reasonId: string) => inside((tx) => loseLead(tx, owner, { leadId: lead.id, reasonId }))
    await expect(lose(crypto.randomUUID())).rejects.toMatchObject({ type: 'http/invalid-request' })
    expect(await lose(pipeline.lostReasons[1]?.id ?? '')).toMatchObject({
      state: 'lost',
      stageId: stage(4),
      lostReason: { label: 'Went somewhere else' },
    })
    await expect(inside((tx) => winLead(tx, owner, lead.id))).rejects.toMatchObject({ type: 'leads/closed' })
    await expect(inside((tx) => moveLead(tx, owner, { leadId: lead.id, stageId: stage(0) }))).rejects.toMatchObject({
      type: 'leads/closed',
    })
    expect(await inside((tx) => reopenLead(tx, owner, lead.id))).toMatchObject({ state: 'open', stageId: stage(2), lostReason: null })
    await expect(inside((tx) => reopenLead(tx, owner, lead.id))).rejects.toMatchObject({ type: 'leads/not-closed' })
    await inside((tx) => removeLead(tx, owner, lead.id))
    expect(await order(2)).toEqual([])
    const second = await add({ contactId: lead.contact.id })
    await expect(inside((tx) => reopenLead(tx, owner, lead.id))).rejects.toMatchObject({
      type: 'leads/open-lead-exists',
      facts: { leadId: second.id },
    })
  })

  it('of somebody who is put away stands on no board, and nobody adds one for her', async () => {
    const lead = await add()
    await inside((tx) => archiveContact(tx, owner, lead.contact.id))
    expect(await order(0)).toEqual([])
    await expect(add({ contactId: lead.contact.id })).rejects.toMatchObject({ type: 'http/conflict' })
    const hers = await inside((tx) => listLeads(tx, owner, { contactId: lead.contact.id, state: 'open', sort: 'recent', limit: 5 }))
    expect(hers.items.map(({ id }) => id)).toEqual([lead.id])
  })
})

describe('the board', () => {
  it('counts and adds up every lead of a stage by currency, shows the first ones and goes on by a cursor', async () => {
    for (const minor of ['100', '250', '4000']) await add({ value: { minor, currency: 'USD' } })
    await add({ value: { minor: '70', currency: 'EUR' } })
    await add()
    const found = await column(0, 2)
    expect(found).toMatchObject({
      count: 5,
      sums: [
        { minor: '70', currency: 'EUR' },
        { minor: '4350', currency: 'USD' },
      ],
    })
    expect(found?.items).toHaveLength(2)
    const ids = found?.items.map(({ id }) => id) ?? []
    let cursor = found?.next ?? null
    while (cursor !== null) {
      const from = cursor
      const page = await inside((tx) => listLeads(tx, owner, { stageId: stage(0), state: 'open', sort: 'board', limit: 2, cursor: from }))
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(new Set(ids).size).toBe(5)
    expect(ids).toEqual(await order(0))
  })

  it('puts new leads on top, and moved ones below another or on top', async () => {
    const [a, b, c] = [await add(), await add(), await add()]
    expect(await order(0)).toEqual([c.id, b.id, a.id])
    await inside((tx) => moveLead(tx, owner, { leadId: c.id, stageId: stage(0), belowLeadId: b.id }))
    expect(await order(0)).toEqual([b.id, c.id, a.id])
    await inside((tx) => moveLead(tx, owner, { leadId: a.id, stageId: stage(0) }))
    expect(await order(0)).toEqual([a.id, b.id, c.id])
    await inside((tx) => moveLead(tx, owner, { leadId: b.id, stageId: stage(1), belowLeadId: c.id }))
    expect(await order(1)).toEqual([b.id])
  })

  it('keeps its order when two places become too narrow', async () => {
    const [a, b, c] = [await add(), await add(), await add()]
    for (let turn = 0; turn < 60; turn++)
      await inside((tx) => moveLead(tx, owner, { leadId: turn % 2 ? b.id : a.id, stageId: stage(0), belowLeadId: c.id }))
    expect(await order(0)).toEqual([c.id, b.id, a.id])
  })

  it('lets twenty move at once: nobody is refused and nothing is lost', async () => {
    const leads = await Promise.all(Array.from({ length: 8 }, () => add()))
    const moves = leads.flatMap((lead, at) => [
      { leadId: lead.id, stageId: stage(1), belowLeadId: leads[(at + 1) % 8]?.id ?? null },
      { leadId: lead.id, stageId: stage(at % 2), belowLeadId: leads[(at + 3) % 8]?.id ?? null },
    ])
    await Promise.all(moves.map((move) => inside((tx) => moveLead(tx, owner, move))))
    const { columns } = await board()
    expect(columns.flatMap(({ items }) => items.map(({ id }) => id)).toSorted()).toEqual(leads.map(({ id }) => id).toSorted())
  })

  it('is narrowed to whoever works on leads, and lists those whose next step is overdue', async () => {
    const hers = await add({ ownerMemberId: place.as.member.memberId })
    const late = await add({ nextStep: { text: 'Call', dueOn: '2026-12-31' } })
    const narrowed = await inside((tx) =>
      loadBoard(tx, owner, { pipelineId: pipeline.id, ownerMemberId: place.as.member.memberId, limit: 9 }),
    )
    expect(narrowed.columns[0]?.items.map(({ id }) => id)).toEqual([hers.id])
    const overdue = await inside((tx) => listLeads(tx, owner, { state: 'open', sort: 'recent', limit: 9, overdue: 'yes' }))
    expect(overdue.items.map(({ id }) => id)).toEqual([late.id])
  })
})

describe('a representative', () => {
  const handOver = async (contactId: ContactId) => {
    const { version } = await inside((tx) => loadContact(tx, owner, contactId))
    await inside((tx) => editContact(tx, owner, { contactId, version, ownerMemberId: place.as.representative.memberId }))
  }

  it('sees and works on leads of her own contacts alone; others are not there', async () => {
    const [foreign, own] = [await add(), await add()]
    await handOver(own.contact.id)
    const by = place.as.representative
    expect((await board(by)).columns[0]).toMatchObject({ count: 1, items: [{ id: own.id }] })
    await expect(inside((tx) => loadLead(tx, by, foreign.id))).rejects.toMatchObject({ type: 'http/not-found' })
    for (const act of [
      (leadId: LeadId) => inside((tx) => winLead(tx, by, leadId)),
      (leadId: LeadId) => inside((tx) => moveLead(tx, by, { leadId, stageId: stage(1) })),
      (leadId: LeadId) => inside((tx) => loadQualification(tx, by, leadId)),
    ])
      await expect(act(foreign.id)).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(add({ contactId: foreign.contact.id }, by)).rejects.toMatchObject({ type: 'http/not-found' })
    expect((await inside((tx) => moveLead(tx, by, { leadId: own.id, stageId: stage(1) }))).stageId).toBe(stage(1))
  })

  it('is given a lead only with its contact, and hands none to others', async () => {
    const lead = await add()
    const give = (by: Principal, ownerMemberId: typeof place.as.representative.memberId) =>
      inside((tx) => assignLead(tx, by, { leadId: lead.id, ownerMemberId }))
    await expect(give(owner, place.as.representative.memberId)).rejects.toMatchObject({ type: 'leads/owner-cannot-see' })
    await expect(give(owner, place.as.billing.memberId)).rejects.toMatchObject({ type: 'http/invalid-request' })
    await handOver(lead.contact.id)
    expect(await give(owner, place.as.representative.memberId)).toMatchObject({ ownerMemberId: place.as.representative.memberId })
    await expect(give(place.as.representative, place.as.member.memberId)).rejects.toMatchObject({ type: 'http/not-allowed' })
  })
})

describe('the checklist', () => {
  it('is answered with who and when; the answer is changed, and taken back', async () => {
    const lead = await add()
    const [need] = (await inside((tx) => loadChecklist(tx, owner, pipeline.id))).questions
    if (!need) throw new Error('The pipeline begins without a question.')
    const say = (answer: 'yes' | 'no' | null, note?: string) =>
      inside((tx) => answerQuestion(tx, place.as.member, { leadId: lead.id, questionId: need.id, answer, note }))
    expect((await say('yes', 'Before summer')).answers[0]).toMatchObject({
      question: { key: 'need' },
      answer: 'yes',
      note: 'Before summer',
      by: { kind: 'member', id: place.as.member.memberId },
    })
    expect((await say('no')).answers[0]).toMatchObject({ answer: 'no', note: null })
    expect((await say(null)).answers[0]).toMatchObject({ answer: null, by: null })
  })

  it('is written by the business; what was answered stays in sight, and rules are about questions that are asked', async () => {
    const lead = await add()
    const before = await inside((tx) => loadChecklist(tx, owner, pipeline.id))
    const [need, budget] = before.questions
    if (!need || !budget) throw new Error('The pipeline begins without questions.')
    await inside((tx) => answerQuestion(tx, owner, { leadId: lead.id, questionId: budget.id, answer: 'yes' }))
    const write = (version: number, rules: Parameters<typeof writeChecklist>[2]['rules']) =>
      inside((tx) =>
        writeChecklist(tx, owner, { pipelineId: pipeline.id, version, questions: [{ label: 'Has a garden?' }, { id: need.id }], rules }),
      )
    const about = (questionId: string) => [{ when: { kind: 'answer' as const, questionId }, points: 50 }]
    await expect(write(before.version, about(budget.id))).rejects.toMatchObject({ type: 'http/invalid-request' })
    const after = await write(before.version, about(need.id))
    expect(after.questions).toMatchObject([{ label: 'Has a garden?', key: null }, { key: 'need' }])
    await expect(write(before.version, [])).rejects.toMatchObject({ type: 'http/version-mismatch' })
    const { answers } = await inside((tx) => loadQualification(tx, owner, lead.id))
    expect(answers.map(({ question, answer }) => [question.label ?? question.key, answer])).toEqual(
      expect.arrayContaining([
        ['Has a garden?', null],
        ['need', null],
        ['budget', 'yes'],
      ]),
    )
    expect(answers).toHaveLength(3)
  })

  it('is scored by the rules of its business alone, with every reason, and only where she agreed to that [F9]', async () => {
    const scored = async (points: number) => {
      const { workspaceId, as } = await testWorkspace(test)
      const here = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(workspaceId, work)
      const { id: pipelineId } = await here((tx) => loadPipeline(tx, as.owner))
      const { questions, version } = await here((tx) => loadChecklist(tx, as.owner, pipelineId))
      const [need] = questions
      if (!need) throw new Error('The pipeline begins without a question.')
      const rules = [
        { when: { kind: 'answer' as const, questionId: need.id }, points },
        { when: { kind: 'source' as const, source: 'referral' as const }, points: 5 },
      ]
      await here((tx) => writeChecklist(tx, as.owner, { pipelineId, version, questions: questions.map(({ id }) => ({ id })), rules }))
      const contactId = await here((tx) => createContact(tx, as.owner, { name: 'The same woman', points: [], tags: [] }))
      const { id: leadId } = await here((tx) => createLead(tx, as.owner, { contactId, source: 'other' }))
      const { score: before } = await here((tx) => answerQuestion(tx, as.owner, { leadId, questionId: need.id, answer: 'yes' }))
      expect(before).toEqual({ allowed: false, because: 'not_asked', points: null, most: null, reasons: [] })
      await agreesToBeScored(workspaceId, contactId)
      return (await here((tx) => loadQualification(tx, as.owner, leadId))).score
    }
    expect(await scored(20)).toMatchObject({ allowed: true, points: 20, most: 25, reasons: [{ met: true }, { met: false }] })
    expect(await scored(3)).toMatchObject({ allowed: true, points: 3, most: 8 })
  })
})

/** The privacy notice names scores, and she said yes to them. */
async function agreesToBeScored(workspaceId: string, contactId: string): Promise<void> {
  const [version, use] = [crypto.randomUUID(), crypto.randomUUID()]
  await test.asSuperuser(
    `insert into policy_version (workspace_id, id, kind, version, weight, settings_version, published_by, published_at)
      values ($1, $2, 'privacy', 1, 'material', 1, 'owner', now())`,
    [workspaceId, version],
  )
  await test.asSuperuser(
    `insert into data_use (workspace_id, id, key, version_id, mode, says, created_at) values ($1, $2, 'profiling', $3, 'opt_in', '{}', now())`,
    [workspaceId, use, version],
  )
  await test.asSuperuser(
    `insert into data_use_answer (workspace_id, id, use_id, contact_id, answer, how, words_hash, locale, recorded_by, created_at)
      values ($1, $2, $3, $4, 'yes', 'link', repeat('0', 64), 'en', 'she', now())`,
    [workspaceId, crypto.randomUUID(), use, contactId],
  )
}
