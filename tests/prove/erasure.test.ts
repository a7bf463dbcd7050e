import path from 'node:path'
import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { migrationFolders } from '../../apps/server/src/migration-order.ts'
import { findOrCreateContact } from '../../apps/server/src/modules/contacts/index.ts'
import { testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import {
  type ErasureSurroundings,
  erasureSurroundings,
  reapplyErasures,
  requestPermit,
  vacuumTables,
} from '../../apps/server/src/modules/privacy/index.ts'
import { everyRow, planErasure, readCatalog } from '../../apps/server/src/modules/privacy/testing.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { sealWorkspace, verifyAudit } from '../../apps/server/src/platform/audit/index.ts'
import { restoreBackup, writeBackup } from '../../apps/server/src/platform/backup/index.ts'
import { openDatabase } from '../../apps/server/src/platform/database/index.ts'
import { formsIn, numberForms } from '../rights/encodings.ts'
import { backedUp, type Haystack, keepsIds, storedFiles, tableFiles } from '../rights/haystacks.ts'
import {
  acceptTerms,
  liveHere,
  type MarkedPerson as Marked,
  markedPerson,
  type Person,
  type TestHouse,
  testHouse,
} from '../rights/scenario.ts'
import { sized } from '../setup/sizes.ts'

/** One person is enough in every test run; as a proof several, one after another, so that nothing hangs on the first. */
const persons = sized(1, 5)

let house: TestHouse
let place: TestBusiness
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
}, 120_000)

const valuesOf = ({ word, email, phone }: Person): readonly string[] => [word, email, ...numberForms(phone)]
let words = 0
const newWord = () => {
  words += 1
  return `Zqxv${String.fromCharCode(65 + words)}oplm${words}`
}

/** Everything there is to look in. */
async function everywhere(): Promise<readonly Haystack[]> {
  return [
    ...(await backedUp(house.test)),
    ...(await tableFiles(house.test.asSuperuser)),
    ...(await storedFiles(house.around.files, house.filesFolder, place.workspaceId)),
    { place: 'log', content: Buffer.from(house.log.lines.join('\n')) },
  ]
}

const hits = (haystacks: readonly Haystack[], person: Person): readonly string[] =>
  haystacks.flatMap(({ place: where, content }) => formsIn(content, valuesOf(person)).map((form) => `${where}: ${form}`))

/** Tables and queues in which an id of a row of hers is left, but for what is kept by declaration. */
const naming = (haystacks: readonly Haystack[], { contactId, ids }: Marked): readonly string[] =>
  haystacks
    .filter(({ place: where }) => /^(public|pgboss)\./.test(where) && !keepsIds(where))
    .filter(({ content }) => [contactId, ...ids].some((id) => content.includes(id)))
    .map(({ place: where }) => where)

const erase = (person: Person, more: object = {}) =>
  house.call(place.as.privacy_officer, 'POST', `/contacts/${person.contactId}/erasure`, {
    mode: 'erase',
    bookingsAhead: 'cancel',
    neverContactAgain: true,
    ...more,
  })

/** Every row of a contact as text, by the inventory. */
async function digestOf(workspaceId: WorkspaceId, contactId: ContactId): Promise<string> {
  const rows = await house.test.database.inWorkspace(workspaceId, async (tx) =>
    everyRow(tx, planErasure(house.around.inventory, await readCatalog(tx)), [contactId]),
  )
  const found: string[] = []
  for (const [table, ids] of rows) {
    if (table === 'company' || table === 'tag') continue
    const { rows: texts } = await house.test.asSuperuser(`select t::text as text from "${table}" t where id = any ($1) order by id`, [ids])
    found.push(`${table}: ${texts.map(({ text }) => text).join('\n')}`)
  }
  return found.join('\n')
}

async function withSurroundings<T>(change: Partial<ErasureSurroundings>, work: () => Promise<T>): Promise<T> {
  erasureSurroundings.provide({ ...house.around, ...change })
  try {
    return await work()
  } finally {
    erasureSurroundings.provide(house.around)
  }
}

