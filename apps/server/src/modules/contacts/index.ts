import type { Room } from '../../platform/room/index.ts'
import { refreshCompany } from './companies/refresh-company.ts'
import { contactsInventory } from './contacts.tables.ts'
import { listExportInventory } from './exports/list-export.tables.ts'
import { makeExportFileJob } from './exports/make-export-file.ts'
import { fieldsInventory } from './fields/field.tables.ts'
import { indexFields } from './fields/index-fields.ts'
import { contactFileInventory } from './files/contact-file.tables.ts'
import { checkImportJob } from './import/check-import.ts'
import { importInventory } from './import/import.tables.ts'
import { lookAtListJob } from './import/look-at-list.ts'
import { runImportJob } from './import/run-import.ts'
import { undoImportJob } from './import/undo-import.ts'
import { makePartitions, partitionSchedule } from './jobs.ts'
import { mergeInventory } from './merge/merge.tables.ts'
import { duplicateSubscribers, searchDuplicatesJob } from './merge/search-duplicates.ts'
import { relationsInventory } from './relations/relation.tables.ts'
import { mountedRoutes } from './routes.ts'
import { bulkChangeJob } from './segments/bulk-change.ts'
import { segmentsInventory } from './segments/segment.tables.ts'
import { handOnTasks } from './tasks/hand-on-tasks.ts'
import { remindOfTask } from './tasks/remind-of-task.ts'
import { taskInventory } from './tasks/task.tables.ts'
import { timelineInventory } from './timeline.tables.ts'

export { bringBack as bringBackContact } from './archive-contact.ts'
export {
  type ArrivalGuard,
  type ArrivalScreen,
  arrivalGuards,
  arrivalScreens,
  numbersAndAddresses,
  screenAfter,
  screenBefore,
} from './arrival-guards.ts'
export { findOrCreateCompany } from './companies/write-company.ts'
export { type ContactFacts, contactFacts, factsOfMany, type PointFacts, recordBounce, recordHeard } from './contact-facts.ts'
export type { PointKind } from './contact-point.rules.ts'
export { contactsPolicy, requireVisible, seesOnlyOf } from './contacts.policy.ts'
export { correctReader } from './correct-reader.ts'
export { type CreateContact, createContact } from './create-contact.ts'
export { type EditContact, editContact } from './edit-contact.ts'
export { exportAccounts, type TakenList } from './exports/export-accounts.ts'
export { createField } from './fields/define-field.ts'
export { type FieldNameScreen, fieldNameScreens } from './fields/field-name-screen.ts'
export { type FieldFacts, keyFrom, readFieldValue } from './fields/field-value.rules.ts'
export { indexContact } from './fields/index-values.ts'
export { fieldsInUse } from './fields/list-fields.ts'
export { addContactFile } from './files/contact-files.ts'
export { type Arrival, type ArrivedContact, findOrCreateContact } from './find-or-create-contact.ts'
export { foldText } from './fold-text.ts'
export { numberOfHandle, splitHandle } from './handle.rules.ts'
export { homeCountry, homeCountryOf } from './home-country.ts'
export { type ImportScreen, importScreens, type Landed, type Listed, type Screened } from './import/import-screen.ts'
export { importSurroundings } from './import/surroundings.ts'
export { unshareLast } from './import/unshare.ts'
export { insertTimelineLines, type TimelineLine } from './import/write-history.ts'
export { loadContact } from './load-contact.ts'
export { findDuplicates } from './merge/find-duplicates.ts'
export { type MergeStep, type MergingPair, mergeSteps } from './merge/merge-steps.ts'
export { idOfNobody, nobody } from './nobody.ts'
export { addNote } from './notes/write-note.ts'
export { type PageContactIds, pageContactIds } from './page-contact-ids.ts'
export { normalizePhone, writePhone } from './phone.rules.ts'
export { recordTimeline, type TimelineWish } from './record-timeline.ts'
export { type Companion, type Companionship, findOrCreateCompanion } from './relations/companion.ts'
export { type ResidenceKeeper, residenceKeeper } from './residence.ts'
export { type ContactSource, type StandingPermission, standingPermission } from './segments/standing-permission.ts'
export { contactSurroundings } from './surroundings.ts'
export { createTask } from './tasks/write-task.ts'
export type { SummaryValues } from './timeline.tables.ts'
export { refreshSearchText } from './write-points.ts'

export const contactsRoom: Room = {
  name: 'contacts',
  migrations: new URL('./migrations', import.meta.url),
  inventory: [
    ...contactsInventory,
    ...fieldsInventory,
    ...mergeInventory,
    ...relationsInventory,
    ...timelineInventory,
    ...importInventory,
    ...listExportInventory,
    ...segmentsInventory,
    ...taskInventory,
    ...contactFileInventory,
  ],
  routes: mountedRoutes,
  jobs: [
    makePartitions,
    indexFields,
    refreshCompany,
    searchDuplicatesJob,
    lookAtListJob,
    checkImportJob,
    runImportJob,
    undoImportJob,
    bulkChangeJob,
    makeExportFileJob,
    remindOfTask,
  ],
  schedules: [partitionSchedule],
  subscribers: [...duplicateSubscribers, handOnTasks],
}
