import type { policiesRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { policyPolicy as policy } from './policy.policy.ts'
import { publishFirst } from './publish-first.ts'
import { publishPolicy } from './publish-policy.ts'
import { listPolicies, listVersions, showDraft } from './read-policies.ts'
import { acknowledgePolicy, listTold, policyNews } from './told-list.ts'
import { writeParagraphs } from './write-paragraphs.ts'

/** The documents, as members see and publish them. */
export const policyHandlers: Handlers<typeof policiesRoutes> = {
  'GET /policies': { policy, may: 'policies.read', run: ({ tx, by }) => listPolicies(tx, by) },
  'GET /policies/{kind}': { policy, may: 'policies.read', run: ({ tx, by, params, query }) => showDraft(tx, by, { ...params, ...query }) },
  'PUT /policies/{kind}/paragraphs': {
    policy,
    may: 'policies.write',
    run: ({ tx, by, params, body, version }) => writeParagraphs(tx, by, { ...params, ...body, version }),
  },
  'POST /policies/first-versions': {
    policy,
    may: 'policies.publish',
    run: async ({ tx, by }) => {
      await publishFirst(tx, by)
      return listPolicies(tx, by)
    },
  },
  'POST /policies/{kind}/versions': {
    policy,
    may: 'policies.publish',
    run: ({ tx, by, params, body }) => publishPolicy(tx, by, { ...params, ...body }),
  },
  'GET /policies/{kind}/versions': {
    policy,
    may: 'policies.read',
    run: ({ tx, by, params, query }) => listVersions(tx, by, { ...params, ...query }),
  },
  'GET /policy-versions/{versionId}/told': {
    policy,
    may: 'policies.read',
    run: ({ tx, by, params, query }) => listTold(tx, by, { ...params, ...query }),
  },
  'GET /policy-news': { policy, may: 'policies.news', run: ({ tx, by }) => policyNews(tx, by) },
  'POST /policy-versions/{versionId}/acknowledgement': {
    policy,
    may: 'policies.news',
    run: async ({ tx, by, params }) => {
      await acknowledgePolicy(tx, by, params.versionId)
      return undefined
    },
  },
}
