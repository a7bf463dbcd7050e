import type { ownershipRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../../platform/http/index.ts'
import {
  cancelOwnershipChange,
  completeOwnershipChange,
  listObjections,
  listOwnershipChanges,
  planOwnershipChange,
  readOwnershipInventory,
  tellOfChange,
} from './change-ownership.ts'
import { ownershipPolicy as policy } from './ownership.policy.ts'

const read = { policy, may: 'ownership.read' } as const
const manage = { policy, may: 'ownership.manage' } as const

/** Changes of ownership. */
export const ownershipHandlers: Handlers<typeof ownershipRoutes> = {
  'GET /ownership-changes': { ...read, run: ({ tx, by, query }) => listOwnershipChanges(tx, by, query) },
  'POST /ownership-changes': { ...manage, run: ({ tx, by, body }) => planOwnershipChange(tx, by, body) },
  'POST /ownership-changes/{changeId}/telling': { ...manage, run: ({ tx, by, params }) => tellOfChange(tx, by, params.changeId) },
  'POST /ownership-changes/{changeId}/cancellation': {
    ...manage,
    run: ({ tx, by, params }) => cancelOwnershipChange(tx, by, params.changeId),
  },
  'GET /ownership-changes/{changeId}/inventory': {
    ...read,
    run: ({ tx, by, params }) => readOwnershipInventory(tx, by, params.changeId),
  },
  'POST /ownership-changes/{changeId}/completion': {
    ...manage,
    run: ({ tx, by, params }) => completeOwnershipChange(tx, by, params.changeId),
  },
  'GET /ownership-changes/{changeId}/objections': {
    ...read,
    run: ({ tx, by, params, query }) => listObjections(tx, by, { ...query, ...params }),
  },
}
