import type { Principal, Role } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createContact } from '../create-contact.ts'
import { editContact } from '../edit-contact.ts'
import { goBack } from '../history/go-back.ts'
import { listChanges } from '../history/list-changes.ts'
import { loadContact } from '../load-contact.ts'
import { searchContacts } from '../search-contacts.ts'
import { type TestWorkspace, testWorkspace } from '../testing.ts'
import { domainIn } from './domain.rules.ts'
import { listCompanies, listCompanyContacts, loadCompany } from './read-companies.ts'
import { refreshCompany } from './refresh-company.ts'
import { archiveCompany, createCompany, editCompany, findOrCreateCompany, restoreCompany } from './write-company.ts'

const test = await testDatabase()
const { settle } = await backgroundOf(test, { jobs: [refreshCompany] })
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
type Wish = Parameters<typeof createCompany>[2]
const add = (wish: Wish, by: Principal = place.as.owner) => inside((tx) => createCompany(tx, by, wish))
const person = (name: string, company: string, by: Principal = place.as.owner, companyRole?: string) =>
  inside((tx) => createContact(tx, by, { name, company, companyRole, points: [], tags: [] }))
const list = (wish: object = {}, by: Principal = place.as.owner) =>
  inside((tx) => listCompanies(tx, by, { archived: 'no', limit: 50, ...wish }))

