import type { Room } from '../../platform/room/index.ts'
import { contactsInventory } from './contacts.tables.ts'
import { makePartitions, partitionSchedule } from './jobs.ts'
import { mountedRoutes } from './routes.ts'
import { timelineInventory } from './timeline.tables.ts'

export { bringBack as bringBackContact } from './archive-contact.ts'
export { type ArrivalGuard, type ArrivalScreen, arrivalGuards, arrivalScreens } from './arrival-guards.ts'
export { type ContactFacts, contactFacts, factsOfMany, type PointFacts, recordBounce } from './contact-facts.ts'
export { normalizePhone } from './contact-point.rules.ts'
export { contactsPolicy, requireVisible, seesOnlyOf } from './contacts.policy.ts'
export { correctReader } from './correct-reader.ts'
export { type CreateContact, createContact } from './create-contact.ts'
export { type EditContact, editContact } from './edit-contact.ts'
export { type Arrival, type ArrivedContact, findOrCreateContact } from './find-or-create-contact.ts'
export { foldText } from './fold-text.ts'
export { homeCountry, homeCountryOf } from './home-country.ts'
export { loadContact } from './load-contact.ts'
export { idOfNobody, nobody } from './nobody.ts'
export { type PageContactIds, pageContactIds } from './page-contact-ids.ts'
export { writePhone } from './phone.rules.ts'
export { recordTimeline, type TimelineWish } from './record-timeline.ts'
export type { SummaryValues } from './timeline.tables.ts'
export { addNote } from './write-note.ts'
export { refreshSearchText } from './write-points.ts'

export const contactsRoom: Room = {
  name: 'contacts',
  migrations: new URL('./migrations', import.meta.url),
  inventory: [...contactsInventory, ...timelineInventory],
  routes: mountedRoutes,
  jobs: [makePartitions],
  schedules: [partitionSchedule],
  subscribers: [],
}
