import { z } from 'zod'
import { routes } from './routes.ts'
import { Instant } from './values.ts'

/** The version of the form of a workspace's copy. It only ever gains tables and columns; anything else is a new number. */
export const workspaceDataVersion = 1

/** A copy of everything a workspace holds: on its way, or files that can be downloaded until they expire. */
export const WorkspaceExport = z
  .object({
    id: z.uuid(),
    state: z.enum(['waiting', 'running', 'ready', 'failed']),
    /** From 0 to 100. */
    progress: z.int(),
    requestedAt: Instant,
    finishedAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    /** A ZIP file each. `gone`: deleted since, because somebody in it was erased, or its time was over. */
    parts: z.array(z.object({ number: z.int(), size: z.int(), gone: z.boolean(), downloadedAt: Instant.nullable() })),
  })
  .meta({ id: 'WorkspaceExport' })
export type WorkspaceExport = z.output<typeof WorkspaceExport>

/** Who gets a copy of everything, and what for: the business itself, or a recipient of its register whose entry covers every kind of data that the copy holds. */
export const WorkspaceExportBody = z
  .discriminatedUnion('purpose', [
    z.strictObject({ purpose: z.literal('own_records') }),
    z.strictObject({ purpose: z.enum(['service', 'advice', 'accounting', 'legal_claim']), processorId: z.uuid() }),
  ])
  .meta({ id: 'WorkspaceExportBody' })
export type WorkspaceExportBody = z.output<typeof WorkspaceExportBody>

export const leavingRoutes = routes({
  'GET /workspace-exports': {
    summary: 'Copies of everything the workspace holds, newest first',
    access: 'member',
    answer: z.object({ items: z.array(WorkspaceExport) }),
  },
  'POST /workspace-exports': {
    summary: 'Make a copy of everything the workspace holds, as JSON and CSV with the files',
    description:
      'For owners who proved in the last ten minutes that it is them. One or more ZIP files; `data.json` in the first names every table and column and follows the schema at `/api/schemas/workspace-data.json`. Passwords, keys and other secrets are not in it. It has keys of its own and lives 30 days at most, also while the workspace is being closed. While one is being made, asking again answers that one. Who gets it and what for stands in the account of disclosures.',
    access: 'member',
    body: WorkspaceExportBody,
    status: 202,
    answer: WorkspaceExport,
    refusals: ['accounts/reauthentication-required', 'privacy/recipient-stopped', 'privacy/data-restricted'],
  },
  'POST /workspace-exports/{exportId}/parts/{number}/link': {
    summary: 'A link that downloads a part of the copy, for fifteen minutes',
    access: 'member',
    params: z.strictObject({ exportId: z.uuid(), number: z.coerce.number().int().min(1).max(10_000) }),
    answer: z.object({ path: z.string(), expiresAt: Instant }),
    refusals: ['privacy/export-not-ready', 'accounts/reauthentication-required'],
  },
})
