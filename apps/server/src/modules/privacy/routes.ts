import { privacyRoutes } from '@frontdesk/contract'
import { mount } from '../../platform/http/index.ts'
import { agentHandlers } from './agents/agent-handlers.ts'
import { auditHandlers } from './audit/audit-handlers.ts'
import { consentHandlers } from './consents/consent-handlers.ts'
import { cookieHandlers } from './cookies/cookie-handlers.ts'
import { mountedErasureRoutes } from './erasure/index.ts'
import { gateHandlers } from './gate/gate-handlers.ts'
import { flagHandlers } from './geography/flag-handlers.ts'
import { leavingHandlers } from './leaving/leaving-handlers.ts'
import { numberCheckHandlers } from './number-checks/number-check-handlers.ts'
import { overviewHandlers } from './overview/overview-handlers.ts'
import { policyHandlers } from './policies/policy-handlers.ts'
import { breachHandlers } from './registers/breaches/breach-handlers.ts'
import { disclosureHandlers } from './registers/disclosures/disclosure-handlers.ts'
import { legalHandlers } from './registers/legal/legal-handlers.ts'
import { ownershipHandlers } from './registers/ownership/ownership-handlers.ts'
import { registerHandlers } from './registers/register-handlers.ts'
import { teamHandlers } from './registers/team/team-handlers.ts'
import { requestHandlers } from './requests/request-handlers.ts'
import { retentionHandlers } from './retention/retention-handlers.ts'
import { sensitiveHandlers } from './sensitive/sensitive-handlers.ts'
import { settingsHandlers } from './settings/settings-handlers.ts'
import { registryHandlers } from './suppression/registry-handlers.ts'
import { suppressionHandlers } from './suppression/suppression-handlers.ts'

/** The API of the privacy room. */
export const mountedRoutes = [
  ...mount(privacyRoutes, {
    ...overviewHandlers,
    ...gateHandlers,
    ...suppressionHandlers,
    ...registryHandlers,
    ...numberCheckHandlers,
    ...consentHandlers,
    ...retentionHandlers,
    ...requestHandlers,
    ...agentHandlers,
    ...cookieHandlers,
    ...flagHandlers,
    ...settingsHandlers,
    ...sensitiveHandlers,
    ...auditHandlers,
    ...registerHandlers,
    ...breachHandlers,
    ...disclosureHandlers,
    ...leavingHandlers,
    ...legalHandlers,
    ...teamHandlers,
    ...ownershipHandlers,
    ...policyHandlers,
  }),
  ...mountedErasureRoutes,
]
