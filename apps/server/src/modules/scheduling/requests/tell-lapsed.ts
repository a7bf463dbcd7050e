import type { BookingId, Principal } from '@frontdesk/contract'
import { subscribe } from '../../../platform/events/index.ts'
import { bookingById } from '../find-booking.ts'
import { tellAboutBooking } from '../jobs.ts'

/** Both hear that a request was not answered in time, whether its job ended it or somebody who took its time. */
export const tellLapsed = subscribe('booking.lapsed', {
  name: 'scheduling.tell-lapsed',
  run: async (context, { payload }) => {
    await context.inWorkspace(async (tx) => {
      const by: Principal = { kind: 'system', workspaceId: tx.workspaceId, job: 'scheduling.tell-lapsed' }
      await tellAboutBooking(tx, by, await bookingById(tx, payload.bookingId as BookingId), 'lapsed')
    })
  },
})
