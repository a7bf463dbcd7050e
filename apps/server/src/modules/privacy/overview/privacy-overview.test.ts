import { type ContactId, ProcessorBody, type Role } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { erasureSurroundings, openTombstones } from '../erasure/index.ts'
import { requestPermit } from '../gate/request-permit.ts'
import { flagContact } from '../geography/flag-contact.ts'
import { policySurroundings } from '../policies/surroundings.ts'
import { findAffectedJob } from '../registers/breaches/find-affected.ts'
import { reportBreach } from '../registers/breaches/report-breach.ts'
import { recordLegalRequest } from '../registers/legal/record-legal-request.ts'
import { addProcessor } from '../registers/processors.ts'
import { roomInventory, testRegisters } from '../registers/testing.ts'
import { recordRequest } from '../requests/receive-request.ts'
import { testOffice } from '../requests/testing.ts'
import { previewRetention } from '../retention/preview-retention.ts'
import { confirmRetention } from '../retention/retention-setting.ts'
import { clearRegistry } from '../suppression/clear-registry.ts'
import { beginRegistry, finishRegistry, loadLines } from '../suppression/load-registry.ts'
import { privacyOverview } from './privacy-overview.ts'

const test = await testDatabase()
const { place, inside, files } = await testOffice(test)
await backgroundOf(test, { jobs: [findAffectedJob, clearRegistry] })
const { owner } = place.as
const overview = (role: Role = 'owner') => inside((tx) => privacyOverview(tx, place.as[role]))
let contactId: ContactId

beforeAll(async () => {
  testRegisters()
  const eraser = test.database // looks only
  erasureSurroundings.provide({
    eraser,
    files,
    inventory: roomInventory,
    database: test.database,
    tombstones: openTombstones(test.folder),
    vacuum: async () => 'freed',
  })
  policySurroundings.provide({ database: test.database, publicUrl: () => 'https://desk.example', inventory: roomInventory })
  contactId = await place.newContact('ann@home.example')
})

const ask = (kind: 'access' | 'complaint', days: number) => {
  const receivedAt = test.clock().subtract({ hours: 24 * days })
  const from = { receivedBy: 'mail', forWhom: 'self', requesterName: 'Ann Lee', receivedAt: receivedAt.toString() } as const
  return inside((tx) => recordRequest(tx, owner, { kind, ...from }))
}

describe('what waits for somebody', () => {
  it('is not for who may not see contacts', async () => {
    await expect(overview('billing')).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('is little on the first day: the documents, the periods, and nobody asked for consent', async () => {
    const first = await overview()
    expect(first).toMatchObject({
      requests: { open: 0, overdue: 0, next: [] },
      incidents: { open: 0, next: [] },
      legalRequests: { open: 0, next: [] },
      retention: { confirmedAt: null },
      recipients: [],
      registries: [],
      asksForConsent: false,
      held: { open: 0, nextDueAt: null },
      refused: { count: 0, reasons: [] },
    })
    expect(first.policies?.map(({ kind, published }) => [kind, published])).toEqual(
      ['privacy', 'cookies', 'california', 'terms', 'retention', 'dpa'].map((kind) => [kind, false]),
    )
  })

  it('names requests by what is due first, and complaints only to those who look after them', async () => {
    const early = await ask('access', 3)
    const late = await ask('access', 400)
    const complaint = await ask('complaint', 1)
    const { requests } = await overview()
    expect(requests).toMatchObject({ open: 3, overdue: 1 })
    expect(requests?.next.map(({ id }) => id)).toEqual([late.id, complaint.id, early.id])
    expect((await overview('admin')).requests).toMatchObject({ open: 2, overdue: 1 })
    expect((await overview('admin')).requests?.next.map(({ id }) => id)).toEqual([late.id, early.id])
    expect((await overview('manager')).requests).toBeNull()
  })

  it('names incidents and letters of authorities to those who answer for them', async () => {
    await inside((tx) =>
      reportBreach(tx, owner, {
        what: 'A laptop was stolen',
        beganAt: tx.now.subtract({ hours: 2 }).toString(),
        extent: 'all_there',
        accounts: false,
      }),
    )
    await inside((tx) =>
      recordLegalRequest(tx, owner, {
        kind: 'subpoena',
        reason: 'law_requires',
        authority: 'Superior Court',
        jurisdiction: 'California',
        asked: 'Appointments in May',
      }),
    )
    const seen = await overview()
    expect(seen.incidents).toMatchObject({ open: 1, next: [{ number: 1, state: 'open' }] })
    expect(seen.legalRequests).toMatchObject({ open: 1, next: [{ number: 1, authority: 'Superior Court' }] })
    expect(await overview('admin')).toMatchObject({ incidents: { open: 1 }, legalRequests: null })
    expect(await overview('member')).toMatchObject({ incidents: null, legalRequests: null, policies: null, retention: null })
  })

  it('names who receives nothing, registers that are too old, and people kept apart', async () => {
    const entry = ProcessorBody.parse({ name: 'Books Co', purposes: ['compliance'], categories: ['name'] })
    await inside((tx) => addProcessor(tx, owner, entry))
    const { id } = await inside((tx) => beginRegistry(tx, owner, { registry: 'us.national', asOf: dayBefore(60) }))
    await inside((tx) => loadLines(tx, owner, { snapshotId: id, from: 0, lines: ['212,5550123'] }))
    await inside((tx) => finishRegistry(tx, owner, id))
    const dueAt = test.clock().add({ hours: 24 })
    await inside((tx) => flagContact(tx, owner, { contactId, reason: 'place', country: 'DE', foundBy: 'member', dueAt }))
    expect(await overview()).toMatchObject({
      recipients: [{ name: 'Books Co', stopped: 'uncovered' }],
      registries: [{ registry: 'us.national', asOf: dayBefore(60) }],
      held: { open: 1, nextDueAt: dueAt.toString() },
    })
  })

  it('counts what was refused in a week by its first reason, with the step that would allow it, but not what was refused before', async () => {
    const other = await place.newContact('bea@home.example')
    const about = { type: 'broadcast', id: '019b0000-0000-7000-8000-00000000b001' } as const
    const refuse = (id: ContactId) => inside((tx) => requestPermit(tx, { contactId: id, channel: 'email', purpose: 'marketing', about }))
    await refuse(other)
    await refuse(other)
    await refuse(contactId)
    await test.asSuperuser("update permit set created_at = created_at - interval '8 days' where contact_id = $1", [contactId])
    const { refused } = await overview()
    expect(refused).toMatchObject({ count: 2, reasons: [{ effect: 'blocks', count: 2, people: 1 }] })
    expect(refused?.reasons[0]?.code).toBe('subject_missing')
    expect((await overview('representative')).refused).toBeNull()
    expect((await overview('read_only')).refused).toMatchObject({ count: 2 })
  })

  it('is silent about the periods once somebody stands behind them', async () => {
    const { id } = await inside((tx) => previewRetention(tx, owner))
    await inside((tx) => confirmRetention(tx, owner, id))
    expect((await overview()).retention?.confirmedAt).toMatch(/^\d{4}-/)
  })
})

const dayBefore = (days: number): string =>
  test
    .clock()
    .subtract({ hours: 24 * days })
    .toString()
    .slice(0, 10)
