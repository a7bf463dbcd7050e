import { RequestKind } from '@frontdesk/contract'
import { beforeAll, expect, it } from 'vitest'
import { privacyRoom, providePrivacyPorts, requestPermit, requestSurroundings } from '../../apps/server/src/modules/privacy/index.ts'
import { openRequest } from '../../apps/server/src/modules/privacy/requests/open-request.ts'
import { recordRequest } from '../../apps/server/src/modules/privacy/requests/receive-request.ts'
import { provideSchedulingPorts } from '../../apps/server/src/modules/scheduling/index.ts'
import { type TestBusiness, testBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { prepareJobs } from '../../apps/server/src/platform/jobs/index.ts'
import { mailSettings, sendMailJob } from '../../apps/server/src/platform/mail/index.ts'
import { testErasure } from './desk.ts'

const test = await testDatabase()
const { files } = testErasure(test)
let place: TestBusiness
beforeAll(async () => {
  mailSettings.provide({
    smtpUrl: 'smtp://mail.example:2525',
    from: { name: 'Frontdesk', address: 'desk@example.com' },
    replies: undefined,
  })
  requestSurroundings.provide({
    database: test.database,
    files,
    publicUrl: () => 'https://desk.example',
    callOutside: () => Promise.reject(new Error('Nothing is called here.')),
  })
  place = await testBusiness(test)
  providePrivacyPorts()
  provideSchedulingPorts()
  await prepareJobs(test.urls.owner, [...privacyRoom.jobs, sendMailJob])
})

it('costs nobody anything: whoever used every right books the same service at the same price, and what she booked still reaches her [M21]', async () => {
  const { id: serviceId } = await place.newService({
    name: 'Root canal',
    price: { minor: '45000', currency: 'USD' },
    staffIds: [place.ana],
  })
  const email = 'uses.rights@home.example'
  const who = { name: 'Una Uses', email }
  const before = await place.book({ serviceId, who, start: '2027-01-05T15:00:00Z' })
  const stranger = await place.book({ serviceId, start: '2027-01-05T17:00:00Z' })
  const job = { kind: 'system', workspaceId: place.workspaceId, job: 'test' } as const
  const lasting = RequestKind.options.filter((kind) => kind !== 'erasure' && kind !== 'anonymization')
  for (const kind of lasting) {
    const { id } = await place.inside((tx) =>
      recordRequest(tx, place.owner, { kind, receivedBy: 'phone', contactId: before.contact_id, requesterEmail: email, forWhom: 'self' }),
    )
    await place.inside((tx) => openRequest(tx, job, id))
  }
  const after = await place.book({ serviceId, who, start: '2027-01-06T15:00:00Z' })
  expect(after.contact_id).toBe(before.contact_id)
  for (const one of [before, stranger])
    expect({ price: after.price_minor, currency: after.currency, status: after.status }).toEqual({
      price: one.price_minor,
      currency: one.currency,
      status: one.status,
    })
  const told = await place.inside((tx) =>
    requestPermit(tx, { contactId: after.contact_id, channel: 'email', purpose: 'service', about: { type: 'booking', id: after.id } }),
  )
  expect(told.allowed).toBe(true)
})
