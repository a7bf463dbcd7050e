export { auditInventory } from './audit.tables.ts'
export { type AuditAction, type AuditEntry, type AuditResult, actorOf, actorText, audit, auditReading, routeInLog } from './audit.ts'
export { type DeletionsVerdict, keepCertificate, readCertificates, verifyDeletions } from './certificates.ts'
export {
  beginDeletion,
  type Certificate,
  certificateHash,
  countDeleted,
  type DeletionFacts,
  findCertificate,
  finishDeletion,
  restoreCertificate,
  type WrittenCertificate,
} from './deletions.ts'
export { forgetHead } from './heads.ts'
export { sealWorkspace } from './seal.ts'
export { type SealerSettings, startSealer } from './sealer.ts'
export { type AuditFault, type AuditVerdict, verifyAudit } from './verify.ts'
