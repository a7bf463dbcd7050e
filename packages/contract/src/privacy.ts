import { agentsRoutes } from './privacy-agents.ts'
import { auditRoutes } from './privacy-audit.ts'
import { breachRoutes } from './privacy-breaches.ts'
import { consentRoutes } from './privacy-consents.ts'
import { cookiesRoutes } from './privacy-cookies.ts'
import { disclosureRoutes } from './privacy-disclosures.ts'
import { flagsRoutes } from './privacy-flags.ts'
import { gateRoutes } from './privacy-gate.ts'
import { leavingRoutes } from './privacy-leaving.ts'
import { legalRoutes } from './privacy-legal.ts'
import { numberCheckRoutes } from './privacy-number-checks.ts'
import { overviewRoutes } from './privacy-overview.ts'
import { ownershipRoutes } from './privacy-ownership.ts'
import { policiesRoutes } from './privacy-policies.ts'
import { registersRoutes } from './privacy-registers.ts'
import { registriesRoutes } from './privacy-registries.ts'
import { requestsRoutes } from './privacy-requests.ts'
import { retentionRoutes } from './privacy-retention.ts'
import { sensitiveRoutes } from './privacy-sensitive.ts'
import { privacySettingsRoutes } from './privacy-settings.ts'
import { suppressionRoutes } from './privacy-suppression.ts'
import { teamRoutes } from './privacy-team.ts'

export * from './privacy-agents.ts'
export * from './privacy-audit.ts'
export * from './privacy-breaches.ts'
export * from './privacy-channel.ts'
export * from './privacy-consents.ts'
export * from './privacy-cookies.ts'
export * from './privacy-disclosures.ts'
export * from './privacy-flags.ts'
export * from './privacy-gate.ts'
export * from './privacy-known-facts.ts'
export * from './privacy-leaving.ts'
export * from './privacy-legal.ts'
export * from './privacy-number-checks.ts'
export * from './privacy-office.ts'
export * from './privacy-overview.ts'
export * from './privacy-ownership.ts'
export * from './privacy-policies.ts'
export * from './privacy-registers.ts'
export * from './privacy-registries.ts'
export * from './privacy-request-case.ts'
export * from './privacy-request-terms.ts'
export * from './privacy-requests.ts'
export * from './privacy-retention.ts'
export * from './privacy-sensitive.ts'
export * from './privacy-settings.ts'
export * from './privacy-suppression.ts'
export * from './privacy-team.ts'

/** The API of the privacy room, gathered from its subjects. */
export const privacyRoutes = {
  ...overviewRoutes,
  ...gateRoutes,
  ...suppressionRoutes,
  ...registriesRoutes,
  ...numberCheckRoutes,
  ...consentRoutes,
  ...retentionRoutes,
  ...requestsRoutes,
  ...agentsRoutes,
  ...privacySettingsRoutes,
  ...sensitiveRoutes,
  ...auditRoutes,
  ...registersRoutes,
  ...cookiesRoutes,
  ...breachRoutes,
  ...disclosureRoutes,
  ...leavingRoutes,
  ...legalRoutes,
  ...teamRoutes,
  ...ownershipRoutes,
  ...flagsRoutes,
  ...policiesRoutes,
} as const
