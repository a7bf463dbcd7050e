import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { houseJobs } from '../../apps/server/src/house.ts'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { registerSurroundings } from '../../apps/server/src/modules/privacy/registers/surroundings.ts'
import { onDatabase } from '../../apps/server/src/platform/database/index.ts'
import { loginRoles } from '../../apps/server/src/platform/database/roles.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { backgroundOf } from '../../apps/server/src/platform/events/testing.ts'

const clone = path.resolve(import.meta.dirname, '../..')
const test = await testDatabase()
const background = await backgroundOf(test, { jobs: houseJobs().filter(({ name }) => name === 'privacy.find-affected') })
registerSurroundings.provide({
  configured: [],
  publicUrl: () => 'https://desk.example',
  inventory: tableInventories,
  policies: [],
  neverForKeys: new Set(),
})
const [salon, clinic] = [await testWorkspace(test, 'Salon Ana'), await testWorkspace(test, 'Clinic Bea', 'CA')]
await salon.newContact('guest@home.example')

// The roles of the run's own server log in with these.
writeFileSync(
  path.join(test.folder, 'database-roles.json'),
  JSON.stringify(Object.fromEntries(loginRoles.map((role) => [role, new URL(test.urls.app).password.replace('frontdesk_app', role)]))),
)
const administrator = onDatabase(process.env.FRONTDESK_TEST_DATABASE_URL ?? '', new URL(test.urls.app).pathname.slice(1))

/** Runs the operator's command as npm does, against this database. */
async function operator(...args: string[]): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, FRONTDESK_DATA: test.folder, DATABASE_URL: administrator, PUBLIC_URL: 'https://desk.example', SMTP_URL: '' }
  const child = spawn(process.execPath, [path.join(clone, 'scripts/operator.ts'), ...args], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said: Buffer.concat(chunks).toString() }
}
const incidents = async () =>
  (await test.asSuperuser('select workspace_id, number, what, reported_by, accounts, search from breach order by workspace_id, number'))
    .rows

describe('the command that reports an incident to every business', () => {
  it('says what it needs, and reports nothing', { timeout: 60_000 }, async () => {
    const asked = await operator('report-breach', '--what', 'A disk was stolen')
    expect([asked.code, asked.said]).toEqual([1, expect.stringContaining('Say what happened and since when')])
    const never = await operator('report-breach', '--what', 'A disk was stolen', '--from', 'yesterday')
    expect([never.code, never.said]).toEqual([1, expect.stringContaining('"yesterday" is not a moment')])
    const perhaps = await operator('report-breach', '--what', 'x', '--from', '2026-01-01T10:00:00Z', '--accounts', 'perhaps')
    expect([perhaps.code, perhaps.said]).toEqual([1, expect.stringContaining('--accounts yes')])
    expect((await operator('report-breach', 'now')).said).toContain('npm run operator -- report-breach --what')
    expect(await incidents()).toEqual([])
  })

  it('makes an entry in each register, queues a mail to each owner and privacy officer, and has the people found [U2]', {
    timeout: 60_000,
  }, async () => {
    const { code, said } = await operator(
      'report-breach',
      '--what',
      'A backup disk was stolen',
      '--from',
      '2026-01-01T10:00:00Z',
      '--accounts',
      'yes',
    )
    expect(code, said).toBe(0)
    for (const { workspaceId } of [salon, clinic])
      expect(said).toContain(`${workspaceId}  incident 1 was reported; its owners are written to.`)
    const entry = { number: 1, what: 'A backup disk was stolen', reported_by: 'operator', accounts: true, search: 'running' }
    expect(await incidents()).toEqual([salon, clinic].map(({ workspaceId }) => ({ workspace_id: workspaceId, ...entry })))
    const { rows: mails } = await test.asSuperuser(
      `select workspace_id, to_address, subject from mail where audience = 'member' order by workspace_id, to_address`,
    )
    const subject = 'Incident 1: the operator of the server reports it'
    expect(mails).toEqual(
      [salon, clinic].flatMap(({ workspaceId }) =>
        ['owner@salon.example', 'privacy_officer@salon.example'].map((to_address) => ({ workspace_id: workspaceId, to_address, subject })),
      ),
    )
    expect((await background.settle()).filter(({ outcome }) => outcome !== 'done')).toEqual([])
    const { rows: people } = await test.asSuperuser(
      'select workspace_id, count(contact_id)::int as contacts, count(member_id)::int as members from breach_person group by 1 order by 1',
    )
    const members = Object.keys(salon.as).length
    expect(people).toEqual([
      { workspace_id: salon.workspaceId, contacts: 1, members },
      { workspace_id: clinic.workspaceId, contacts: 0, members },
    ])
  })

  it('leaves an audit that still verifies, certificates of workspaces that left included', { timeout: 60_000 }, async () => {
    const { code, said } = await operator('verify-audit')
    expect([code, said]).toEqual([0, expect.stringContaining('Workspaces that left  intact: 0 certificates of deletion')])
  })
})
