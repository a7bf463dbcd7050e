import { z } from 'zod'
import { SuppressionScope } from './privacy-suppression.ts'
import { routes } from './routes.ts'
import { Instant, PageQuery, PlainDate, pageOf } from './values.ts'

/** A do-not-call register: of a country, of a state, or a list of the business itself. */
export const Registry = z
  .string()
  .regex(/^(us\.national|us\.[A-Z]{2}|ca\.national|own)$/, 'Write us.national, us.FL for a state, ca.national or own.')
  .meta({ id: 'Registry', examples: ['us.national'] })

/** One copy of a register, as a file brought it. Only keyed hashes of its numbers are kept. */
export const RegistrySnapshot = z
  .object({
    id: z.uuid(),
    registry: Registry,
    /** What an own list stops; null for registers of the law. */
    scope: SuppressionScope.nullable(),
    /** The date of the copy. */
    asOf: PlainDate,
    /** It is older than the law lets a copy be, so it counts as not loaded. */
    stale: z.boolean(),
    areaCodes: z.array(z.string()),
    status: z.enum(['loading', 'ready', 'failed', 'replaced']),
    /** Lines of the file so far: where the next part begins. */
    linesSeen: z.int(),
    linesKept: z.int(),
    /** Numbers that were there already. */
    linesKnown: z.int(),
    linesBad: z.int(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'RegistrySnapshot' })
export type RegistrySnapshot = z.output<typeof RegistrySnapshot>

/** Lines of a file that are sent at once, at most. */
export const mostLines = 5000

const params = z.strictObject({ snapshotId: z.uuid() })

export const registriesRoutes = routes({
  'GET /registry-snapshots': {
    summary: 'The do-not-call registers and own lists that were loaded, newest first',
    access: 'member',
    query: PageQuery,
    answer: pageOf(RegistrySnapshot),
  },
  'POST /registry-snapshots': {
    summary: 'Begin to load a do-not-call register or an own list',
    description:
      'The file is sent in parts of up to 5,000 lines and finished then; nothing counts before that. A line holds an area code and a number, one number, or in an own list an address anywhere in a line of CSV.',
    access: 'member',
    body: z
      .strictObject({ registry: Registry, asOf: PlainDate, scope: SuppressionScope.optional() })
      .refine(
        ({ registry, scope }) => (registry === 'own') === (scope !== undefined),
        'An own list says what it stops, a register does not.',
      )
      .meta({ examples: [{ registry: 'us.national', asOf: '2026-11-01' }] }),
    status: 201,
    answer: RegistrySnapshot,
  },
  'POST /registry-snapshots/{snapshotId}/lines': {
    summary: 'Send the next lines of the file',
    description: 'A part that was sent before changes nothing: `from` says where it begins.',
    access: 'member',
    params,
    body: z.strictObject({ from: z.int().min(0), lines: z.array(z.string().max(2000)).min(1).max(mostLines) }),
    answer: RegistrySnapshot,
  },
  'POST /registry-snapshots/{snapshotId}/finish': {
    summary: 'The file is complete: from now on its numbers count',
    access: 'member',
    params,
    answer: RegistrySnapshot,
    refusals: ['privacy/unreadable-list'],
  },
  'DELETE /registry-snapshots/{snapshotId}': {
    summary: 'Remove a copy; a register without a copy counts as not loaded',
    access: 'member',
    params,
    status: 204,
    answer: z.undefined(),
  },
})
