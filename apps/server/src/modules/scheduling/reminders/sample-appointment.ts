import type { ReminderLocale, ReminderRuleDraft } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { wallClock } from '../book-appointment.ts'
import type { BookingFacts } from '../booking-facts.ts'
import { businessFacts } from '../business.ts'

/** Who the previews are written to. Nobody of the business's own: what is only tried out tells of nobody. */
const someone = { en: 'Alex', es: 'Álex', fr: 'Camille' } as const

/** An appointment that is made up: tomorrow at ten, of the first service the rule is for, with the first who gives it. Throws `http/conflict` where nothing can be booked yet. */
export async function sampleAppointment(
  tx: WorkspaceTx,
  { serviceIds }: Pick<ReminderRuleDraft, 'serviceIds'>,
  locale: ReminderLocale,
): Promise<BookingFacts> {
  const business = await businessFacts(tx)
  const service = await tx.db
    .selectFrom('service')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', 'is', null)
    .$if(serviceIds !== null, (query) => query.where('id', 'in', serviceIds ?? []))
    .orderBy('position')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const staff = await tx.db
    .selectFrom('staff')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!service || !staff)
    throw new Refusal('http/conflict', {
      detail: 'Add a service and somebody who gives it first; then you see how a reminder of it reads.',
    })
  const tomorrow = tx.now.toZonedDateTimeISO(business.zone).add({ days: 1 }).withPlainTime('10:00').toInstant()
  const end = tomorrow.add({ minutes: service.duration_minutes })
  const id = tx.newId<'booking'>()
  const nobody = tx.newId<'contact'>()
  // The reader's own way to write dates where the business speaks her language.
  const tag = business.locale.startsWith(locale) ? business.locale : locale
  return {
    business,
    service,
    staff,
    name: someone[locale],
    forName: null,
    tag,
    zone: business.zone,
    email: null,
    booking: {
      workspace_id: tx.workspaceId,
      id,
      status: 'confirmed',
      service_id: service.id,
      staff_id: staff.id,
      contact_id: nobody,
      attendee_id: nobody,
      contact_point_id: null,
      booked_as: null,
      starts_at: tomorrow,
      ends_at: end,
      busy_from: tomorrow,
      busy_until: end,
      zone: business.zone,
      wall_start: wallClock(tomorrow, business.zone),
      place_kind: service.place_kind,
      place_detail: service.place_detail,
      price_minor: service.price_minor,
      currency: service.currency,
      note: null,
      source: 'page',
      contact_zone: business.zone,
      contact_locale: tag,
      thread_id: id,
      previous_id: null,
      moved_by: null,
      sequence: 0,
      told_contact: 0,
      told_business: 0,
      quiet: false,
      held_until: null,
      request_state: null,
      answer_by: null,
      cancelled_by: null,
      cancel_reason: null,
      created_at: tx.now,
      updated_at: tx.now,
      version: 1,
    },
  }
}
