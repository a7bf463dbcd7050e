export { type Catalog, readCatalog } from './catalog.ts'
export { csvOf } from './csv.rules.ts'
export { anonymizeContact, type EraseContact, eraseContact, erasureOf, loadErasure, plannedAhead, presentErasure } from './erase-contact.ts'
export { erasedBefore, refuseErased } from './erased-before.ts'
export { erasureInventory } from './erasure.tables.ts'
export { eraseContactJob, resumeErasures, resumeErasuresJob } from './erasure-job.ts'
export { type ExportContact, exportContact } from './export-contact.ts'
export { exportLink, exportPath } from './export-link.ts'
export { importContact } from './import-contact.ts'
export { liftAfterLetterJob, liftAfterTelling, restrictionSubjects } from './lift-after-telling.ts'
export { filePath, makeExportJob } from './make-export.ts'
export { rightsPages } from './pages.ts'
export { gatherPersonData, readSealed } from './person-data.ts'
export { contactColumns, type Inventory } from './plan.rules.ts'
export { previewErasure } from './preview-erasure.ts'
export { reapplyErasures } from './reapply-erasures.ts'
export { type RectifyContact, rectifyContact } from './rectify-contact.ts'
export { keepUnused, liftRestriction, type RestrictContact, restrictContact } from './restrict-contact.ts'
export { requireUnrestricted, restrictionOf, statesOfContacts } from './restriction-of.ts'
export { mountedErasureRoutes } from './routes.ts'
export {
  type EraseHold,
  type ErasureSurroundings,
  eraseHolds,
  erasureSurroundings,
  holdsOn,
  type PlannedWithContact,
  plannedWithContact,
  type StandIn,
  standIns,
} from './surroundings.ts'
export { takeOverJob } from './take-over.ts'
export { openTombstones, type Tombstones } from './tombstones.ts'
export { vacuumTables } from './vacuum-tables.ts'
export { contactAndMerged, opened as openSealed } from './whose-rows.ts'
