import path from 'node:path'
import { api, type Role, roles } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { auditSurroundings, policySurroundings } from '../../apps/server/src/modules/privacy/index.ts'
import { testRegisters } from '../../apps/server/src/modules/privacy/registers/testing.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { permissionOf } from '../../apps/server/src/platform/http/index.ts'
import { describeHouse } from '../../apps/server/src/rooms.ts'
import { type Json, liveHere, markedPerson, type TestHouse, testHouse } from './scenario.ts'

const WORD = 'Wqrolexmatric'
type Known = { readonly place: string; readonly marker: string }
/** Somebody's life at a business, and what can be recognised of it by place: a column of the inventory, or words of a kind of their own. */
type Scene = { readonly place: TestBusiness; readonly contactId: string; readonly known: readonly Known[] }
let house: TestHouse
const seen = new Map<Role, Map<string, Set<string>>>(roles.map((role) => [role, new Map()]))
/** Which routes gave something to which role, where all of it was true. */
const answered = new Set<string>()
const unanswered = new Set<string>()

/** Tell of the server and of those who work here; they need more of the house than stands in this test, and show no contact. */
const ofServer = new Set(['GET /status', 'GET /access-rules'])
const permissions = new Map(describeHouse().routes.map(({ name, handler }) => [name, permissionOf(handler)]))
const reads = Object.entries(api).filter(
  ([name, route]) => route.access === 'member' && name.startsWith('GET ') && !('download' in route) && !ofServer.has(name),
)

beforeAll(async () => {
  house = await testHouse()
  const { database, folder } = house.test
  auditSurroundings.provide({ database, headsFolder: path.join(folder, 'heads') })
  policySurroundings.provide({ database, publicUrl: () => 'https://desk.example', inventory: tableInventories })
  testRegisters()
  // A true life, which every route can read, and one with a marker in every column, which some cannot: a made-up time zone is none.
  const [real, filled] = [await house.business(), await house.business()]
  const live = await liveHere(house, real, WORD)
  const marked = await markedPerson(house, filled, WORD)
  const scenes: readonly Scene[] = [
    { place: real, contactId: live.contactId, known: inWords },
    // Markers that are her bare word tell no place from another.
    {
      place: filled,
      contactId: marked.contactId,
      known: [...marked.marked.filter(({ marker }) => marker.length > WORD.length), ...inWords],
    },
  ]
  for (const scene of scenes) for (const role of roles) await readEverything(role, scene, scene.place === real)
}, 300_000)

const inWords: readonly Known[] = [
  { place: 'sensitive_value.value', marker: `${WORD} 77` },
  { place: 'sensitive_reveal.reason', marker: `The claim of ${WORD}` },
  { place: 'message.text', marker: `Dear ${WORD}, see you soon` },
  { place: 'message.text', marker: `It is ${WORD} again` },
  { place: 'form_submission.answers', marker: `${WORD} asks by form` },
  { place: 'lead.title', marker: `The wish of ${WORD}` },
  { place: 'note.body', marker: `Her sister ${WORD} called` },
  { place: 'contact_file.name', marker: `Plan of ${WORD}.txt` },
  { place: 'task.text', marker: `Send ${WORD} the plan` },
  { place: 'contact_relation.words', marker: `as ${WORD} says, sister of` },
  { place: 'booking.note', marker: `Please, no ${WORD}` },
  { place: 'company.name', marker: `${WORD} Ltd` },
  { place: 'tag.name', marker: `${WORD} tag` },
  { place: 'legal_hold.why', marker: `Letter of ${WORD}` },
  { place: 'known_fact.checked_with', marker: `The list of ${WORD}` },
]