describe('an erasure', () => {
  it.each(Array.from({ length: persons }, (_, at) => at + 1))(
    'leaves nothing of her in any table, index, file, queue or log (person %i) [L7] [M5] [C1] [C3] [C5] [C11] [E11]',
    async () => {
      const person = await markedPerson(house, place, newWord())
      const neighbour = await liveHere(house, place, newWord())
      const neighbourBefore = await digestOf(place.workspaceId, neighbour.contactId)

      // The control: each place holds its marker before, or the search would prove nothing.
      const before = await everywhere()
      const dump = before.filter(({ place: where }) => where.startsWith('public.'))
      const unseen = person.marked.filter(({ place: where, marker }) => {
        const table = `public.${where.split('.')[0]}`
        return !dump.some((each) => each.place === table && each.content.includes(marker))
      })
      expect(unseen).toEqual([])
      expect(person.marked.length).toBeGreaterThan(40)
      const found = hits(before, person)
      for (const wanted of ['base/', 'file ', 'public.idempotency_key', 'public.mail:', 'public.inbound_mail', 'public.timeline_event'])
        expect(
          found.some((hit) => hit.startsWith(wanted)),
          wanted,
        ).toBe(true)

      const asked = await erase(person)
      expect(asked.status).toBe(202)
      expect(
        (await house.background.settle()).filter(({ outcome }) => outcome === 'failed').map(({ name, error }) => [name, error]),
      ).toEqual([])

      const after = await everywhere()
      expect(hits(after, person)).toEqual([])
      expect(naming(after, person)).toEqual(['public.outbox']) // contact.erased itself
      expect(await digestOf(place.workspaceId, neighbour.contactId)).toBe(neighbourBefore)
    },
    240_000,
  )

  it('is not undone, not repeated and not brought back; what she asked for holds [D17] [D18] [L7]', async () => {
    const person = await liveHere(house, place, newWord())
    const { json: copy } = await house.call(place.as.privacy_officer, 'POST', `/contacts/${person.contactId}/exports`, {
      reason: 'portability',
    })
    await house.background.settle()
    const link = await house.call(place.as.privacy_officer, 'POST', `/contact-exports/${copy.id}/link`)
    const zip = await house.api.inject({ method: 'GET', url: link.json.path })
    expect(zip.statusCode).toBe(200)

    const first = await erase(person)
    await house.background.settle()
    const receipt = await house.call(place.as.owner, 'GET', `/erasures/${first.json.id}`)
    expect(receipt.json).toMatchObject({ state: 'done', receipt: { mode: 'erase' } })
    expect((await erase(person)).json).toEqual(receipt.json)
    expect(await house.background.settle()).toEqual([])

    const key = { kind: 'api_key', workspaceId: place.workspaceId, keyId: 'k', scopes: ['contacts.write', 'contacts.read'] } as never
    const again = await house.call(key, 'POST', '/contacts', { name: person.name, points: [{ kind: 'email', value: person.email }] })
    expect([again.status, again.json.type]).toEqual([409, '/api/problems/privacy/erased-before'])
    expect((await house.call(place.as.owner, 'POST', `/contacts/${person.contactId}/restore`)).status).toBe(404)
    expect((await house.call(place.as.owner, 'GET', `/contacts/${person.contactId}/timeline`)).status).toBe(404)
    expect((await house.api.inject({ method: 'GET', url: link.json.path })).statusCode).toBe(404)

    await acceptTerms(house, place)
    const opened = await house.call(place.as.owner, 'POST', '/contact-imports')
    const boundary = 'xyz'
    const form = Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="p.zip"\r\nContent-Type: application/zip\r\n\r\n`,
      ),
      zip.rawPayload,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    const uploaded = await house.api.inject({
      method: 'POST',
      url: opened.json.path,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: form,
    })
    expect(uploaded.statusCode).toBe(202)
    await house.background.settle()
    expect((await house.call(place.as.owner, 'GET', `/contact-imports/${opened.json.import.id}`)).json).toMatchObject({
      state: 'refused',
      refusal: 'erased_before',
    })

    // She herself may come back, and is still not written to.
    const { contactId } = await place.inside((tx) =>
      findOrCreateContact(tx, place.visitor, { name: 'Gerda', email: person.email, source: 'booking' }),
    )
    const booking = await place.book({ start: '2027-02-01T15:00:00Z', who: { name: 'Gerda', email: person.email } })
    const permit = await place.inside((tx) =>
      requestPermit(tx, { contactId, channel: 'email', purpose: 'service', about: { type: 'booking', id: booking.id } }),
    )
    expect(permit).toMatchObject({ allowed: false, remedy: 'ask_her_to_opt_in' })
  }, 120_000)

  it('does not touch the same person in another workspace', async () => {
    const person = await liveHere(house, place, newWord())
    const other = await testWorkspace(house.test, 'Elsewhere')
    const twin = await other.newContact(person.email, person.name)
    await house.background.settle()
    const before = await digestOf(other.workspaceId, twin)
    await erase(person)
    await house.background.settle()
    expect(await digestOf(other.workspaceId, twin)).toBe(before)
  }, 120_000)

  it('keeps the chain of the audit whole', async () => {
    const heads = path.join(house.test.folder, 'heads')
    const person = await liveHere(house, place, newWord())
    await erase(person)
    await house.background.settle()
    await sealWorkspace(house.test.database, heads, place.workspaceId)
    expect(await verifyAudit(house.test.database, heads, place.workspaceId)).toMatchObject({ intact: true, unsealed: 0 })
  }, 120_000)

  it('is carried out again on an older backup, before anything else [L7] [R6]', async () => {
    const person = await liveHere(house, place, newWord())
    const keyFolder = path.join(house.test.folder, 'keys')
    const report = await writeBackup(
      {
        databaseUrl: house.test.urls.backup,
        keys: house.test.keys,
        keyFolder,
        fileFolder: house.filesFolder,
        target: path.join(house.test.folder, 'backups'),
        version: 'test',
      },
      house.test.clock(),
    )
    const first = await erase(person)
    await house.background.settle()

    const administratorUrl = String(process.env.FRONTDESK_TEST_DATABASE_URL)
    const name = `restored_${Date.now()}`
    const restored = await restoreBackup({
      administratorUrl,
      database: name,
      dataFolder: path.join(house.test.folder, 'restored'),
      migrations: migrationFolders,
      passwords: Object.fromEntries(
        ['owner', 'app', 'auth', 'relay', 'eraser', 'backup'].map((role) => [`frontdesk_${role}`, `test-frontdesk_${role}`]),
      ) as never,
      backup: report.folder,
      keys: house.test.keys,
      fileFolder: path.join(house.test.folder, 'restored', 'files'),
    })
    const { keys, clock } = house.test
    const database = openDatabase({ url: restored.urls.app, keys, clock, connections: 2 })
    const eraser = openDatabase({ url: restored.urls.eraser, keys, clock, connections: 1 })
    try {
      expect(hits(await backedUp({ ...house.test, urls: restored.urls }), person)).not.toEqual([])
      const around = { ...house.around, database, eraser, vacuum: (tables: readonly string[]) => vacuumTables(restored.urls.owner, tables) }
      expect(await reapplyErasures(around)).toBeGreaterThan(0)
      expect(hits(await backedUp({ ...house.test, urls: restored.urls }), person)).toEqual([])
      expect(await reapplyErasures(around)).toBe(0)
      const known = await database.inWorkspace(place.workspaceId, (tx) =>
        tx.db
          .selectFrom('erasure')
          .select(['id', 'state'])
          .where('workspace_id', '=', place.workspaceId)
          .where('id', '=', first.json.id)
          .execute(),
      )
      expect(known).toEqual([{ id: first.json.id, state: 'done' }])
    } finally {
      await Promise.all([database.close(), eraser.close()])
    }
  }, 240_000)
})

describe('the search would notice', () => {
  const leftBy = async (change: Partial<ErasureSurroundings>, meanwhile: () => Promise<void> = async () => undefined) => {
    const person = await markedPerson(house, place, newWord())
    // Searched before the surroundings are whole again: an erasure that found something left is tried once more.
    const after = await withSurroundings(change, async () => {
      await erase(person)
      await meanwhile()
      await house.background.settle()
      return everywhere()
    })
    return { person, found: [...hits(after, person), ...naming(after, person).filter((where) => where !== 'public.outbox')] }
  }

  it('a table that was skipped', async () => {
    const inventory = house.around.inventory.map((table) =>
      table.table === 'failed_job' || table.table === 'idempotency_key'
        ? { ...table, subjects: [{ root: 'none', why: 'Skipped.' }] as const }
        : table,
    )
    const { found } = await leftBy({ inventory })
    expect(found.some((hit) => hit.startsWith('public.idempotency_key'))).toBe(true)
  }, 120_000)

  it('a file that was skipped', async () => {
    const { found } = await leftBy({ files: { ...house.around.files, erase: async () => undefined } })
    expect(found.some((hit) => hit.startsWith('file '))).toBe(true)
  }, 120_000)

  it('a log that says who it was', async () => {
    let word = ''
    const { found } = await leftBy({}, async () => {
      word = `Zqxv${String.fromCharCode(65 + words)}oplm${words}`
      house.log.write(`{"line":"mail.failed","to":"${Buffer.from(`  ${word}!!!`).toString('base64')}"}`)
    })
    expect(found.filter((hit) => hit.startsWith('log'))).not.toEqual([])
  }, 120_000)

  it('a job that names her', async () => {
    const { rows } = await house.test.asSuperuser("select pg_get_functiondef('platform.erase_jobs'::regproc) as text")
    await house.test.asSuperuser(`create or replace function platform.erase_jobs(named uuid[], spared text, with_running boolean) returns table (gone int, running int)
      language sql security definer set search_path = pg_catalog, pg_temp as 'select 0, 0'`)
    const before = await house.test.asSuperuser('select count(*)::int as n from pgboss.job')
    const { found } = await leftBy({})
    await house.test.asSuperuser(String(rows[0]?.text))
    expect(before.rows[0].n).toBeGreaterThan(0)
    expect(found.some((hit) => hit.startsWith('pgboss.job'))).toBe(true)
  }, 120_000)

  it('an index that was not written over', async () => {
    const { found } = await leftBy({ vacuum: async () => 'overwritten' })
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((hit) => hit.startsWith('base/'))).toBe(true)
  }, 120_000)
})
