import { type ApiKeyId, PersonData, type Principal } from '@frontdesk/contract'
import { beforeAll, expect, it } from 'vitest'
import { consentSurroundings } from '../../apps/server/src/modules/privacy/index.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { readZip } from '../../apps/server/src/platform/zip/index.ts'
import { type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
let slug: string
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
  consentSurroundings.provide({ database: house.test.database, files: house.around.files, publicUrl: () => 'https://desk.example' })
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

it.each(Object.keys(ways))('data that came by way of “%s” say so, and when, in her copy [A17]', async (way) => {
  house.test.clock.advance({ minutes: 7 })
  const email = `from-${way}@home.example`
  expect(await ways[way]?.(`Somebody by ${way}`, email)).toBeLessThan(300)
  const { rows } = await house.test.asSuperuser('select contact_id from contact_point where value_normalized = $1', [email])
  const came = house.test.clock().toString()
  house.test.clock.advance({ hours: 5 })

  const made = await house.call(place.as.owner, 'POST', `/contacts/${rows[0].contact_id}/exports`, { reason: 'access' })
  await house.background.settle()
  const link = await house.call(place.as.owner, 'POST', `/contact-exports/${made.json.id}/link`)
  const copy = readZip((await house.api.inject({ method: 'GET', url: link.json.path })).rawPayload, { bytes: 1e9, entries: 1e5 })
  const { processing } = PersonData.parse(JSON.parse(String(copy.get('data.json')?.())))
  expect(processing?.sources).toEqual([{ from: way, at: came }])
  expect(String(copy.get('index.html')?.())).toContain('Where it came from')
})
