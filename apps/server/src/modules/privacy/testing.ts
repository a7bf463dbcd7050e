/** The walk over the inventory by itself, for whoever examines it: tests put a marker into every place that it leads to. */

/** The ledger itself, past who may write in it: for rooms whose mails hang on a consent. */
export { giveConsent } from './consents/give-consent.ts'
export { withdrawConsent } from './consents/withdraw-consent.ts'
export { type Catalog, type LiveColumn, readCatalog } from './erasure/catalog.ts'
export { gatherPersonData } from './erasure/person-data.ts'
export { type ErasurePlan, type Inventory, planErasure } from './erasure/plan.rules.ts'
export { everyRow } from './erasure/whose-rows.ts'
export { type ConnectionFacts, connections } from './registers/connections.ts'
export { shownBy } from './registers/key-recipients.ts'
