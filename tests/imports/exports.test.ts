import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../rights/scenario.ts'
import { type ListDesk, listDesk } from './house.ts'

type Format = 'csv' | 'xlsx' | 'vcard3' | 'vcard4' | 'json'

let desk: ListDesk
let elsewhere: ListDesk
beforeAll(async () => {
  desk = await listDesk()
  elsewhere = await listDesk(desk.house)
}, 120_000)

const endings: Readonly<Record<Format, string>> = { csv: 'csv', xlsx: 'xlsx', vcard3: 'vcf', vcard4: 'vcf', json: 'json' }

/** Writes a list into a file and takes the file. */
async function taken(of: ListDesk, format: Format, narrowing: object = {}, by = of.place.as.owner): Promise<{ file: Buffer; row: Json }> {
  const begun = await of.house.call(by, 'POST', '/list-exports', { format, narrowing })
  expect(begun.status, JSON.stringify(begun.json)).toBe(202)
  await of.house.background.settle()
  const { json: row } = await of.house.call(by, 'GET', `/list-exports/${begun.json.id}`)
  const answer = await fileOf(of, row.id, by)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-disposition']).toContain(`.${endings[format]}`)
  return { file: answer.rawPayload, row }
}

const fileOf = (of: ListDesk, id: string, by = of.place.as.owner) =>
  of.house.api.inject({ method: 'GET', url: `/api/v1/list-exports/${id}/file`, headers: { 'x-test-as': JSON.stringify(by) } })

/** What a contact says, without ids and moments. */
const said = async (of: ListDesk, tag: string, { cards = false } = {}): Promise<Json[]> => {
  const { items } = (await of.ask('GET', `/contacts?limit=200&sort=name&tag=${encodeURIComponent(tag)}`)).json
  const people: Json[] = []
  for (const { id } of items) {
    const { json: one } = await of.ask('GET', `/contacts/${id}`)
    const { json: notes } = await of.ask('GET', `/contacts/${id}/notes`)
    people.push({
      name: one.name,
      givenName: one.givenName,
      familyName: one.familyName,
      company: one.company?.name ?? null,
      companyRole: one.companyRole,
      ...(cards ? {} : { locale: one.locale }),
      points: one.points.map(({ kind, value, label }: Json) => [kind, value, label]).sort(),
      tags: one.tags,
      notes: notes.items.map(({ body }: Json) => body),
    })
  }
  return people
}

const quoted = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => (byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte)))
    .join('')

/** Lists as programs write them; the people are made up. */
const shapes: Readonly<Record<string, { readonly file: string; readonly content: string; readonly people: number }>> = {
  google: {
    file: 'contacts.csv',
    people: 3,
    content: [
      'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value',
      'Ana,,Ruiz Peña,,,,,,,,Peña & Hijos,"Owner, founder",,,"Calls after 17:00.\nHas a dog, ""Luna"".",,* myContacts ::: Regulars,* Work,ana@pena.example,Home,ana.ruiz@home.example,Mobile,+34 612 34 56 78,Work,+1 212-555-4101',
      'Ólafur,,Þórsson,,,,,,,,,,,,,,* myContacts,,olafur@nordur.example,,,Mobile,+354 611 1234,,',
      ',,,,,,,,,,Harbor Rowing,,,,,,,Work,crew@rowing.example,,,,,,',
    ].join('\r\n'),
  },
  outlook: {
    file: 'outlook.csv',
    people: 2,
    content: [
      '"First Name","Middle Name","Last Name","Title","Company","Department","Job Title","Business Street","Home Phone","Business Phone","Mobile Phone","E-mail Address","E-mail 2 Address","Categories","Notes"',
      '"Marc","","Lévesque","","Érablière Lévesque","","Propriétaire","","+1 514-555-0111","+1 514-555-0112","+1 514-555-0113","marc@erabliere.example","m.levesque@home.example","Fournisseurs;Québec","Livre le mardi"',
      '"Joy","","Okafor","","","","","","","","+1 416-555-0120","joy@okafor.example","","",""',
    ].join('\r\n'),
  },
  hubspot: {
    file: 'hubspot-crm-exports.csv',
    people: 2,
    content: [
      'Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Company Name,Job Title,Lifecycle Stage,Create Date',
      '101,Priya,Raman,priya@raman.example,+1 646-555-0131,+1 646-555-0132,Raman Dental,Office manager,customer,2026-03-04 10:11',
      '102,=Sam,Stone,sam@stone.example,,,Stone + Co,,lead,2026-03-05 10:11',
    ].join('\n'),
  },
  'vcard 2.1': {
    file: 'phone.vcf',
    people: 1,
    content: [
      'BEGIN:VCARD',
      'VERSION:2.1',
      `N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quoted('Muñoz')};${quoted('Belén')};;;`,
      `FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quoted('Belén Muñoz')}`,
      'TEL;CELL:+12075550141',
      'TEL;WORK:+12075550142',
      'EMAIL;INTERNET;WORK:belen@munoz.example',
      'ORG:Casa Belen',
      `NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${quoted('Prefiere mañana')}=`,
      `${quoted(' o tarde')}=0D=0Anunca noche`,
      'END:VCARD',
    ].join('\r\n'),
  },
  'vcard 3.0': {
    file: 'icloud.vcf',
    people: 2,
    content: [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'PRODID:-//Apple Inc.//iPhone OS 19.0//EN',
      'N:Whitfield;Dana;;;',
      'FN:Dana Whitfield',
      'ORG:Harbor\\; Dental\\, Inc.;',
      'TITLE:Dentist',
      'item1.EMAIL;type=INTERNET;type=pref:dana@whitfield.example',
      'item1.X-ABLabel:_$!<Work>!$_',
      'item2.TEL:+12075550151',
      'item2.X-ABLabel:Boat',
      'TEL;type=CELL;type=VOICE:+12075550152',
      'NOTE:A long remark that goes on behind the seventy-fifth octet of its line an',
      ' d is folded there\\, as RFC 2426 asks\\nand has a second line',
      'CATEGORIES:Rowers,Board\\, old',
      'END:VCARD',
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:;;;;',
      'FN:Néstor',
      'TEL;TYPE=home:+12075550153',
      'END:VCARD',
    ].join('\r\n'),
  },
  'vcard 4.0': {
    file: 'nextcloud.vcf',
    people: 1,
    content: [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      'FN:Zoë Ånström',
      'N:Ånström;Zoë;;;',
      'TEL;VALUE=uri;TYPE="cell,voice":tel:+46-70-123-45-67',
      'EMAIL;TYPE=home;PREF=1:zoe@anstrom.example',
      'EMAIL;TYPE=work:zoe@arbete.example',
      'LANG:sv',
      'CATEGORIES:Stammis',
      'END:VCARD',
    ].join('\r\n'),
  },
}

