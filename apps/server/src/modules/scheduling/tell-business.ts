import type { BookingId, MemberId, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { mailMember } from '../../platform/mail/index.ts'
import { wantsNews } from '../accounts/index.ts'
import { bookingFacts } from './booking-facts.ts'
import { composeBusinessMail } from './booking-mail.ts'
import { lockBooking } from './find-booking.ts'
import type { BookingNews } from './jobs.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import { surroundings } from './surroundings.ts'

export type TellBusiness = {
  readonly bookingId: BookingId
  readonly sequence: number
  readonly news: BookingNews
  readonly exceptMemberId: string | null
}

/**
 * Writes to whoever gives the service, or to the owners where that is no member who works here now, and to whoever wants to hear of every booking. Not to the one who made the change, and
 * not to whoever settled that she does not want these mails.
 */
export async function tellBusiness(tx: WorkspaceTx, wish: TellBusiness): Promise<void> {
  const booking = await lockBooking(tx, wish.bookingId)
  if (booking.sequence !== wish.sequence || booking.told_business >= wish.sequence) return
  const facts = await bookingFacts(tx, booking)
  const origin = surroundings.get().publicUrl()
  const mail = composeBusinessMail(
    {
      news: wish.news,
      business: facts.business,
      booking,
      serviceName: facts.service.name,
      discreet: false,
      personName: facts.staff.name,
      contactName: facts.name,
      forName: facts.forName,
      tag: facts.business.locale,
      zone: facts.business.zone,
      previousStart: null,
      changeableUntil: null,
      manageUrl: origin,
      bookAgainUrl: origin,
    },
    `${origin}/w/${facts.business.slug}/calendar?booking=${booking.id}`,
  )
  for (const reader of await readersOf(tx, booking.staff_id)) {
    if (reader.memberId === wish.exceptMemberId) continue
    await mailMember(tx, {
      memberId: reader.memberId,
      news: reader.news,
      aboutContactId: booking.contact_id,
      to: { name: reader.name, address: reader.email },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      automatic: true,
    })
  }
  await tx.db
    .updateTable('booking')
    .set({ told_business: wish.sequence })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', booking.id)
    .execute()
}

type Reader = {
  readonly memberId: MemberId
  readonly name: string
  readonly email: string
  readonly news: 'bookings_mine' | 'bookings_all'
}

async function readersOf(tx: WorkspaceTx, staffId: StaffId): Promise<Reader[]> {
  const members = await tx.db
    .selectFrom('member')
    .select(['member.id as memberId', 'member.name', 'member.email', 'member.role', 'member.news'])
    .where('member.workspace_id', '=', tx.workspaceId)
    .where('member.removed_at', 'is', null)
    .where('member.deactivated_at', 'is', null)
    .orderBy('member.id')
    .execute()
  const staff = await tx.db
    .selectFrom('staff')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', staffId)
    .executeTakeFirst()
  const own = members.filter(({ memberId }) => memberId === staff?.member_id)
  const hers = own.length > 0 ? own : members.filter(({ role }) => role === 'owner')
  const others = members.filter(
    (member) =>
      !hers.includes(member) &&
      wantsNews(member.news, 'bookings_all') &&
      schedulingPolicy.permissions['bookings.read'].includes(member.role),
  )
  return [
    ...hers.map((member) => ({
      ...member,
      news: wantsNews(member.news, 'bookings_all') ? ('bookings_all' as const) : ('bookings_mine' as const),
    })),
    ...others.map((member) => ({ ...member, news: 'bookings_all' as const })),
  ]
}
