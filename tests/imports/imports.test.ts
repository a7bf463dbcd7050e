import { writeWorkbook } from '@frontdesk/interchange'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ListDesk, listDesk } from './house.ts'

let desk: ListDesk
beforeAll(async () => {
  desk = await listDesk()
})

describe('what is no list', () => {
  it.each([
    ['an empty file', '', 'files/refused'],
    ['blanks alone', '  \n \n', null],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), 'contacts/import-unreadable'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1000000000000000000', 'hex'), 'contacts/import-unreadable'],
    ['a page', '<!doctype html><html><body>hello</body></html>', 'contacts/import-unreadable'],
  ])('%s is refused in words', async (_what, content, slug) => {
    const { status, json } = await desk.upload(content as string)
    if (slug === null) {
      await desk.house.background.settle()
      expect(await desk.load(json.id)).toMatchObject({ state: 'failed' })
      return
    }
    expect(status).toBe(422)
    expect(json.type).toContain(slug)
    expect(json.detail).toMatch(/Nothing was (kept|saved)/)
  })

  it('a header alone ends with what is missing', async () => {
    const { json } = await desk.upload('Name,Email\n')
    await desk.house.background.settle()
    expect(await desk.load(json.id)).toMatchObject({ state: 'failed', problem: 'no_rows' })
  })

  it('ten megabytes of quotation marks end in words and in bounded time', async () => {
    const { json } = await desk.upload(`Name,Email\n${'"'.repeat(10_000_001)}`)
    await desk.house.background.settle()
    const seen = await desk.load(json.id)
    expect(['failed', 'draft']).toContain(seen.state)
    await desk.ask('POST', `/imports/${json.id}/cancel`)
  })
})

describe('who may bring a list', () => {
  it.each([['member'], ['representative'], ['read_only'], ['support'], ['auditor'], ['privacy_officer']] as const)(
    'a %s may not',
    async (role) => {
      const { status, json } = await desk.upload('Name\nAnn\n', 'a.csv', desk.place.as[role])
      expect(status).toBe(403)
      expect(json.type).toContain('http/not-allowed')
    },
  )

  it('nobody, before the processing terms were accepted [W4]', async () => {
    const other = await desk.house.business()
    await desk.house.call(other.as.owner, 'GET', '/me')
    const { status, json } = await desk.upload('Name\nAnn\n', 'a.csv', other.as.owner)
    expect(status).toBe(403)
    expect(json.type).toContain('privacy/terms-not-accepted')
  })

  it('a list of another workspace is not there', async () => {
    const other = await desk.house.business()
    const { json } = await desk.upload('Name,Email\nAnn Other,other@there.example\n')
    const { status } = await desk.house.call(other.as.owner, 'GET', `/imports/${json.id}`)
    expect(status).toBe(404)
    await desk.house.background.settle()
    await desk.ask('POST', `/imports/${json.id}/cancel`)
  })
})

