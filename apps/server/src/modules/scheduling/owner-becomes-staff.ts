import type { MemberId } from '@frontdesk/contract'
import { subscribe } from '../../platform/events/index.ts'
import { memberBecomesStaff } from './member-becomes-staff.ts'

/** Whoever opens a business can be booked from the start; further owners are added by hand. */
export const ownerBecomesStaff = subscribe('member.joined', {
  name: 'scheduling.owner-becomes-staff',
  run: async (context, event) => {
    if (event.payload.role !== 'owner') return
    await context.inWorkspace((tx) => memberBecomesStaff(tx, event.payload.memberId as MemberId, { onlyAsFirst: true }))
  },
})