/** Asks every GET route as one role, for every row a route can be asked for, and notes what of her stood in which answers. */
async function readEverything(role: Role, scene: Scene, isTrue: boolean): Promise<void> {
  const found = seen.get(role) ?? new Map<string, Set<string>>()
  // A minute on, so that nobody is refused for asking often.
  house.test.clock.advance({ minutes: 1 })
  for (const [name, route] of reads)
    for (const url of await addressesOf(scene, name.slice(4), Object.keys((route as Json).query?.shape ?? {}))) {
      const { status, json } = await house.call(scene.place.as[role], 'GET', url)
      // Neither says anything about the role: the question was wrong, or came too often.
      if (status === 400 || status === 429) unanswered.add(`${url} ${status} ${JSON.stringify(json)}`)
      if (isTrue && status === 200) answered.add(`${role} ${name}`)
      const text = JSON.stringify(json ?? '')
      const note = (where: string) => found.set(where, (found.get(where) ?? new Set()).add(name))
      for (const { place: where, marker } of scene.known) if (text.includes(JSON.stringify(marker).slice(1, -1))) note(where)
      if (text.toLowerCase().includes(WORD.toLowerCase())) note('anything')
    }
}

const rowsNamed: Readonly<Record<string, string>> = {
  change: 'ownership_change',
  version: 'policy_version',
  export: 'contact_export',
  import: 'contact_import',
  merged: 'contact',
  merge: 'contact_merge',
  question: 'lead_question',
  submission: 'form_submission',
  endpoint: 'webhook_endpoint',
  delivery: 'webhook_delivery',
  listExport: 'list_export',
  entry: 'waitlist_entry',
}

/** A route with its parameters filled in: rows that exist, and a query that leads to her where there is one. */
async function addressesOf({ place, contactId }: Scene, template: string, query: readonly string[]): Promise<readonly string[]> {
  let paths = [template]
  for (const [, field = ''] of template.matchAll(/\{(\w+)\}/g)) {
    const values = field === 'contactId' ? [contactId] : await valuesOf(place, field)
    paths = paths.flatMap((one) => values.map((value) => one.replace(`{${field}}`, encodeURIComponent(value))))
  }
  const day = { hours: 24 }
  const given: Readonly<Record<string, string>> = {
    q: WORD,
    contactId,
    channel: 'email',
    purpose: template === '/may-contact' ? 'marketing' : 'service',
    mode: 'erase',
    side: 'processor',
    table: 'contact',
    endpointId: (await valuesOf(place, 'endpointId'))[0] ?? '',
    limit: '50',
    filter: '{"all":[]}',
    ...(template === '/contacts/groups' ? { by: 'company' } : {}),
    ...(/bookings|slots|time-off/.test(template)
      ? {
          from: house.test.clock().toString(),
          to: house.test
            .clock()
            .add({ hours: 24 * 20 })
            .toString(),
        }
      : {}),
    ...(template.endsWith('/why') ? { start: house.test.clock().add(day).toString() } : {}),
  }
  const search = new URLSearchParams(query.flatMap((key) => (key in given ? [[key, given[key] ?? '']] : []))).toString()
  const lists = query.includes('list') ? ['open', 'mine', 'overdue', 'complaints', 'done'] : ['']
  return paths.flatMap((one) => lists.map((list) => `${one}?${search}${list === '' ? '' : `&list=${list}`}`))
}