describe('a list of people', () => {
  it('is looked at, checked and written', async () => {
    const list = 'Name,Phone,E-mail\nAnn Lee,(212) 555-3001,ann@list.example\nBob Roy,212-555-3002,bob@list.example\n,,\nNobody,,\n'
    const checked = await desk.checked(list)
    expect(checked).toMatchObject({
      state: 'checked',
      rows: 3,
      format: { kind: 'delimited', delimiter: ',', header: true },
      columns: [
        { name: 'Name', target: { use: 'field', field: 'name' } },
        { name: 'Phone', target: { use: 'field', field: 'phone' } },
        { name: 'E-mail', target: { use: 'field', field: 'email' } },
      ],
      forecast: { counts: { rows: 3, created: 3, updated: 0, invalid: 0 }, asked: 3 },
      counts: { rows: 0 },
    })
    expect(await desk.named('Ann Lee')).toBeUndefined()

    await desk.ask('POST', `/imports/${checked.id}/start`, { vouched: true })
    await desk.house.background.settle()
    const done = await desk.load(checked.id)
    expect(done).toMatchObject({ state: 'finished', done: 3, counts: { rows: 3, created: 3 } })
    const ann = await desk.named('Ann Lee')
    expect(ann).toMatchObject({ source: 'import', givenName: 'Ann', familyName: 'Lee' })
    expect(
      ann.points.map(({ kind, value, preferred }: { kind: string; value: string; preferred: boolean }) => [kind, value, preferred]),
    ).toEqual([
      ['email', 'ann@list.example', true],
      ['phone', '+12125553001', true],
    ])
    const found = await desk.ask('GET', '/contacts/search?q=5553001')
    expect(found.json.items.map(({ name }: { name: string }) => name)).toEqual(['Ann Lee'])
    const timeline = await desk.ask('GET', `/contacts/${ann.id}/timeline?limit=10`)
    expect(timeline.json.items).toMatchObject([
      { kind: 'contact.created', actor: { kind: 'member' }, summary: { values: { source: 'import' } } },
    ])
  })

  it('is written on a ground alone, and who vouched for it is on record [F2] [F3]', async () => {
    const begun = await desk.upload('Name,Email\nGround Zero,ground@list.example\n')
    await desk.house.background.settle()
    const refused = await desk.ask('POST', `/imports/${begun.json.id}/check`)
    expect(refused).toMatchObject({ status: 422 })
    expect(refused.json.type).toContain('contacts/ground-missing')
    const draft = await desk.load(begun.json.id)
    await desk.ask('PATCH', `/imports/${draft.id}`, { ground: { kind: 'bought' } }, draft.version)
    await desk.ask('POST', `/imports/${draft.id}/check`)
    await desk.house.background.settle()
    expect((await desk.ask('POST', `/imports/${draft.id}/start`, {})).status).toBe(400)
    await desk.ask('POST', `/imports/${draft.id}/start`, { vouched: true })
    await desk.house.background.settle()
    const { rows } = await desk.house.test.asSuperuser('select vouched_by, vouched_words, ground from import where id = $1', [draft.id])
    expect(rows).toEqual([
      {
        vouched_by: `member:${desk.place.as.owner.memberId}`,
        vouched_words: expect.stringContaining('bought'),
        ground: { kind: 'bought' },
      },
    ])
    const audited = await desk.house.test.asSuperuser(
      "select actor_id from audit_entry where action = 'import.vouched' and object_id = $1",
      [draft.id],
    )
    expect(audited.rows).toEqual([{ actor_id: desk.place.as.owner.memberId }])
  })

  it('joins whom it knows: by address, by number where the name agrees, and leaves a family its number', async () => {
    await desk.written('Name,Phone,Email\nMaria Bloom,212-555-3101,maria@join.example\n')
    const again = await desk.written(
      [
        'Name,Phone,Email',
        'Maria Bloom,212-555-3102,MARIA@join.example',
        'maria bloom,212-555-3101,',
        'Lena Bloom,212-555-3101,lena@join.example',
        'Lena Bloom,212-555-3103,lena@join.example',
      ].join('\n'),
    )
    expect(again.forecast.counts).toMatchObject({ rows: 4, created: 1, updated: 1, duplicate: 2 })
    expect(again.counts).toMatchObject({ rows: 4, created: 1, updated: 1, duplicate: 2 })
    const maria = await desk.named('Maria Bloom')
    const values = (contact: { points: { value: string; shared: boolean }[] }) =>
      contact.points.map(({ value, shared }) => `${value}${shared ? ' shared' : ''}`).toSorted()
    expect(values(maria)).toEqual(['+12125553101 shared', '+12125553102', 'maria@join.example'])
    expect(values(await desk.named('Lena Bloom'))).toEqual(['+12125553101 shared', '+12125553103', 'lena@join.example'])
  })

  it.each([
    ['keep', 'Baker', 'Old Bakery'],
    ['fill', 'Baker', 'Old Bakery'],
    ['overwrite', 'Cook', 'New Kitchen'],
  ] as const)('by the rule %s', async (rule, role, company) => {
    const email = `${rule}@rules.example`
    await desk.written(`Name,Email,Job Title,Company\nRule ${rule},${email},Baker,Old Bakery\n`)
    await desk.written(`Name,Email,Job Title,Company\nRule ${rule},${email},Cook,New Kitchen\n`, { rules: { all: rule } })
    expect(await desk.named(`Rule ${rule}`)).toMatchObject({ companyRole: role, company: { name: company } })
  })

  it('keeps what one broken row cannot spoil, and tells why in a file of the same kind', async () => {
    const list =
      'Name;Phone;Email\n"Nora ""N"" Quist";212-555-3201;nora@broken.example\n"Open;x;y\nOtto Good;not a number;otto@broken.example\n;;\n"";"";""\nErr;;no address\n'
    const done = await desk.written(list, {}, 'broken.csv')
    expect(done.state).toBe('finished')
    expect(done.hasErrors).toBe(true)
    const file = await desk.errors(done.id)
    expect(file.split('\n')[0]).toContain('Reason;Name;Phone;Email')
    expect(file).toContain('not a number')
    const nora = await desk.named('Nora "N" Quist')
    expect(nora.points).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ value: '+12125553201' }),
        expect.objectContaining({ value: 'nora@broken.example' }),
      ]),
    )
  })

  it('makes own fields on the way and fills them, several choices too', async () => {
    const begun = await desk.upload(
      'Name,Email,Member since,Spent,Plan,Likes,Seat\nFay Own,fay@own.example,2024-03-05,"$1,234.50",Gold,"tea, cake",12\nGus Own,gus@own.example,2023-01-02,$9.00,Silver,tea,7\n',
    )
    await desk.house.background.settle()
    const draft = await desk.load(begun.json.id)
    const field = (column: number, label: string, type: string, more: object = {}) => ({
      column,
      label,
      type,
      category: 'preference',
      ...more,
    })
    const choices = (...labels: string[]) => ({ choices: labels.map((label, hue) => ({ label, hue })) })
    const settled = await desk.ask(
      'PATCH',
      `/imports/${draft.id}`,
      {
        ground: { kind: 'unknown' },
        newFields: [
          field(2, 'Member since', 'date'),
          field(3, 'Spent', 'money', { currency: 'USD', filter: true }),
          field(4, 'Plan', 'choice', { ...choices('Gold', 'Silver'), filter: true }),
          field(5, 'Likes', 'choices', { ...choices('Tea', 'Cake'), filter: true }),
          field(6, 'Seat', 'number'),
        ],
      },
      draft.version,
    )
    expect(settled.status).toBe(200)
    await desk.ask('POST', `/imports/${draft.id}/check`)
    await desk.house.background.settle()
    await desk.ask('POST', `/imports/${draft.id}/start`, { vouched: true })
    await desk.house.background.settle()
    expect((await desk.named('Fay Own')).fields).toEqual({
      member_since: '2024-03-05',
      spent: { minor: '123450', currency: 'USD' },
      plan: 'gold',
      likes: ['tea', 'cake'],
      seat: 12,
    })
    const gold = await desk.ask('GET', '/contacts?field=plan&is=gold')
    expect(gold.json.items.map(({ name }: { name: string }) => name)).toEqual(['Fay Own'])
    // The next list of the same kind is mapped already.
    const next = await desk.upload('Email,Name,Member since,Spent,Plan,Likes,Seat\nhal@own.example,Hal Own,2024-03-05,$1.00,Gold,tea,1\n')
    await desk.house.background.settle()
    const known = await desk.load(next.json.id)
    expect(known.remembered).toBe(true)
    expect(known.columns.find(({ name }: { name: string }) => name === 'Plan').target).toEqual({ use: 'own', key: 'plan' })
    await desk.ask('POST', `/imports/${known.id}/cancel`)
  })

  it('pasted cells, two columns of one name, a card file and a workbook come in as well', async () => {
    const pasted = await desk.ask('POST', '/imports/paste', { text: 'Name\tEmail\tEmail\nPia Paste\tpia@one.example\tpia@two.example\n' })
    expect(pasted.status).toBe(201)
    await desk.house.background.settle()
    const draft = await desk.load(pasted.json.id)
    expect(draft.columns.map(({ name }: { name: string }) => name)).toEqual(['Name', 'Email', 'Email'])
    await desk.ask('PATCH', `/imports/${draft.id}`, { ground: { kind: 'unknown' } }, draft.version)
    await desk.ask('POST', `/imports/${draft.id}/check`)
    await desk.house.background.settle()
    await desk.ask('POST', `/imports/${draft.id}/start`, { vouched: true })
    await desk.house.background.settle()
    expect((await desk.named('Pia Paste')).points.map(({ value }: { value: string }) => value).toSorted()).toEqual([
      'pia@one.example',
      'pia@two.example',
    ])

    await desk.written(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Vera Card\r\nEMAIL;TYPE=work:vera@card.example\r\nTEL:+12125553301\r\nEND:VCARD\r\n',
      {},
      'cards.vcf',
    )
    expect((await desk.named('Vera Card')).points).toHaveLength(2)

    const sheet = writeWorkbook({ header: ['Name', 'E-mail'], rows: [['Xena Sheet', 'xena@sheet.example']], sheet: 'Guests' })
    const book = await desk.written(Buffer.concat(await Array.fromAsync(sheet)), {}, 'guests.xlsx')
    expect(book).toMatchObject({ state: 'finished', format: { kind: 'workbook', sheet: 'Guests' } })
    expect((await desk.named('Xena Sheet')).points).toHaveLength(1)
  })

  it('shows what would become of the first rows, and stores nothing of it', async () => {
    const checked = await desk.checked('Name,Email\nSam Ple,sam@sample.example\n,\nX,nope\n')
    const { json } = await desk.ask('GET', `/imports/${checked.id}/sample`)
    expect(json.items).toMatchObject([
      { outcome: 'created', name: 'Sam Ple', points: ['sam@sample.example'] },
      { outcome: 'created', name: 'X', reasons: [expect.stringContaining('nope')] },
    ])
    const cells = await desk.ask('GET', `/imports/${checked.id}/cells`)
    expect(cells.json.columns).toEqual([
      ['Sam Ple', 'X'],
      ['sam@sample.example', 'nope'],
    ])
    await desk.ask('POST', `/imports/${checked.id}/cancel`)
  })
})

