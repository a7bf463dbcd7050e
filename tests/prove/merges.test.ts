import type { ContactId } from '@frontdesk/contract'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { differences, wholeWorkspace } from '../merge/whole-workspace.ts'
import { type Json, type TestHouse, testHouse } from '../rights/scenario.ts'
import { sized } from '../setup/sizes.ts'

const runs = sized(15, 400)

let house: TestHouse
let place: TestBusiness
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
  for (const field of [
    { label: 'Level', type: 'text', category: 'preference', filter: true },
    {
      label: 'Tastes',
      type: 'choices',
      category: 'preference',
      filter: true,
      choices: ['Tea', 'Milk', 'Mint'].map((label) => ({ label, hue: 5 })),
    },
  ])
    await ok(house.call(place.as.owner, 'POST', '/contact-fields', field))
})

const ok = async (asked: Promise<{ status: number; json: Json }>): Promise<Json> => {
  const { status, json } = await asked
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(json)}`)
  return json
}
const call = (method: 'GET' | 'POST' | 'PATCH', url: string, body?: object, headers?: Record<string, string>) =>
  ok(house.call(place.as.owner, method, url, body, headers))

const word = fc.constantFrom('Ann', 'Bob', 'Cy', 'Dora Eve')
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
/** Somebody: some of the numbers may be the other one’s too. */
const person = fc.record({
  name: word,
  givenName: maybe(word),
  company: maybe(fc.constantFrom('Acme', 'Umbra')),
  companyRole: maybe(word),
  locale: maybe(fc.constantFrom('en-US', 'es-ES')),
  zone: maybe(fc.constantFrom('Europe/Paris', 'Asia/Tokyo')),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'new', 'late')),
  phones: fc.uniqueArray(fc.constantFrom(1, 2, 3), { maxLength: 3 }),
  emails: fc.nat({ max: 2 }),
  level: maybe(fc.constantFrom('a', 'b')),
  tastes: fc.uniqueArray(fc.constantFrom('tea', 'milk', 'mint')),
  notes: fc.nat({ max: 2 }),
  off: maybe(fc.subarray(['email', 'sms', 'call'])),
  restricted: fc.boolean(),
})
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never

/** What somebody does to the merged card before it is taken apart. */
const edit = fc.oneof(
  fc.record({
    what: fc.constant('set' as const),
    field: fc.constantFrom('name', 'companyRole', 'zone', 'level'),
    value: fc.constantFrom('Europe/Rome', 'America/Lima'),
  }),
  fc.record({ what: fc.constant('note' as const) }),
)

let round = 0
async function add(side: string, facts: Person): Promise<ContactId> {
  const points = [
    ...facts.phones.map((digit) => ({ kind: 'phone', value: `+121255${String(50000 + round * 10 + digit)}`, shared: true })),
    ...Array.from({ length: facts.emails }, (_, at) => ({ kind: 'email', value: `${side}${round}.${at}@x.example` })),
  ]
  const { name, givenName, company, companyRole, locale, zone, tags, level, tastes } = facts
  const { id } = await call('POST', '/contacts', {
    name,
    givenName,
    company,
    companyRole,
    locale,
    zone,
    tags,
    points,
    fields: { level: level ?? null, tastes },
  })
  for (let at = 0; at < facts.notes; at++) await call('POST', `/contacts/${id}/notes`, { body: `${side} ${at}` })
  if (facts.off)
    await house.test.asSuperuser(
      `insert into preference (workspace_id, id, version, contact_id, channels_off, hours, languages, created_at, updated_at) values ($1, gen_random_uuid(), 1, $2, $3, '[]', '["en"]', now(), now())`,
      [place.workspaceId, id, JSON.stringify(facts.off)],
    )
  if (facts.restricted)
    await house.test.asSuperuser(
      `insert into restriction (workspace_id, id, contact_id, ground, asked_by, since) values ($1, gen_random_uuid(), $2, 'unlawful', 'x', '2026-01-01')`,
      [place.workspaceId, id],
    )
  return id
}

const shown = async (id: string) => call('GET', `/contacts/${id}`)

it('after a merge and its undo everything is as before, but for what people did since, which stays where they did it', async () => {
  await fc.assert(
    fc.asyncProperty(
      person,
      person,
      fc.infiniteStream(fc.nat({ max: 2 })),
      fc.array(edit, { maxLength: 3 }),
      async (one, other, picks, edits) => {
        round += 1
        // More is asked here in a minute than one person may.
        house.test.clock.advance({ minutes: 1 })
        const [survivor, merged] = [await add('a', one), await add('b', other)]
        await house.background.settle()
        const before = await wholeWorkspace(house.test, place.workspaceId)
        const cards = [await shown(survivor), await shown(merged)]

        const preview = await call('GET', `/contacts/${survivor}/merge/${merged}`)
        const take = Object.fromEntries(
          preview.fields.map(({ field, choices }: Json) => [field, choices[(picks.next().value ?? 0) % choices.length]]),
        )
        if (take.name === undefined) delete take.name
        const done = await call('POST', `/contacts/${survivor}/merge`, {
          mergedId: merged,
          version: cards[0].version,
          mergedVersion: cards[1].version,
          take,
        })
        // The card shows what was chosen, and every address and tag of both.
        const whole = await shown(survivor)
        for (const { field, survivor: own, merged: others } of preview.fields) {
          if (field.startsWith('own.') || field === 'company') continue
          expect(whole[field]).toEqual(take[field] === 'merged' ? others : own)
        }
        const values = (card: Json) => card.points.map(({ value }: Json) => value)
        expect(new Set(values(whole))).toEqual(new Set([...values(cards[0]), ...values(cards[1])]))
        expect(new Set(whole.tags)).toEqual(new Set([...cards[0].tags, ...cards[1].tags]))
        expect(whole.points.filter(({ preferred }: Json) => preferred)).toHaveLength(
          new Set(whole.points.map(({ kind }: Json) => kind)).size,
        )

        const edited: Record<string, string> = {}
        let notes = 0
        for (const each of edits) {
          if (each.what === 'note') {
            notes += 1
            await call('POST', `/contacts/${survivor}/notes`, { body: 'since' })
            continue
          }
          const now = await shown(survivor)
          const { field, value } = each
          edited[field] = value
          await call('PATCH', `/contacts/${survivor}`, field === 'level' ? { fields: { level: value } } : { [field]: value }, {
            'if-match': `"${now.version}"`,
          })
        }
        await house.background.settle()
        const undone = await call('POST', `/merges/${done.merge.id}/undo`, { give: [] })
        await house.background.settle()

        const after = await wholeWorkspace(house.test, place.workspaceId)
        const differing = differences(before, after).map(({ key }) => key)
        const allowed = new Set([`contact ${survivor}`, `contact_field_index ${survivor}`])
        if (Object.keys(edited).length === 0) expect(differing.filter((key) => !key.startsWith('note '))).toEqual([])
        expect(differing.filter((key) => key.startsWith('note '))).toHaveLength(notes)
        expect(differing.filter((key) => !key.startsWith('note ') && !allowed.has(key))).toEqual([])
        const now = await shown(survivor)
        for (const field of ['name', 'companyRole', 'zone', 'givenName', 'locale'])
          expect([field, now[field]]).toEqual([field, edited[field] ?? cards[0][field]])
        expect(now.fields.level).toBe(edited.level ?? cards[0].fields.level)
        expect(now.points).toEqual(cards[0].points)
        expect({ ...(await shown(merged)), version: 0, updatedAt: '', lastActivityAt: '' }).toEqual({
          ...cards[1],
          version: 0,
          updatedAt: '',
          lastActivityAt: '',
        })
        for (const field of undone.stayed) expect(Object.keys(edited)).toContain(field.replace('own.', ''))
      },
    ),
    { numRuns: runs },
  )
})
