import type { teamRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../../platform/http/index.ts'
import { readAuthorizationPolicy } from './authorization-policy.ts'
import { giveInstruction, listInstructions } from './instructions.ts'
import { acceptTerms, readTerms } from './processing-terms.ts'
import { teamPolicy as policy } from './team.policy.ts'
import { acknowledgeTraining, changeTraining, readTraining } from './training.ts'

/** Terms, instructions, training, and who may do what. */
export const teamHandlers: Handlers<typeof teamRoutes> = {
  'GET /processing-terms': { policy, may: 'processing_terms.read', run: ({ tx, by }) => readTerms(tx, by) },
  'POST /processing-terms/acceptance': { policy, may: 'processing_terms.accept', run: ({ tx, by, body }) => acceptTerms(tx, by, body) },
  'GET /processing-instructions': { policy, may: 'processing_terms.read', run: ({ tx, by, query }) => listInstructions(tx, by, query) },
  'POST /processing-instructions': { policy, may: 'processing_terms.accept', run: ({ tx, by, body }) => giveInstruction(tx, by, body) },
  'GET /team-training': { policy, may: 'training.read', run: ({ tx, by }) => readTraining(tx, by) },
  'PUT /team-training': {
    policy,
    may: 'training.manage',
    run: ({ tx, by, body, version }) => changeTraining(tx, by, { ...body, version }),
  },
  'POST /team-training/acknowledgement': {
    policy,
    may: 'training.confirm',
    run: ({ tx, by, body }) => acknowledgeTraining(tx, by, body),
  },
  'GET /authorization-policy': { policy, may: 'authorization_policy.read', run: ({ tx, by }) => readAuthorizationPolicy(tx, by) },
}
