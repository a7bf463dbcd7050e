import { PublicBooking } from '@frontdesk/contract'
import { expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { changeWorkspace } from '../accounts/index.ts'
import { presentPublicBooking } from './present-public.ts'
import { testBusiness } from './testing.ts'

const salon = await testBusiness(await testDatabase())

it('shows the business’s address with all its lines, where a service names no other', async () => {
  const address = '18 Wharf Street\nPortland, ME 04101'
  await salon.inside((tx) => changeWorkspace(tx, salon.owner, { address, version: 1 }))
  const booking = await salon.book({ start: '2027-01-06T15:00:00Z' })
  const shown = await salon.inside((tx) => presentPublicBooking(tx, booking, 'https://desk.example.com'))
  expect(PublicBooking.parse(shown).place).toEqual({ kind: 'address', detail: address })
})
