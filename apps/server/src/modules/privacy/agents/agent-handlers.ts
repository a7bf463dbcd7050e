import type { agentsRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { requestsPolicy as policy } from '../requests/request.policy.ts'
import { addAgent, changeAgent, listAgents, revokeAgent } from './agents.ts'

const manage = { policy, may: 'privacy_office.manage' } as const

/** Agents whose signed requests are taken. */
export const agentHandlers: Handlers<typeof agentsRoutes> = {
  'GET /rights-agents': { policy, may: 'requests.read', run: ({ tx, by }) => listAgents(tx, by) },
  'POST /rights-agents': { ...manage, run: ({ tx, by, body }) => addAgent(tx, by, body) },
  'PUT /rights-agents/{rightsAgentId}': {
    ...manage,
    run: ({ tx, by, params, body, version }) => changeAgent(tx, by, { ...body, ...params, version }),
  },
  'POST /rights-agents/{rightsAgentId}/revocation': { ...manage, run: ({ tx, by, params }) => revokeAgent(tx, by, params.rightsAgentId) },
}
