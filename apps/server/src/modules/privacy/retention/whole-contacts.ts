import type { ContactId, Principal } from '@frontdesk/contract'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { eraseContact, holdsOn, plannedAhead } from '../erasure/index.ts'
import { countDue, type DueWhen, dueAfter } from './due-rows.ts'
import type { TablePart } from './plan-retention.ts'
import { countInRun } from './purge-batch.ts'
import type { RuleCount } from './retention.tables.ts'

/** People that one night erases at most: each is looked for in every table, and proved. The others follow in the next nights. */
export const MOST_A_NIGHT = 200
const PAGE = 1000

/** How many contacts are due as a whole, and how many more a hold, or something that is planned with them, keeps. */
export async function countWholeContacts(tx: WorkspaceTx, part: TablePart, when: DueWhen): Promise<RuleCount> {
  const counted = await countDue(tx, part, when)
  let kept = 0
  for (let after: string | null = null; ; ) {
    const ids = await dueAfter(tx, part, when, { after, most: PAGE })
    kept += ids.length - (await freeOf(tx, ids)).length
    if (ids.length < PAGE) break
    after = ids.at(-1) ?? null
  }
  return { due: counted.due - kept, held: counted.held + kept }
}

/** Those with whom nothing is planned and whom nothing holds. Almost always all of them, so it asks for all at once and looks closer only where it has to. */
export async function freeOf(tx: WorkspaceTx, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const people = ids as readonly ContactId[]
  if ((await plannedAhead(tx, people)) === 0 && (await holdsOn(tx, people)).length === 0) return ids
  if (ids.length === 1) return []
  const half = Math.ceil(ids.length / 2)
  return [...(await freeOf(tx, ids.slice(0, half))), ...(await freeOf(tx, ids.slice(half)))]
}

type Night = {
  readonly database: Database
  readonly workspaceId: WorkspaceTx['workspaceId']
  readonly by: Principal
  readonly runId: string
}

/**
 * Has contacts erased that nobody has dealt with for so long: anonymized, so that every report keeps its counts, and with a receipt each. One transaction a person, which
 * counts her in the run; goes on where a crash left it. `still` says whether somebody stands behind it, and what is due, at this very moment.
 */
export async function eraseWholeContacts(
  { database, workspaceId, by, runId }: Night,
  part: TablePart,
  still: (tx: WorkspaceTx) => Promise<{ readonly when: DueWhen; readonly begun: number } | 'withdrawn' | 'paused'>,
  signal: AbortSignal,
): Promise<boolean> {
  let after: string | null = null
  for (;;) {
    signal.throwIfAborted()
    const next = await database.inWorkspace(workspaceId, async (tx) => {
      const now = await still(tx)
      if (typeof now === 'string') return now
      const most = Math.min(50, MOST_A_NIGHT - now.begun)
      const ids = most <= 0 ? [] : await dueAfter(tx, part, now.when, { after, most })
      return { ids, free: await freeOf(tx, ids) }
    })
    if (next === 'withdrawn') return false
    if (next === 'paused' || next.ids.length === 0) return true
    for (const id of next.free) {
      signal.throwIfAborted()
      await database.inWorkspace(workspaceId, (tx) => eraseOne(tx, by, id as ContactId, { part, runId, still }))
    }
    after = next.ids.at(-1) ?? null
  }
}

async function eraseOne(
  tx: WorkspaceTx,
  by: Principal,
  contactId: ContactId,
  { part, runId, still }: { readonly part: TablePart; readonly runId: string; readonly still: Parameters<typeof eraseWholeContacts>[2] },
): Promise<void> {
  const now = await still(tx)
  // Somebody may have called her, held her back or taken the confirmation back since the list was read.
  if (typeof now === 'string' || (await countDue(tx, onlyOne(part, contactId), now.when)).due === 0) return
  try {
    await eraseContact(tx, by, {
      contactId,
      mode: 'anonymize',
      ground: 'retention',
      bookingsAhead: 'refuse',
      neverContactAgain: false,
    })
  } catch (error) {
    if (error instanceof Refusal && (error.type === 'privacy/bookings-ahead' || error.type === 'http/not-found')) return
    throw error
  }
  await countInRun(tx, runId, part.rule, new Map([[part.table, 1]]), 0)
}

const onlyOne = (part: TablePart, contactId: ContactId): TablePart => ({ ...part, mayGo: `${part.mayGo} and t.id = '${contactId}'::uuid` })
