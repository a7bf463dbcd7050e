/** Businesses that are asked for data by authorities, for tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactId, LegalChecklist, Principal } from '@frontdesk/contract'
import { afterAll, beforeAll } from 'vitest'
import type { z } from 'zod'
import type { TestDatabase } from '../../../../platform/database/testing.ts'
import { backgroundOf } from '../../../../platform/events/testing.ts'
import { openFiles } from '../../../../platform/files/index.ts'
import { mailSettings, sendMailJob } from '../../../../platform/mail/index.ts'
import { type TestSmtp, testSmtp } from '../../../../platform/mail/testing.ts'
import { testWorkspace } from '../../../contacts/testing.ts'
import { erasureSurroundings } from '../../erasure/index.ts'
import { providePrivacyPorts } from '../../index.ts'
import { openRequestJob } from '../../requests/open-request.ts'
import { requestSurroundings } from '../../requests/surroundings.ts'
import { listDisclosures } from '../disclosures/disclosures.ts'
import { roomInventory, testRegisters } from '../testing.ts'
import { checkLegalRequest, scopeLegalRequest } from './check-legal-request.ts'
import { discloseLegalRequest, makeExtractJob } from './disclose.ts'
import { loadLegalRequest } from './read-legal-requests.ts'
import { recordLegalRequest } from './record-legal-request.ts'

/** A yes to all four questions. */
export const yes: z.output<typeof LegalChecklist> = { authority: true, jurisdiction: true, signature: true, scope: true }
export const conflict = { type: 'http/conflict' }

/** Starts what they stand on: files, mails that arrive, and jobs. */
export async function testLegalCases(test: TestDatabase) {
  const background = await backgroundOf(test, { jobs: [makeExtractJob, sendMailJob, openRequestJob] })
  const folder = mkdtempSync(path.join(tmpdir(), 'extracts-'))
  const files = openFiles({ folder, keyFolder: path.join(folder, 'keys'), keys: test.keys })
  let smtp: TestSmtp
  beforeAll(async () => {
    smtp = await testSmtp()
    mailSettings.provide({ smtpUrl: smtp.url, from: { name: 'Frontdesk', address: 'desk@example.com' }, replies: undefined })
    providePrivacyPorts()
    testRegisters()
    requestSurroundings.provide({
      database: test.database,
      files,
      publicUrl: () => 'https://desk.example',
      callOutside: () => Promise.reject(new Error('Nothing is called here.')),
    })
    erasureSurroundings.provide({
      database: test.database,
      eraser: test.database,
      files,
      inventory: roomInventory,
      tombstones: {} as never,
      vacuum: async () => 'freed',
    })
  })
  afterAll(async () => {
    await smtp.close()
    rmSync(folder, { recursive: true })
  })

  /** A business, with or without a second person who decides, and what happens to a request in it. */
  async function business({ alone = false } = {}) {
    const place = await testWorkspace(test)
    const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
    const { owner, privacy_officer: officer } = place.as
    if (alone)
      await test.asSuperuser("update member set removed_at = now() where workspace_id = $1 and role = 'privacy_officer'", [
        place.workspaceId,
      ])
    const read = (id: string, by: Principal = owner) => inside((tx) => loadLegalRequest(tx, by, id))
    const record = async (change: Partial<Parameters<typeof recordLegalRequest>[2]> = {}) =>
      (
        await inside((tx) =>
          recordLegalRequest(tx, owner, {
            kind: 'subpoena',
            reason: 'law_requires',
            authority: 'Superior Court',
            jurisdiction: 'California',
            asked: 'Appointments of Ann Lee in May',
            ...change,
          }),
        )
      ).id
    const scope = async (
      id: string,
      contactIds: readonly ContactId[],
      tables: readonly string[],
      from: string | null = null,
      until: string | null = null,
    ) => {
      const { version } = await read(id)
      await inside((tx) => scopeLegalRequest(tx, owner, { legalRequestId: id, contactIds, tables, from, until, version }))
    }
    const check = (id: string, by: Principal, answers = yes) =>
      inside((tx) => checkLegalRequest(tx, by, { legalRequestId: id, answers, note: 'Called the court back' }))
    /** Checked by two and disclosed. */
    const disclosed = async (contactIds: readonly ContactId[], change: Partial<Parameters<typeof recordLegalRequest>[2]> = {}) => {
      const id = await record(change)
      await scope(id, contactIds, ['note'])
      await check(id, owner)
      await check(id, officer)
      await inside((tx) => discloseLegalRequest(tx, owner, id))
      await background.settle()
      return id
    }
    const told = (address: string) =>
      smtp.received.filter(({ to, parsed }) => to.includes(address) && parsed.subject?.includes('were disclosed')).length
    const accounted = (contactId: ContactId) => inside((tx) => listDisclosures(tx, owner, { contactId, limit: 50 }))
    return { ...place, inside, owner, officer, read, record, scope, check, disclosed, told, accounted }
  }
  return { business, files, background }
}
