export { type AuditAction, type AuditEntry, type AuditResult, audit } from './audit.ts'