describe('a company', () => {
  it.each<[Role, string]>([
    ['billing', 'companies.read'],
    ['representative', 'companies.write'],
    ['read_only', 'companies.write'],
  ])('is refused to the role %s for what needs %s', async (role, permission) => {
    const attempt = permission === 'companies.read' ? list({}, place.as[role]) : add({ name: 'X' }, place.as[role])
    await expect(attempt).rejects.toMatchObject({ type: 'http/not-allowed', facts: { permission } })
  })

  it('is there once: by its name however it is typed, and by its domain', async () => {
    const acme = await add({
      name: 'Acme Café',
      domain: 'https://www.Acme.example/about',
      phone: '(646) 555-0100',
      address: '1 Main St\nNew York',
    })
    expect(acme).toMatchObject({
      domain: 'acme.example',
      phone: { value: '+16465550100', shown: '(646) 555-0100' },
      address: '1 Main St\nNew York',
      contacts: 0,
      version: 1,
    })
    await expect(add({ name: 'ACME cafe' })).rejects.toMatchObject({ type: 'contacts/company-taken', facts: { companyId: acme.id } })
    await expect(add({ name: 'Other', domain: 'sales@acme.example' })).rejects.toMatchObject({
      type: 'contacts/company-taken',
      facts: { companyId: acme.id, name: 'Acme Café' },
    })
    await expect(add({ name: 'Mailer', domain: 'gmail.com' })).rejects.toMatchObject({
      facts: { faults: [{ code: 'company_domain_shared' }] },
    })
    await expect(add({ name: 'Mailer', domain: 'not a domain' })).rejects.toMatchObject({ facts: { faults: [{ code: 'company_domain' }] } })
    await expect(add({ name: 'Mailer', phone: '123456' })).rejects.toMatchObject({ type: 'contacts/not-a-phone-number' })
    const found = (name: string, domain?: string) => inside((tx) => findOrCreateCompany(tx, place.as.owner, { name, domain }))
    expect(await found('Whatever', 'acme.example')).toEqual({ companyId: acme.id, created: false })
    expect(await found('acme CAFÉ')).toEqual({ companyId: acme.id, created: false })
    const made = await found('Of a mailbox', 'gmail.com')
    expect(made.created).toBe(true)
    expect((await inside((tx) => loadCompany(tx, place.as.owner, made.companyId))).domain).toBeNull()
  })

  it('made by twenty at once is one company', async () => {
    const made = await Promise.allSettled(Array.from({ length: 20 }, () => add({ name: 'Rush' })))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await list({ q: 'rush' })).items).toHaveLength(1)
  })

  it('is edited with its version, and its people are found by its new name', async () => {
    const contactId = await person('Bo Smith', 'Old Name')
    const [company] = (await list({ q: 'old name' })).items
    if (!company) throw new Error('The company was not made.')
    const edited = await inside((tx) =>
      editCompany(tx, place.as.owner, { companyId: company.id, version: 1, name: 'Newer Name', domain: 'newer.example' }),
    )
    expect(edited).toMatchObject({ name: 'Newer Name', version: 2, contacts: 1 })
    const late = inside((tx) => editCompany(tx, place.as.owner, { companyId: company.id, version: 1, address: 'x' }))
    await expect(late).rejects.toMatchObject({ type: 'http/version-mismatch', facts: { current: { name: 'Newer Name', version: 2 } } })
    await settle()
    const found = await inside((tx) => searchContacts(tx, place.as.owner, { q: 'newer', limit: 5 }))
    expect(found.map(({ id }) => id)).toEqual([contactId])
  })

  it('has its people by name with what they are there; the history knows it', async () => {
    const zoe = await person('Zoe', 'Team Ltd', place.as.owner, 'Manager')
    await person('Ann', 'team ltd')
    const [company] = (await list({ q: 'team' })).items
    const people = await inside((tx) => listCompanyContacts(tx, place.as.owner, { companyId: company?.id ?? '', limit: 1 }))
    expect(people.items.map(({ contact, role }) => [contact.name, role])).toEqual([['Ann', null]])
    const more = await inside((tx) =>
      listCompanyContacts(tx, place.as.owner, { companyId: company?.id ?? '', limit: 1, cursor: people.next ?? undefined }),
    )
    expect(more.items.map(({ contact, role }) => [contact.name, role])).toEqual([['Zoe', 'Manager']])
    await inside((tx) => editContact(tx, place.as.owner, { contactId: zoe, version: 1, companyRole: null }))
    const [change] = (await inside((tx) => listChanges(tx, place.as.owner, { contactId: zoe, limit: 1 }))).items
    expect(change).toMatchObject({ field: 'companyRole', before: 'Manager', after: null })
    await inside((tx) => goBack(tx, place.as.owner, { contactId: zoe, changeId: change?.id ?? '' }))
    expect((await inside((tx) => loadContact(tx, place.as.owner, zoe))).companyRole).toBe('Manager')
  })

  it('is known to a representative only where one of her own people belongs to it', async () => {
    await person('Somebody', 'Hidden Inc')
    await person('Mine', 'Shared Inc', place.as.representative)
    await person('Not mine', 'Shared Inc')
    const seen = (await list({}, place.as.representative)).items
    expect(seen.map(({ name, contacts }) => [name, contacts])).toEqual([['Shared Inc', 1]])
    const [hidden] = (await list({ q: 'hidden' })).items
    await expect(inside((tx) => loadCompany(tx, place.as.representative, hidden?.id ?? ''))).rejects.toMatchObject({
      type: 'http/not-found',
    })
    const people = await inside((tx) => listCompanyContacts(tx, place.as.representative, { companyId: seen[0]?.id ?? '', limit: 50 }))
    expect(people.items.map(({ contact }) => contact.name)).toEqual(['Mine'])
  })

  it('is put away and comes back, by hand or with the next person who belongs to it', async () => {
    const company = await add({ name: 'Sleepy' })
    await inside((tx) => archiveCompany(tx, place.as.owner, company.id))
    expect((await list({ q: 'sleepy' })).items).toEqual([])
    expect((await list({ q: 'sleepy', archived: 'only' })).items).toHaveLength(1)
    await inside((tx) => restoreCompany(tx, place.as.owner, company.id))
    await inside((tx) => archiveCompany(tx, place.as.owner, company.id))
    await person('Wakes it', 'SLEEPY')
    expect((await list({ q: 'sleepy' })).items).toMatchObject([{ id: company.id, contacts: 1 }])
  })

  it('is listed by name without a gap, and is never another workspace’s', async () => {
    const other = await testWorkspace(test, 'Elsewhere')
    const there = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(other.workspaceId, work)
    const names = ['ábaco', 'Abacus', 'beta', 'Ωmega', 'zulu']
    for (const name of names) await there((tx) => createCompany(tx, other.as.owner, { name }))
    const walked: string[] = []
    let cursor: string | undefined
    do {
      const page = await there((tx) => listCompanies(tx, other.as.owner, { archived: 'no', limit: 2, cursor }))
      walked.push(...page.items.map(({ name }) => name))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(walked).toEqual(['ábaco', 'Abacus', 'beta', 'zulu', 'Ωmega'])
    const [foreign] = (await there((tx) => listCompanies(tx, other.as.owner, { archived: 'no', limit: 1 }))).items
    await expect(inside((tx) => loadCompany(tx, place.as.owner, foreign?.id ?? ''))).rejects.toMatchObject({ type: 'http/not-found' })
  })
})

it.each([
  ['acme.example', 'acme.example'],
  ['HTTPS://www.Acme.co.uk/x?y', 'acme.co.uk'],
  ['ann@mail.acme.example', 'mail.acme.example'],
  ['münchen.example', 'xn--mnchen-3ya.example'],
  ['localhost', undefined],
  ['10.0.0.1', undefined],
  ['two words.example', undefined],
  ['', undefined],
])('reads the domain of %j as %j', (typed, domain) => {
  expect(domainIn(typed)).toBe(domain)
})