describe('the steps of an import', () => {
  it('are refused out of turn, in words', async () => {
    const checked = await desk.checked('Name,Email\nTurn One,turn@steps.example\n')
    const at = `/imports/${checked.id}`
    for (const step of ['pause', 'resume', 'undo'])
      expect((await desk.ask('POST', `${at}/${step}`)).json.type, step).toContain('contacts/import-not-ready')
    expect((await desk.ask('PATCH', at, { tags: ['x'] }, 1)).status).toBe(412)
    await desk.ask('POST', `${at}/cancel`)
    expect((await desk.ask('POST', `${at}/start`, { vouched: true })).json.type).toContain('contacts/import-not-ready')
  })

  it('pause and continue behind the last row', async () => {
    const list = `Name,Email\n${Array.from({ length: 2500 }, (_, n) => `Pause ${n},pause${n}@steps.example`).join('\n')}\n`
    const { id } = await desk.checked(list)
    await desk.ask('POST', `/imports/${id}/start`, { vouched: true })
    await desk.ask('POST', `/imports/${id}/pause`)
    await desk.house.background.settle()
    expect(await desk.load(id)).toMatchObject({ state: 'paused', counts: { rows: 0 } })
    await desk.ask('POST', `/imports/${id}/resume`)
    await desk.house.background.settle()
    expect(await desk.load(id)).toMatchObject({ state: 'finished', done: 2500, counts: { rows: 2500, created: 2500 } })
  })

  it('takes no more than a few lists at once', async () => {
    const open: string[] = []
    let last = 201
    while (last === 201 && open.length < 10) {
      const { status, json } = await desk.upload('Name\nMany\n')
      last = status
      if (status === 201) open.push(json.id)
      else expect(json.type).toContain('contacts/too-many-imports')
    }
    expect(last).toBe(409)
    for (const id of open) await desk.ask('POST', `/imports/${id}/cancel`)
    await desk.house.background.settle()
  })
})
