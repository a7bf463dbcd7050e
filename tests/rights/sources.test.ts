import { type ApiKeyId, PersonData, type Principal } from '@frontdesk/contract'
import { beforeAll, expect, it } from 'vitest'
import {
  changePrivacySettings,
  consentSurroundings,
  policySurroundings,
  registerSurroundings,
} from '../../apps/server/src/modules/privacy/index.ts'
import { publishPolicy } from '../../apps/server/src/modules/privacy/policies/publish-policy.ts'
import { draftOf } from '../../apps/server/src/modules/privacy/policies/read-policies.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { readZip } from '../../apps/server/src/platform/zip/index.ts'
import { type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
let slug: string
type Notice = { readonly version: number; readonly publishedAt: string }
let newest: Notice

/** Changes something that the privacy notice says, and publishes the next one. */
async function publishAnother(version: number): Promise<void> {
  await place.inside((tx) =>
    changePrivacySettings(tx, place.owner, { changes: { 'signals.dnt': version % 2 === 0 ? 'ignore' : 'honor' }, version }),
  )
  const published = await place.inside(async (tx) =>
    publishPolicy(tx, place.owner, { kind: 'privacy', weight: 'minor', seal: (await draftOf(tx, 'privacy')).seal }),
  )
  newest = { version: published.version, publishedAt: published.publishedAt }
}

beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
  consentSurroundings.provide({ database: house.test.database, files: house.around.files, publicUrl: () => 'https://desk.example' })
  registerSurroundings.provide({
    configured: [],
    publicUrl: () => 'https://desk.example',
    inventory: house.around.inventory,
    policies: [],
    neverForKeys: new Set(),
  })
  policySurroundings.provide({
    database: house.test.database,
    publicUrl: () => 'https://desk.example',
    inventory: house.around.inventory,
  })
  await publishAnother(1)
  slug = (await house.test.asSuperuser('select slug from workspace where id = $1', [place.workspaceId])).rows[0].slug
}, 120_000)

const point = (email: string) => [{ kind: 'email', value: email }]

/** The ways on which somebody's data come in, each as it is really gone. */
const ways: Readonly<Record<string, (name: string, email: string) => Promise<number>>> = {
  member: async (name, email) => (await house.call(place.as.owner, 'POST', '/contacts', { name, points: point(email) })).status,
  api: async (name, email) => {
    const keyId = '01a1bb43-8ad4-701f-ac13-9679075ea36b' as ApiKeyId
    const program: Principal = {
      kind: 'api_key',
      workspaceId: place.workspaceId,
      keyId,
      scopes: ['contacts.write', 'contacts.read'],
      test: false,
    }
    return (await house.call(program, 'POST', '/contacts', { name, points: point(email) })).status
  },
  booking: async (name, email) => {
    const page = `/api/v1/pages/${slug}/${place.service.slug}`
    const { days } = (await house.api.inject({ url: `${page}/days?days=7` })).json()
    const start = days.flatMap(({ slots }: { slots: { start: string }[] }) => slots)[0].start
    const answer = await house.api.inject({ method: 'POST', url: `${page}/bookings`, payload: { start, name, email } })
    return answer.statusCode
  },
  form: async (name, email) => {
    const { counterUrl } = (await house.call(place.as.owner, 'GET', '/consent-kit')).json
    const answer = await house.api.inject({
      method: 'POST',
      url: new URL(counterUrl).pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      payload: new URLSearchParams({ name, email, agree_mail_offers: 'on' }).toString(),
    })
    return answer.statusCode
  },
}

it.each(Object.keys(ways))('data that came by way of “%s” say so, when, and under which notice, in her copy [A17] [N6]', async (way) => {
  house.test.clock.advance({ minutes: 7 })
  const email = `from-${way}@home.example`
  expect(await ways[way]?.(`Somebody by ${way}`, email)).toBeLessThan(300)
  const { rows } = await house.test.asSuperuser('select contact_id from contact_point where value_normalized = $1', [email])
  const came = house.test.clock().toString()
  house.test.clock.advance({ hours: 5 })
  // The next notice changes nothing about what came before it.
  const stood = newest
  await publishAnother(stood.version + 1)

  const made = await house.call(place.as.owner, 'POST', `/contacts/${rows[0].contact_id}/exports`, { reason: 'access' })
  await house.background.settle()
  const link = await house.call(place.as.owner, 'POST', `/contact-exports/${made.json.id}/link`)
  const copy = readZip((await house.api.inject({ method: 'GET', url: link.json.path })).rawPayload, { bytes: 1e9, entries: 1e5 })
  const { processing } = PersonData.parse(JSON.parse(String(copy.get('data.json')?.())))
  expect(processing?.sources).toEqual([{ from: way, at: came, notice: stood }])
  const page = String(copy.get('index.html')?.())
  expect(page).toContain('Where it came from')
  expect(page).toContain(`The privacy notice then was version ${stood.version} of`)
})
