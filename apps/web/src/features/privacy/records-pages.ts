/** Pages about what the law wants written down. */
export { AuditPage } from './audit/audit-page.tsx'
export { DisclosuresPage } from './registers/disclosures-page.tsx'
export { IncidentPage } from './registers/incident-page.tsx'
export { IncidentsPage } from './registers/incidents-page.tsx'
export { LegalRequestPage } from './registers/legal-request-page.tsx'
export { LegalRequestsPage } from './registers/legal-requests-page.tsx'
export { ProcessingPage } from './registers/processing-page.tsx'
export { RecipientsPage } from './registers/recipients-page.tsx'
