import type { registriesRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { beginRegistry, finishRegistry, listRegistries, loadLines, removeRegistry } from './load-registry.ts'

/** Do-not-call registers and own lists. */
export const registryHandlers: Handlers<typeof registriesRoutes> = {
  'GET /registry-snapshots': { policy, may: 'registries.read', run: ({ tx, by, query }) => listRegistries(tx, by, query) },
  'POST /registry-snapshots': { policy, may: 'registries.manage', run: ({ tx, by, body }) => beginRegistry(tx, by, body) },
  'POST /registry-snapshots/{snapshotId}/lines': {
    policy,
    may: 'registries.manage',
    run: ({ tx, by, params, body }) => loadLines(tx, by, { ...params, ...body }),
  },
  'POST /registry-snapshots/{snapshotId}/finish': {
    policy,
    may: 'registries.manage',
    run: ({ tx, by, params }) => finishRegistry(tx, by, params.snapshotId),
  },
  'DELETE /registry-snapshots/{snapshotId}': {
    policy,
    may: 'registries.manage',
    run: async ({ tx, by, params }) => {
      await removeRegistry(tx, by, params.snapshotId)
      return undefined
    },
  },
}
