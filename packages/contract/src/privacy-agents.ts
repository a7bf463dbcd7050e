import { z } from 'zod'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line } from './values.ts'

const directoryId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_.-]{1,100}$/, 'Use letters, digits, _ . and -, at most 100.')

/** What is registered of an agent that asks for others by the Data Rights Protocol. */
export const RightsAgentBody = z
  .strictObject({
    /** Its id in the directory. */
    agentId: directoryId.meta({ examples: ['OSIRAA_LOCAL_001'] }),
    /** The id under which it knows this business: messages for another one are refused. */
    businessId: directoryId.meta({ examples: ['HARBOR_DENTAL'] }),
    name: Line(200),
    contactEmail: EmailAddress.nullable(),
    /** The public key of Ed25519 that it signs with: 32 bytes in base64. */
    verifyKey: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9+/]{43}=$/, 'Paste the verify_key of the agent: 44 characters of base64.')
      .meta({ examples: ['11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='] }),
  })
  .meta({ id: 'RightsAgentBody' })
export type RightsAgentBody = z.output<typeof RightsAgentBody>

/** An agent whose signed requests are taken; of a revoked one nothing is. */
export const RightsAgent = z
  .object({
    id: z.uuid(),
    agentId: z.string(),
    businessId: z.string(),
    name: z.string(),
    contactEmail: z.string().nullable(),
    verifyKey: z.string(),
    /** Since when this key counts. */
    since: Instant,
    /** When it got its token last. */
    pairedAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'RightsAgent' })
export type RightsAgent = z.output<typeof RightsAgent>

const ofAgent = z.strictObject({ rightsAgentId: z.uuid() })

export const agentsRoutes = routes({
  'GET /rights-agents': {
    summary: 'Agents that may send signed requests for others, and what they need to know of this business',
    access: 'member',
    answer: z.object({
      items: z.array(RightsAgent),
      /** The `api_base` of the protocol. */
      address: z.string(),
      /** An id to give to agents where no directory gave another one. */
      businessId: z.string(),
      /** The `supported_actions` of the protocol. */
      actions: z.array(z.string()),
    }),
  },
  'POST /rights-agents': {
    summary: 'Register an agent and the key that it signs with',
    access: 'member',
    body: RightsAgentBody,
    status: 201,
    answer: RightsAgent,
    refusals: ['http/conflict'],
  },
  'PUT /rights-agents/{rightsAgentId}': {
    summary: 'Change an agent; with another key it has to pair anew',
    access: 'member',
    params: ofAgent,
    ifMatch: true,
    body: RightsAgentBody,
    answer: RightsAgent,
    refusals: ['http/conflict'],
  },
  'POST /rights-agents/{rightsAgentId}/revocation': {
    summary: 'Take nothing of this agent any more, from now on; what it sent stays in the queue',
    access: 'member',
    params: ofAgent,
    body: z.strictObject({}),
    answer: RightsAgent,
    refusals: ['http/conflict'],
  },
})
