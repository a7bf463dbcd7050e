export { type AuditAction, type AuditEntry, type AuditResult, actorOf, audit } from './audit.ts'
