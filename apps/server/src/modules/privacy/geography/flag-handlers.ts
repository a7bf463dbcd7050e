import type { flagsRoutes } from '@frontdesk/contract'
import { z } from 'zod'
import { type Handlers, pageFrom, readCursor } from '../../../platform/http/index.ts'
import { loadContact, seesOnlyOf } from '../../contacts/index.ts'
import { askForChild, reportChild } from '../ages/report-child.ts'
import { noteUnderAge } from '../ages/under-age.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { releaseFlag } from './flag-contact.ts'
import { flagsOf, presentFlag } from './flags-of.ts'
import { knowResidence } from './know-residence.ts'

/** Children and people of places that are not served. */
export const flagHandlers: Handlers<typeof flagsRoutes> = {
  'GET /flagged-contacts': {
    policy,
    may: 'flags.read',
    run: async ({ tx, by, query }) => {
      const only = seesOnlyOf(by)
      const cursor = readCursor(query.cursor, [z.uuid()])
      const rows = await tx.db
        .selectFrom('flagged_contact as flag')
        .innerJoin('contact', (join) =>
          join.onRef('contact.workspace_id', '=', 'flag.workspace_id').onRef('contact.id', '=', 'flag.contact_id'),
        )
        .selectAll('flag')
        .select('contact.name')
        .where('flag.workspace_id', '=', tx.workspaceId)
        .$if(only !== null, (of) => of.where('contact.owner_member_id', '=', only))
        .$if(cursor !== undefined, (of) => of.where('flag.id', '<', cursor?.[0] ?? ''))
        .orderBy('flag.id', 'desc')
        .limit(query.limit + 1)
        .execute()
      return pageFrom(rows, query.limit, presentFlag, ({ id }) => [id])
    },
  },
  'POST /flagged-contacts/{flagId}/release': {
    policy,
    may: 'flags.release',
    run: async ({ tx, by, params, body }) => void (await releaseFlag(tx, by, { ...params, ...body })),
  },
  'POST /contacts/{contactId}/child-report': {
    policy,
    may: 'flags.raise',
    run: async ({ tx, by, params }) => void (await reportChild(tx, by, params)),
  },
  'POST /contacts/{contactId}/guardian': {
    policy,
    may: 'flags.raise',
    run: async ({ tx, by, params, body }) => void (await askForChild(tx, by, { ...params, ...body })),
  },
  'GET /contacts/{contactId}/flags': { policy, may: 'flags.read', run: ({ tx, by, params }) => flagsOf(tx, by, params.contactId) },
  'GET /contacts/{contactId}/under-age': {
    policy,
    may: 'gate.read',
    run: async ({ tx, by, params }) => {
      const { id } = await loadContact(tx, by, params.contactId)
      const noted = await tx.db
        .selectFrom('under_age')
        .select('id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('contact_id', '=', id)
        .executeTakeFirst()
      return { underAge: noted !== undefined }
    },
  },
  'PUT /contacts/{contactId}/under-age': {
    policy,
    may: 'flags.raise',
    run: async ({ tx, by, params, body }) => void (await noteUnderAge(tx, by, { ...params, ...body })),
  },
  'POST /contacts/{contactId}/residence': {
    policy,
    may: 'flags.raise',
    run: ({ tx, by, params, body }) => knowResidence(tx, by, { ...params, ...body }),
  },
}