describe('who may take a list out', () => {
  it.each(['member', 'read_only', 'support', 'auditor', 'billing', 'privacy_officer'] as const)('a %s may not', async (role) => {
    const { status, json } = await desk.house.call(desk.place.as[role], 'POST', '/list-exports', { format: 'csv' })
    expect([status, json.type]).toEqual([403, '/api/problems/http/not-allowed'])
  })

  it('a representative takes her own contacts alone, and knows of no other export', async () => {
    const her = desk.place.as.representative
    for (const [name, owner] of [
      ['Hers Alone', her.memberId],
      ['Somebody Elses', null],
    ] as const)
      expect((await desk.ask('POST', '/contacts', { name, ownerMemberId: owner, tags: ['shared tag'] })).status).toBe(201)
    const everybody = await taken(desk, 'csv', { tag: 'shared tag' })
    expect(everybody.file.toString()).toContain('Somebody Elses')
    const own = await taken(desk, 'csv', { tag: 'shared tag' }, her)
    expect(own.row).toMatchObject({ ownOnly: true, total: 1, done: 1, state: 'ready' })
    expect(own.file.toString()).toContain('Hers Alone')
    expect(own.file.toString()).not.toContain('Somebody Elses')
    expect((await desk.house.call(her, 'GET', '/list-exports')).json.items.map(({ id }: Json) => id)).toEqual([own.row.id])
    expect((await desk.house.call(her, 'GET', `/list-exports/${everybody.row.id}`)).status).toBe(404)
    expect((await fileOf(desk, everybody.row.id, her)).statusCode).toBe(404)
    expect((await elsewhere.ask('GET', `/list-exports/${own.row.id}`)).status).toBe(404)
  })
})

