import path from 'node:path'
import type { ContactId, ReachChannel } from '@frontdesk/contract'
import { beforeAll, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { openFiles } from '../../../platform/files/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { editContact, pageContactIds } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { recordConsent, recordWithdrawal } from '../consents/record-consent.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { providePrivacyPorts } from '../index.ts'
import { liftSuppression, suppress } from '../suppression/suppress.ts'
import { lookAtEverybodyJob, standingSubscribers } from './keep-standing.ts'

providePrivacyPorts()
const test = await testDatabase()
const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
const { settle } = await backgroundOf(test, { jobs: [lookAtEverybodyJob], subscribers: standingSubscribers })
let place: TestWorkspace
beforeAll(async () => {
  consentSurroundings.provide({ database: test.database, files, publicUrl: () => 'https://desk.example' })
  place = await testWorkspace(test, 'Salon Ana', 'DE')
})
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const may = async (channel: ReachChannel): Promise<readonly ContactId[]> =>
  (await inside((tx) => pageContactIds(tx, place.as.owner, { filter: { all: [{ on: 'may', channel }] }, limit: 100 }))).items
const agree = (contactId: ContactId) =>
  inside((tx) => recordConsent(tx, place.as.member, { contactId, how: 'spoken', wording: { key: 'mail_offers', locale: 'en' } }))

it('counts whoever agreed once she was looked at, and nobody who took it back, from that moment', async () => {
  const contactId = await place.newContact('agrees@home.example')
  await settle()
  expect(await may('email')).toEqual([])
  await agree(contactId)
  await settle()
  expect([await may('email'), await may('sms'), await may('call')]).toEqual([[contactId], [], []])
  await inside((tx) => recordWithdrawal(tx, place.as.member, { contactId, channel: 'email', purpose: 'marketing' } as never))
  expect(await may('email')).toEqual([])
  await settle()
  expect(await may('email')).toEqual([])
})

it('forgets an answer with what it hung on: a stop of her address, another address; and looks again', async () => {
  const contactId = await place.newContact('stops@home.example')
  await agree(contactId)
  await settle()
  expect(await may('email')).toEqual([contactId])
  const stop = await inside((tx) =>
    suppress(tx, place.as.owner, { kind: 'email', value: 'stops@home.example', scope: 'marketing', cause: 'page' }),
  )
  expect(await may('email')).toEqual([])
  await settle()
  expect(await may('email')).toEqual([])
  await inside((tx) => liftSuppression(tx, place.as.owner, { suppressionId: stop.id, because: 'mistake', note: 'Wrong person' }))
  await settle()
  expect(await may('email')).toEqual([contactId])
  await inside((tx) =>
    editContact(tx, place.as.owner, { contactId, version: 1, points: [{ kind: 'email', value: 'elsewhere@home.example' }] }),
  )
  expect(await may('email')).toEqual([])
  await settle()
  expect(await may('email')).toEqual([])
})

it('believes no answer longer than a week, and looks at everybody again in the night', async () => {
  const contactId = await place.newContact('waits@home.example')
  await agree(contactId)
  await settle()
  expect(await may('email')).toEqual([contactId])
  test.clock.advance({ hours: 24 * 8 })
  expect(await may('email')).toEqual([])
  await inside((tx) => tx.db.deleteFrom('standing_answer').where('workspace_id', '=', tx.workspaceId).execute())
  await inside((tx) => enqueue(tx, lookAtEverybodyJob, {}))
  await settle()
  expect(await may('email')).toEqual([contactId])
})
