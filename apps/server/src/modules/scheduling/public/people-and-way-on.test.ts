import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { changeService } from '../write-service.ts'
import { testPages } from './testing.ts'

const test = await testDatabase()
const { shop, base, service, details, open, bookOnPage } = await testPages(test)

describe('pages of people', () => {
  it('name nobody whom visitors may not choose', async () => {
    const secret = await shop.newService({ name: 'Secret', choosePerson: false, staffIds: [] })
    const hidden = await shop.newStaff('Hidden Helper', secret.id)
    expect((await open(`${base}/with/hidden-helper`)).status).toBe(404)
    expect((await open(`${base}/with/${hidden}`)).status).toBe(404)
    expect((await open(`${base}/with/nobody`)).status).toBe(404)
  })

  it('lead from the team to a person, to her services, and to her times', async () => {
    expect((await open(`${base}/with`)).location).toBe(`${base}/with/ana-ruiz`)
    const bo = await shop.newStaff('Bo', shop.service.id)
    const team = await open(`${base}/with`)
    expect(team.text).toContain(`href="${base}/with/ana-ruiz"`)
    expect((await open(base)).text).toContain(`href="${base}/with"`)
    const person = await open(`${base}/with/bo`)
    expect(person.text).toContain('Book with Bo')
    expect(person.text).toContain(`href="${service}?with=bo"`)
    expect((await open(`${service}?with=bo`)).location).toBe(`${service}?staff=${bo}`)
    expect((await open(`${service}?with=nobody`)).location).toBe(service)
  })

  it('keep their addresses from services', async () => {
    await expect(
      shop.inside((tx) => changeService(tx, shop.owner, { serviceId: shop.service.id, version: shop.service.version, slug: 'with' })),
    ).rejects.toMatchObject({
      type: 'scheduling/slug-taken',
    })
    expect((await shop.newService({ name: 'With' })).slug).toBe('with-2')
  })
})

describe('the page after booking', () => {
  it('is named beforehand, follows at once, and gets nothing of the customer', async () => {
    const { version } = shop.service
    await shop.inside((tx) =>
      changeService(tx, shop.owner, {
        serviceId: shop.service.id,
        version,
        afterBookingUrl: 'https://www.salt.example/thanks?from=booking',
      }),
    )
    expect((await open(`${details}?start=2027-01-05T14:00:00Z`)).text).toContain('After booking you go on to salt.example.')
    const manage = await bookOnPage('2027-01-05T14:00:00Z')
    const booked = await open(`${manage}?just=booked`)
    expect(booked.text).toContain('content="0; url=https://www.salt.example/thanks?from=booking"')
    expect(booked.headers['referrer-policy']).toBe('no-referrer')
    expect((await open(manage)).text).not.toContain('http-equiv="refresh"')
    const framed = await open(`${manage}?just=booked&frame=1`)
    expect(framed.text).not.toContain('http-equiv="refresh"')
    expect(framed.text).toContain('target="_top"')
  })
})