describe('a file of contacts', () => {
  it('says who began it, wrote it and took it in the audit log, and lies encrypted', async () => {
    await desk.ask('POST', '/contacts', { name: 'Audited Person', tags: ['audited'] })
    const { row } = await taken(desk, 'json', { tag: 'audited' })
    const { rows } = await desk.house.test.asSuperuser('select action from audit_entry where object_id = $1 order by id', [row.id])
    expect(rows.map(({ action }) => action)).toEqual(['list_export.begun', 'list_export.written', 'list_export.downloaded'])
    const until = Temporal.Instant.from(row.fileUntil).since(Temporal.Instant.from(row.finishedAt)).total('hours')
    expect(until).toBeLessThanOrEqual(720)
  })

  it('is stopped and removed, and gone after that', async () => {
    const { json: begun } = await desk.ask('POST', '/list-exports', { format: 'xlsx' })
    expect((await desk.ask('POST', `/list-exports/${begun.id}/cancel`)).json.state).toBe('cancelled')
    await desk.house.background.settle()
    expect((await desk.ask('GET', `/list-exports/${begun.id}`)).json).toMatchObject({ state: 'cancelled', fileUntil: null })
    const { row } = await taken(desk, 'csv')
    await desk.ask('POST', `/list-exports/${row.id}/cancel`)
    const answer = await fileOf(desk, row.id)
    expect([answer.statusCode, answer.json().type]).toEqual([410, '/api/problems/contacts/export-file-gone'])
  })

  it('has handles and relations, and the handles come in elsewhere; what cannot be one is told', async () => {
    const { json: mia } = await desk.ask('POST', '/contacts', {
      name: 'Mia Handle',
      tags: ['handled'],
      points: [
        { kind: 'email', value: 'mia@handle.example' },
        { kind: 'handle', channel: 'instagram', value: 'instagram.com/Mia.H' },
        { kind: 'handle', channel: 'website', value: 'https://mia.example/' },
      ],
    })
    const { json: ned } = await desk.ask('POST', '/contacts', { name: 'Ned Kin' })
    await desk.ask('POST', `/contacts/${mia.id}/relations`, { otherId: ned.id, kind: 'referrer' })
    const { file } = await taken(desk, 'csv', { tag: 'handled' })
    expect(file.toString()).toContain('Instagram (handle)')
    expect(file.toString()).toContain('referred Ned Kin')
    const card = (await taken(desk, 'vcard4', { tag: 'handled' })).file.toString()
    expect(card).toContain('SOCIALPROFILE;SERVICE-TYPE=Instagram;VALUE=text:mia.h')
    expect(card).toContain('URL:https://mia.example')
    await elsewhere.written(file)
    const handles = (one: Json) =>
      one.points.filter(({ kind }: Json) => kind === 'handle').map(({ channel, value }: Json) => [channel, value])
    expect(handles(await elsewhere.named('Mia Handle'))).toEqual([
      ['instagram', 'mia.h'],
      ['website', 'mia.example'],
    ])
    const other = await elsewhere.written(
      'Name,Email,Telegram\nOna Tele,ona@handle.example,@ona_tele\nPia Wrong,pia@handle.example,no name\n',
    )
    expect(handles(await elsewhere.named('Ona Tele'))).toEqual([['telegram', 'ona_tele']])
    expect(handles(await elsewhere.named('Pia Wrong'))).toEqual([])
    expect(await elsewhere.errors(other.id)).toContain('no name')
  })

  it('goes with the first of its people who is erased, and the next one is without her', async () => {
    const { json: gone } = await desk.ask('POST', '/contacts', {
      name: 'Erased Person',
      tags: ['leaving'],
      points: [{ kind: 'email', value: 'erased@leaving.example' }],
    })
    await desk.ask('POST', '/contacts', { name: 'Staying Person', tags: ['leaving'] })
    const { row, file } = await taken(desk, 'csv', { tag: 'leaving' })
    expect(file.toString()).toContain('erased@leaving.example')
    expect((await desk.ask('POST', `/contacts/${gone.id}/erasure`, { mode: 'erase' })).status).toBe(202)
    await desk.house.background.settle()
    expect((await fileOf(desk, row.id)).statusCode).toBe(410)
    const next = await taken(desk, 'csv', { tag: 'leaving' })
    expect(next.file.toString()).toContain('Staying Person')
    expect(next.file.toString()).not.toContain('Erased')
  })

  it('leaves out whoever was merged into somebody, and is narrowed as the list is', async () => {
    const add = async (name: string): Promise<Json> => (await desk.ask('POST', '/contacts', { name, tags: ['merging'] })).json
    const [stays, goes] = [await add('One Person'), await add('Same Person')]
    await desk.ask('POST', `/contacts/${stays.id}/merge`, { mergedId: goes.id, version: stays.version, mergedVersion: goes.version })
    const { file } = await taken(desk, 'json', { tag: 'merging' })
    expect(JSON.parse(file.toString()).map(({ externalId }: Json) => externalId)).toEqual([stays.id])
    expect((await desk.ask('POST', '/list-exports', { format: 'csv', narrowing: { field: 'unknown', is: 'x' } })).status).toBe(400)
  })

  it('holds whom a filter leaves, archived ones where it speaks of them', async () => {
    const add = async (name: string, more: object = {}): Promise<Json> =>
      (await desk.ask('POST', '/contacts', { name, tags: ['filtering'], ...more })).json
    const [mailed, put] = [
      await add('Mailed Person', { points: [{ kind: 'email', value: 'mailed@filter.example' }] }),
      await add('Put Away'),
    ]
    await desk.ask('DELETE', `/contacts/${put.id}`)
    const ids = async (filter: object, more: object = {}) => {
      const { file, row } = await taken(desk, 'json', { filter, ...more })
      expect(row.total).toBe(row.done)
      return JSON.parse(file.toString()).map(({ externalId }: Json) => externalId)
    }
    expect(await ids({ all: [{ on: 'has', what: 'email' }] }, { tag: 'filtering' })).toEqual([mailed.id])
    expect(await ids({ all: [{ on: 'tag', tag: 'filtering' }, { on: 'archived' }] })).toEqual([put.id])
    const unknown = { filter: { all: [{ on: 'field', key: 'unknown', is: ['x'] }] } }
    const refused = await desk.ask('POST', '/list-exports', { format: 'csv', narrowing: unknown })
    expect([refused.status, refused.json.type]).toEqual([422, '/api/problems/contacts/filter-not-usable'])
  })
})

