import { auditRoutes } from './privacy-audit.ts'
import { breachRoutes } from './privacy-breaches.ts'
import { consentRoutes } from './privacy-consents.ts'
import { cookiesRoutes } from './privacy-cookies.ts'
import { disclosureRoutes } from './privacy-disclosures.ts'
import { flagsRoutes } from './privacy-flags.ts'
import { gateRoutes } from './privacy-gate.ts'
import { legalRoutes } from './privacy-legal.ts'
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

export * from './privacy-audit.ts'
export * from './privacy-breaches.ts'
export * from './privacy-channel.ts'
export * from './privacy-consents.ts'
export * from './privacy-cookies.ts'
export * from './privacy-disclosures.ts'
export * from './privacy-flags.ts'
export * from './privacy-gate.ts'
export * from './privacy-legal.ts'
export * from './privacy-ownership.ts'
export * from './privacy-policies.ts'
export * from './privacy-registers.ts'
export * from './privacy-registries.ts'
export * from './privacy-requests.ts'
export * from './privacy-retention.ts'
export * from './privacy-sensitive.ts'
export * from './privacy-settings.ts'
export * from './privacy-suppression.ts'
export * from './privacy-team.ts'

/** The API of the privacy room, gathered from its subjects. */
export const privacyRoutes = {
  ...gateRoutes,
  ...suppressionRoutes,
  ...registriesRoutes,
  ...consentRoutes,
  ...retentionRoutes,
  ...requestsRoutes,
  ...privacySettingsRoutes,
  ...sensitiveRoutes,
  ...auditRoutes,
  ...registersRoutes,
  ...cookiesRoutes,
  ...breachRoutes,
  ...disclosureRoutes,
  ...legalRoutes,
  ...teamRoutes,
  ...ownershipRoutes,
  ...flagsRoutes,
  ...policiesRoutes,
} as const
