import type { Room } from '../../platform/room/index.ts'
import { mailEnclosures } from '../conversations/index.ts'
import { plannedWithContact, standIns, subjectSources } from '../privacy/index.ts'
import { bookingInventory } from './booking.tables.ts'
import { bookingSubjects } from './booking-subjects.ts'
import { calendarInventory } from './calendars/calendar.tables.ts'
import { endWithMember } from './calendars/end-with-member.ts'
import { followBookings } from './calendars/follow-bookings.ts'
import { readCalendarsSchedule } from './calendars/read-calendar.ts'
import { takeCalendarReply } from './calendars/take-calendar-reply.ts'
import { embedInventory } from './embed/embed.tables.ts'
import { bookingsAhead } from './end-bookings.ts'
import { answersMove } from './intake/answers.ts'
import { intakeInventory } from './intake/intake.tables.ts'
import { schedulingJobs } from './jobs.ts'
import { ownerBecomesStaff } from './owner-becomes-staff.ts'
import { pageHoldInventory } from './page-holds/page-hold.tables.ts'
import { publicPages } from './public/pages.ts'
import { provideReminderPorts, reminderInventory, reminderJobs, reminderSubscribers } from './reminders/index.ts'
import { tellLapsed } from './requests/tell-lapsed.ts'
import { resourceInventory } from './resources/resource.tables.ts'
import { mountedRoutes } from './routes.ts'
import { serviceInventory } from './service.tables.ts'
import { staffInventory } from './staff.tables.ts'
import { serviceStandIn, staffStandIn } from './stand-ins.ts'
import { followTimes } from './waitlist/follow-times.ts'
import { offerWaitlistJob, offerWaitlistSchedule } from './waitlist/offer-job.ts'
import { waitlistInventory } from './waitlist/waitlist.tables.ts'
import { waitlistSubjects } from './waitlist/waitlist-subjects.ts'

export { type BookAppointment, bookAppointment } from './book-appointment.ts'
export { bookingSubjects } from './booking-subjects.ts'
export { businessFacts } from './business.ts'
export { calendarReach, calendarSurroundings } from './calendars/calendar-reach.ts'
export { calendarProviders } from './calendars/providers/provider.ts'
export { cancelBooking } from './cancel-booking.ts'
export { enterPage } from './enter-page.ts'
export { listSlots } from './list-slots.ts'
export { memberBecomesStaff } from './member-becomes-staff.ts'
export { icon } from './public/icons.ts'
export { carriedFields, type Page } from './public/layout.ts'
export { noticing } from './public/noticing.ts'
export { answerRefusals, type PageRequest, pageRequest, requireSlowly, seeOther, sendPage } from './public/page-answers.ts'
export { type Visit, visitOf } from './public/visit.ts'
export { recordOutcome } from './record-outcome.ts'
export { type ReminderChannel, reminderChannels } from './reminders/reminder-channels.ts'
export { rescheduleBooking } from './reschedule-booking.ts'
export { addResource } from './resources/write-resource.ts'
export { schedulingPolicy } from './scheduling.policy.ts'
export { type Surroundings, surroundings } from './surroundings.ts'
export { tellContact } from './tell-contact.ts'
export { closeTime } from './time-off.ts'
export { addService } from './write-service.ts'
export { addStaff } from './write-staff.ts'

/** Fills the ports of rooms to the left that this room answers. */
export function provideSchedulingPorts(): void {
  subjectSources.provide('scheduling', bookingSubjects)
  subjectSources.provide('scheduling.waitlist', waitlistSubjects)
  provideReminderPorts()
  plannedWithContact.provide('scheduling', bookingsAhead)
  mailEnclosures.provide('scheduling', { take: takeCalendarReply })
  standIns.provide('scheduling.service', serviceStandIn)
  standIns.provide('scheduling.staff', staffStandIn)
}

export const schedulingRoom: Room = {
  name: 'scheduling',
  migrations: new URL('./migrations', import.meta.url),
  inventory: [
    ...serviceInventory,
    ...staffInventory,
    ...resourceInventory,
    ...bookingInventory,
    ...calendarInventory,
    ...reminderInventory,
    ...intakeInventory,
    ...waitlistInventory,
    ...embedInventory,
    ...pageHoldInventory,
  ],
  routes: mountedRoutes,
  jobs: [...schedulingJobs, ...reminderJobs, offerWaitlistJob],
  schedules: [readCalendarsSchedule, offerWaitlistSchedule],
  subscribers: [ownerBecomesStaff, ...reminderSubscribers, ...followBookings, ...endWithMember, answersMove, ...followTimes, tellLapsed],
  pages: publicPages,
}
