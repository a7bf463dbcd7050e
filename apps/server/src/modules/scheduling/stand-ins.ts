import { createHash } from 'node:crypto'
import type { ServiceId, StaffId, WorkspaceId } from '@frontdesk/contract'
import { chooseLocale, defineWords, translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import type { StandIn } from '../privacy/index.ts'

const words = defineWords({ name: 'Anonymous' }, { es: { name: 'Anónimo' }, fr: { name: 'Anonyme' } })

/** The service that stands for any where an appointment was anonymized; in no list, and nobody can book it. */
export const serviceOfNobody = (workspaceId: WorkspaceId): ServiceId => idOf(workspaceId, 'service') as ServiceId
/** The person who stands for any where an appointment was anonymized. */
export const staffOfNobody = (workspaceId: WorkspaceId): StaffId => idOf(workspaceId, 'staff') as StaffId

/** The same id at every call, in the form of an ordered one. */
function idOf(workspaceId: WorkspaceId, what: 'service' | 'staff'): string {
  const hex = createHash('sha256').update(`${what} of nobody of ${workspaceId}`).digest('hex')
  return `${workspaceId.slice(0, 14)}7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}

const nameIn = async (tx: WorkspaceTx): Promise<string> => translator(words, chooseLocale([(await workspaceFacts(tx)).locale]))('name')

/** Stands for what was booked. */
export const serviceStandIn: StandIn = {
  columns: ['booking.service_id'],
  make: async (tx) => {
    const id = serviceOfNobody(tx.workspaceId)
    await tx.db
      .insertInto('service')
      .values({
        workspace_id: tx.workspaceId,
        id,
        name: await nameIn(tx),
        slug: 'anonymous',
        description: '',
        after_booking_url: null,
        duration_minutes: 60,
        price_minor: null,
        currency: null,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: 0,
        horizon_days: 1,
        step_minutes: 60,
        change_notice_minutes: 0,
        place_kind: 'address',
        place_detail: null,
        hue: 0,
        phone: 'hidden',
        choose_person: false,
        discreet: false,
        approval: false,
        answer_minutes: 1440,
        waitlist: false,
        offer_minutes: 60,
        intake_version: 1,
        active: false,
        position: 0,
        archived_at: tx.now,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return id
  },
}

/** Stands for whom it was booked with. */
export const staffStandIn: StandIn = {
  columns: ['booking.staff_id'],
  make: async (tx) => {
    const id = staffOfNobody(tx.workspaceId)
    await tx.db
      .insertInto('staff')
      .values({
        workspace_id: tx.workspaceId,
        id,
        member_id: null,
        name: await nameIn(tx),
        hue: 0,
        active: false,
        archived_at: tx.now,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return id
  },
}
