import type { ContactId, DayPart, KitKey, Principal, ServiceId, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { contactFacts, findOrCreateContact, requireVisible } from '../../contacts/index.ts'
import { agreeOnBookingPage, maskFromOutside, noteMasked } from '../../privacy/index.ts'
import type { NewPerson } from '../book-appointment.ts'
import { businessFacts } from '../business.ts'
import { requireOpen, serviceById } from '../find-service.ts'
import { staffOf } from '../hosts.ts'
import { startOfDay } from '../public-days.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { requireVisitorDetails } from '../visitor-details.rules.ts'
import { entryById } from './find-entry.ts'
import { rememberWaitlist } from './remember-waitlist.ts'
import { tellJoined } from './tell-waiting.ts'
import { partBits, weekdayBits } from './waitlist.rules.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'

export type Wishes = {
  /** Only with this person. */
  readonly staffId: StaffId | null
  readonly fromDate: string
  readonly untilDate: string
  readonly weekdays: readonly number[]
  readonly parts: readonly DayPart[]
}

export type JoinWaitlist = Wishes & {
  readonly serviceId: ServiceId
  readonly who: { readonly contactId: ContactId } | NewPerson
  readonly placeDetail: string | null
  readonly source: WaitlistEntryRow['source']
  /** She is not written to that she is on the list. */
  readonly quiet: boolean
  /** What a visitor ticked beside it. */
  readonly agreed?: readonly KitKey[] | undefined
}

/** Nobody plans farther ahead. */
const farthestDays = 366

/**
 * Puts somebody at the end of the waitlist of a service. Who waits for it already stays where she is: a member is told so, and a visitor learns nothing of others who
 * have her address. Throws `scheduling/service-closed`, `scheduling/already-waiting`.
 */
export async function joinWaitlist(tx: WorkspaceTx, by: Principal, asked: JoinWaitlist): Promise<WaitlistEntryRow> {
  const outside = by.kind === 'visitor'
  schedulingPolicy.require(by, outside ? 'page.book' : 'waitlist.manage')
  const typed = outside ? maskFromOutside({ placeDetail: asked.placeDetail }) : { fields: { placeDetail: asked.placeDetail }, found: [] }
  const person = outside ? maskFromOutside(asked.who) : { fields: asked.who, found: [] }
  const wish = { ...asked, ...typed.fields, who: person.fields }
  const service = await serviceById(tx, wish.serviceId)
  requireOpen(service)
  if (outside && !service.waitlist)
    throw new Refusal('scheduling/service-closed', { detail: 'Nobody can wait for this service. Nothing was kept.' })
  if (outside) requireVisitorDetails(service, wish)
  const business = await businessFacts(tx)
  const given = 'contactId' in wish.who ? undefined : wish.who
  const zone = given?.zone ?? business.zone
  requireDays(wish, tx.now.toZonedDateTimeISO(zone).toPlainDate())
  await requirePerson(tx, wish)

  const arrived = 'contactId' in wish.who ? undefined : await findOrCreateContact(tx, by, { ...wish.who, source: arrivedBy(by) })
  const contactId = 'contactId' in wish.who ? wish.who.contactId : (arrived?.contactId as ContactId)
  const contact = await contactFacts(tx, contactId)
  if ('contactId' in wish.who) requireVisible(by, { id: contactId, owner_member_id: contact.ownerMemberId })
  await noteMasked(tx, by, { contactId, source: 'booking', found: [...new Set([...typed.found, ...person.found])] })
  if (outside && given && wish.agreed && arrived) {
    const { emailPointId, phonePointId } = arrived
    await agreeOnBookingPage(tx, by, {
      contactId,
      emailPointId,
      phonePointId,
      keys: wish.agreed,
      locale: given.locale ?? 'en',
      signedName: given.name,
    })
  }
  const waiting = await liveEntry(tx, contact.contactId, wish)
  if (waiting && outside) return waiting
  if (waiting) throw alreadyWaiting(waiting.id)

  const id = tx.newId<'waitlist_entry'>()
  await tx.db
    .insertInto('waitlist_entry')
    .values({
      workspace_id: tx.workspaceId,
      id,
      service_id: service.id,
      contact_id: contact.contactId,
      contact_point_id: arrived?.emailPointId ?? null,
      booked_as: given && given.name !== contact.name ? given.name : null,
      ...wishColumns(wish, given?.zone ?? contact.zone ?? business.zone),
      place_detail: wish.placeDetail,
      contact_zone: given?.zone ?? contact.zone,
      contact_locale: given?.locale ?? contact.locale,
      source: wish.source,
      state: 'waiting',
      position: await endOfList(tx),
      missed: 0,
      ended_at: null,
      created_at: tx.now,
      updated_at: tx.now,
      version: 1,
    })
    .execute()
  const entry = await entryById(tx, id)
  await rememberWaitlist(tx, by, 'waitlist.joined', entry)
  await emit(tx, 'waitlist.joined', { entryId: id, contactId: entry.contact_id })
  if (!wish.quiet) await tellJoined(tx, by, entry)
  return entry
}

/** Wishes as they are kept; her last day ends on her own clock. */
export const wishColumns = (wish: Wishes, zone: string) => ({
  staff_id: wish.staffId,
  from_date: Temporal.PlainDate.from(wish.fromDate),
  until_date: Temporal.PlainDate.from(wish.untilDate),
  weekdays: weekdayBits(wish.weekdays),
  parts: partBits(wish.parts),
  ends_at: startOfDay(Temporal.PlainDate.from(wish.untilDate).add({ days: 1 }), zone),
})

/** Throws `http/invalid-request` for days that are past, out of order or too far away. */
export function requireDays({ fromDate, untilDate }: Pick<Wishes, 'fromDate' | 'untilDate'>, today: Temporal.PlainDate): void {
  const message =
    untilDate < fromDate
      ? 'The last day lies before the first one.'
      : untilDate < today.toString()
        ? 'The last day is over.'
        : today.until(Temporal.PlainDate.from(untilDate)).days > farthestDays
          ? 'Choose days within a year.'
          : undefined
  if (message === undefined) return
  throw new Refusal('http/invalid-request', {
    detail: `body.untilDate: ${message} Nothing was saved.`,
    faults: [{ path: 'body.untilDate', code: 'days', message }],
  })
}

/** Throws `http/invalid-request` for a person who does not give the service. */
export async function requirePerson(tx: WorkspaceTx, { serviceId, staffId }: Pick<JoinWaitlist, 'serviceId' | 'staffId'>): Promise<void> {
  if (staffId === null || (await staffOf(tx, serviceId, staffId)).length > 0) return
  const message = 'This person does not give the service.'
  throw new Refusal('http/invalid-request', {
    detail: `body.staffId: ${message} Nothing was saved.`,
    faults: [{ path: 'body.staffId', code: 'unknown', message }],
  })
}

/** Who waits for the same already. */
export const liveEntry = (
  tx: WorkspaceTx,
  contactId: ContactId,
  { serviceId, staffId }: Pick<JoinWaitlist, 'serviceId' | 'staffId'>,
): Promise<WaitlistEntryRow | undefined> =>
  tx.db
    .selectFrom('waitlist_entry')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('service_id', '=', serviceId)
    .where('staff_id', staffId === null ? 'is' : '=', staffId)
    .where('state', 'in', ['waiting', 'offered'])
    .executeTakeFirst()

/** The refusal for somebody who waits for it already. */
export const alreadyWaiting = (entryId: string): Refusal =>
  new Refusal('scheduling/already-waiting', { detail: 'Change what suits her where she stands. Nothing was added.', entryId })

/** The place after everybody. */
export async function endOfList(tx: WorkspaceTx): Promise<number> {
  const { last } = await tx.db
    .selectFrom('waitlist_entry')
    .select((select) => select.fn.max('position').as('last'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0) + 1
}

const arrivedBy = ({ kind }: Principal) => (kind === 'visitor' ? 'booking' : kind === 'api_key' ? 'api' : 'member')