describe('what comes in goes out and comes in again as it was', () => {
  it.each(Object.entries(shapes))('a list of %s, by CSV, Excel and vCard', async (name, { content, file, people }) => {
    const tag = `from ${name}`
    const done = await desk.written(content, { tags: [tag] }, file)
    expect(done.counts, JSON.stringify(done.problem)).toMatchObject({ rows: people, created: people, invalid: 0 })
    for (const format of ['csv', 'xlsx', 'vcard3', 'vcard4'] as const) {
      const cards = format === 'vcard3'
      const before = await said(desk, tag, { cards })
      expect(before).toHaveLength(people)
      const { file: written } = await taken(desk, format, { tag })
      // Each format comes into an empty place of its own: a business whose contacts of this shape are renamed aside afterwards.
      const again = await elsewhere.written(written, { matchBy: ['email', 'phone'], rules: { all: 'fill' } }, `again.${endings[format]}`)
      expect(again.counts.invalid, format).toBe(0)
      expect(await said(elsewhere, tag, { cards }), format).toEqual(before)
      await putAside(elsewhere, tag)
    }
  })

  it('own fields too, by CSV and Excel', async () => {
    for (const of of [desk, elsewhere]) {
      const make = (body: object) => of.ask('POST', '/contact-fields', body)
      expect((await make({ label: 'Boat', type: 'text', category: 'preference' })).status).toBe(201)
      expect((await make({ label: 'Birthday', type: 'date', category: 'identifier' })).status).toBe(201)
      expect((await make({ label: 'Notes', type: 'text', category: 'free_text' })).status).toBe(201)
      expect(
        (await make({ label: 'Level', type: 'choice', category: 'preference', choices: [{ label: 'Gold; first', hue: 40 }] })).status,
      ).toBe(201)
    }
    const { json: fields } = await desk.ask('GET', '/contact-fields')
    const level = fields.items.find(({ label }: Json) => label === 'Level')
    const keyOf = (label: string) => fields.items.find((one: Json) => one.label === label).key
    const own = {
      [keyOf('Boat')]: '=Skiff',
      [keyOf('Birthday')]: '1990-02-03',
      [keyOf('Notes')]: 'of her own',
      [level.key]: level.choices[0].key,
    }
    const { status } = await desk.ask('POST', '/contacts', {
      name: 'Own Fields',
      tags: ['own fields'],
      points: [{ kind: 'email', value: 'own@fields.example' }],
      fields: own,
    })
    expect(status).toBe(201)
    for (const format of ['csv', 'xlsx'] as const) {
      const { file } = await taken(desk, format, { tag: 'own fields' })
      await elsewhere.written(file, {}, `own.${format}`)
      const [summary] = (await elsewhere.ask('GET', '/contacts?tag=own%20fields')).json.items
      const { json: again } = await elsewhere.ask('GET', `/contacts/${summary.id}`)
      expect(Object.values(again.fields).sort(), format).toEqual(Object.values(own).sort())
      await putAside(elsewhere, 'own fields')
    }
    const { file } = await taken(desk, 'vcard3', { tag: 'own fields' })
    expect(file.toString()).toContain('BDAY:1990-02-03')
  })
})

/** Takes everybody with a tag out of the way, so that the next list finds nobody it knows. */
async function putAside(of: ListDesk, tag: string): Promise<void> {
  const { items } = (await of.ask('GET', `/contacts?limit=200&tag=${encodeURIComponent(tag)}`)).json
  for (const { id } of items) {
    const { json } = await of.ask('GET', `/contacts/${id}`)
    const suffix = createHash('sha256').update(id).digest('hex').slice(0, 8)
    await of.ask('PATCH', `/contacts/${id}`, { name: `Aside ${suffix}`, points: [], tags: [] }, json.version)
  }
}
