import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { migrationFolders } from '../../apps/server/src/migration-order.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { dumpDatabase, restoreBackup, writeBackup } from '../../apps/server/src/platform/backup/index.ts'
import { CannotDecrypt, openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import { encryptedColumns } from '../../apps/server/src/platform/database/index.ts'
import { openFiles } from '../../apps/server/src/platform/files/index.ts'
import { formsIn, numberForms } from '../rights/encodings.ts'
import { backedUp, type Haystack, storedFiles } from '../rights/haystacks.ts'
import { type MarkedPerson, markedPerson, type TestHouse, testHouse } from '../rights/scenario.ts'

let house: TestHouse
let place: TestBusiness
let person: MarkedPerson
/** What was put into fields that the inventory declares as encrypted. */
let secrets: readonly string[]
let stolen: string
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
  person = await markedPerson(house, place, 'Zqxvstolenqopl')
  const encrypted = new Set(encryptedColumns(tableInventories).map(({ table, column }) => `${table}.${column}`))
  secrets = person.marked.filter((each) => encrypted.has(each.place)).map(({ marker }) => marker)
  const { test, filesFolder } = house
  const report = await writeBackup(
    {
      databaseUrl: test.urls.backup,
      keys: test.keys,
      keyFolder: path.join(test.folder, 'keys'),
      fileFolder: filesFolder,
      target: path.join(test.folder, 'backups'),
      version: 'test',
    },
    test.clock(),
  )
  stolen = path.dirname(report.folder)
}, 120_000)

/** Every file below a folder, by its name and what is in it. */
const everyFile = (folder: string): readonly Haystack[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name)
    return statSync(file).isDirectory()
      ? everyFile(file)
      : [{ place: file, content: Buffer.concat([Buffer.from(`${file}\n`), readFileSync(file)]) }]
  })

const hits = (haystacks: readonly Haystack[], values: readonly string[]) =>
  haystacks.flatMap(({ place: where, content }) => formsIn(content, values).map((form) => `${where}: ${form}`))

/** The tables as they lie in the database, for somebody who has them and no key. */
async function dumped(): Promise<readonly Haystack[]> {
  const found: { place: string; content: Buffer }[] = []
  let where = ''
  for await (const record of dumpDatabase(house.test.urls.backup, { version: 'test', createdAt: house.test.clock() })) {
    if (record.kind === 'table') where = `${record.schema}.${record.table}`
    if (record.kind === 'rows') found.push({ place: where, content: Buffer.from(record.data) })
  }
  return found
}

describe('a stolen backup', () => {
  it('was searched in a way that finds: with the keys every marker is there', async () => {
    expect(secrets.length).toBeGreaterThanOrEqual(3)
    const opened = await backedUp(house.test)
    for (const secret of secrets)
      expect(
        opened.some(({ content }) => content.includes(secret)),
        secret,
      ).toBe(true)
    const files = await storedFiles(house.around.files, house.filesFolder, place.workspaceId)
    expect(hits(files, [`The file of ${person.word}`])).not.toEqual([])
  })

  it('reveals nothing at all: no field, no file, no name, in no encoding [L10] [L2] [L7]', () => {
    const files = everyFile(stolen)
    expect(files.length).toBeGreaterThan(3)
    expect(hits(files, [person.word, person.email, ...numberForms(person.phone), ...secrets])).toEqual([])
  })

  it('is opened by no other keys', async () => {
    const { test } = house
    const keys = openKeys(path.join(test.folder, 'other keys'), test.clock())
    const [newest = ''] = readdirSync(stolen).filter((name) => name !== 'file-keys')
    const wish = {
      administratorUrl: String(process.env.FRONTDESK_TEST_DATABASE_URL),
      database: 'never_restored',
      dataFolder: path.join(test.folder, 'thief'),
      migrations: migrationFolders,
      backup: path.join(stolen, newest),
      keys,
      fileFolder: path.join(test.folder, 'thief', 'files'),
    }
    await expect(restoreBackup(wish)).rejects.toThrow('key')
  })
})

describe('stolen tables without the key store', () => {
  it('reveal no field that is declared as encrypted, in no encoding [L10] [L2]', async () => {
    const tables = await dumped()
    expect(hits(tables, [person.email])).not.toEqual([]) // the control: what is no secret stands there
    expect(hits(tables, secrets)).toEqual([])
  })

  it('hold none of the keys, in no encoding [L10]', async () => {
    const folder = path.join(house.test.folder, 'keys')
    const secrets = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => (JSON.parse(readFileSync(path.join(folder, name), 'utf8')).keys ?? []) as readonly { readonly secret: string }[])
      .map(({ secret }) => Buffer.from(secret, 'base64url'))
    expect(secrets.length).toBeGreaterThan(4)
    const forms = secrets.flatMap((secret) => (['base64url', 'base64', 'hex', 'latin1'] as const).map((how) => secret.toString(how)))
    const tables = await dumped()
    expect(
      tables.filter(({ content }) => forms.some((form) => content.includes(Buffer.from(form, 'latin1')))).map(({ place: where }) => where),
    ).toEqual([])
  })

  it('and stolen files reveal no file, also with the wrapped keys of files beside them [L10]', async () => {
    const thief = path.join(house.test.folder, 'thief of files')
    cpSync(house.filesFolder, path.join(thief, 'files'), { recursive: true })
    cpSync(path.join(house.test.folder, 'keys/files'), path.join(thief, 'keys/files'), { recursive: true })
    expect(hits(everyFile(thief), [person.word, `The file of ${person.word}`])).toEqual([])
    const keys = openKeys(path.join(thief, 'keys'), house.test.clock())
    const files = openFiles({ keys, keyFolder: path.join(thief, 'keys/files'), folder: path.join(thief, 'files') })
    for await (const id of files.fileKeys.ids(place.workspaceId)) {
      await expect(files.get({ workspaceId: place.workspaceId, id, size: 1 })).rejects.toThrow(CannotDecrypt)
    }
  })
})