async function valuesOf(place: TestBusiness, field: string): Promise<readonly string[]> {
  if (field === 'kind') return ['privacy']
  if (field === 'slug') return ['somewhere']
  const noun = field.replace(/Id$/, '').replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`)
  const { rows } = await house.test.asSuperuser(
    `select id from ${rowsNamed[noun] ?? noun} where workspace_id = $1 order by id desc limit 4`,
    [place.workspaceId],
  )
  return rows.length > 0 ? rows.map(({ id }) => id) : [crypto.randomUUID()]
}

const may = (role: Role, name: string): boolean => {
  const permission = permissions.get(name)
  return permission?.policy.permissions[permission.may]?.includes(role) ?? false
}
const placesSeenBy = (role: Role, table: string): readonly string[] =>
  [...(seen.get(role) ?? [])]
    .filter(([where]) => where.startsWith(`${table}.`))
    .flatMap(([where, routes]) => [...routes].map((route) => `${where} at ${route}`))

describe('what each role reads of one person, over every GET there is', () => {
  it('is a lot for an owner: what is looked for can be found, where it is kept', () => {
    for (const table of ['message', 'note', 'lead', 'booking', 'contact', 'mail', 'sensitive_reveal', 'legal_hold'])
      expect(placesSeenBy('owner', table), table).not.toEqual([])
    expect(reads.length).toBeGreaterThan(80)
    expect([...unanswered]).toEqual([])
    for (const name of everyday) expect(answered, name).toContain(`owner ${name}`)
  })

  it('is nothing at all for billing: no message, no note, no name [L3]', () => {
    expect([...(seen.get('billing') ?? [])].map(([where, routes]) => `${where} at ${[...routes]}`)).toEqual([])
  })

  it.each(roles)(
    'holds no protected number in full for %s, and for support, auditors, readers and billing not a part of one [L3]',
    (role) => {
      expect(placesSeenBy(role, 'sensitive_value')).toEqual([])
      if (!['support', 'auditor', 'read_only', 'billing'].includes(role)) return
      expect(may(role, 'GET /contacts/{contactId}/sensitive-values')).toBe(false)
    },
  )

  it('is nothing for a representative who does not look after her [L3]', () => {
    expect([...(seen.get('representative') ?? [])].map(([where, routes]) => `${where} at ${[...routes]}`)).toEqual([])
  })

  it.each(roles)('is for %s what the rules of its field allow, field by field [L3]', (role) => {
    const wrong: string[] = []
    for (const [where, routes] of seen.get(role) ?? []) {
      if (where === 'anything') continue
      const table = where.split('.')[0] ?? ''
      const needed = governs[where] ?? governs[table]
      if (needed === undefined) wrong.push(`${where} has no rule here (seen at ${[...routes]})`)
      else if (!needed.some((permission) => [...permissions.values()].some((one) => one && holds(role, one, permission))))
        wrong.push(`${where} at ${[...routes]}: needs ${needed}`)
    }
    expect(wrong).toEqual([])
  })
})

/** Where most of somebody stands; each of these gave its true answer. */
const everyday = ['GET /contacts']

type Permission = NonNullable<ReturnType<typeof permissionOf>>
const holds = (role: Role, { policy }: Permission, permission: string): boolean => policy.permissions[permission]?.includes(role) ?? false

/** Which permission opens what: a table, or one field of it that is kept closer. */
const governs: Readonly<Record<string, readonly string[]>> = {
  attachment: ['conversations.read'],
  booking: ['bookings.read'],
  breach_person: ['breaches.read'],
  company: ['companies.read'],
  consent: ['consents.read'],
  contact: ['contacts.read'],
  contact_change: ['contacts.read'],
  contact_field_choice: ['contacts.read'],
  contact_file: ['contacts.read'],
  contact_field_index: ['contacts.read'],
  contact_point: ['contacts.read'],
  contact_relation: ['contacts.read'],
  conversation: ['conversations.read'],
  data_use_answer: ['rights.read'],
  disclosure: ['disclosures.read'],
  file: ['conversations.read', 'requests.read'],
  flagged_contact: ['flags.read'],
  form_submission: ['submissions.read'],
  intake_answer: ['bookings.read'],
  known_fact: ['gate.read'],
  lead: ['leads.read'],
  legal_hold: ['legal_holds.read'],
  mail: ['outbox.read', 'conversations.read'],
  message: ['conversations.read'],
  note: ['contacts.read'],
  ownership_notice: ['ownership.read'],
  permit: ['gate.read'],
  qualification_answer: ['leads.read'],
  recipient_notice: ['disclosures.read'],
  request: ['requests.read'],
  request_note: ['requests.read'],
  request_reviewer: ['requests.read'],
  request_step: ['requests.read'],
  request_work: ['requests.read'],
  restriction: ['rights.read'],
  sensitive_reveal: ['sensitive_reveals.read'],
  suppression: ['suppressions.read'],
  tag: ['contacts.read'],
  task: ['tasks.read'],
  timeline_event: ['contacts.read'],
  waitlist_entry: ['waitlist.read'],
  waitlist_offer: ['waitlist.read'],
}
