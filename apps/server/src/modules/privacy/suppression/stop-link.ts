import type { ContactPointId, Principal, StopState, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { lift, suppress, suppressionsInForce } from './suppress.ts'

const PURPOSE = 'stop-mail'
/** An opt-out has to work at least 60 days after the mail (CASL s. 11(2)(a)); people look for it much later. */
const LIVES = { hours: 24 * 365 * 3 }

/** The path of the page on which whoever reads this address stops mail to it. Opening it changes nothing. */
export const stopPath = (tx: WorkspaceTx, pointId: ContactPointId): string =>
  `/stop/${tx.keys.signLink({ purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: pointId, expiresAt: tx.now.add(LIVES), allows: [] }, tx.now)}`

/** Where a stop link leads. Throws `privacy/link-invalid`. */
export function readStopToken(
  keys: Keys,
  token: string,
  now: Temporal.Instant,
): { readonly workspaceId: WorkspaceId; readonly pointId: ContactPointId; readonly by: Principal } {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid || check.link.workspaceId === null) throw invalid()
  const workspaceId = check.link.workspaceId as WorkspaceId
  return { workspaceId, pointId: check.link.subjectId as ContactPointId, by: { kind: 'visitor', workspaceId } }
}

/** What the bearer of a stop link is told. */
export async function stopState(tx: WorkspaceTx, pointId: ContactPointId): Promise<z.input<typeof StopState>> {
  const point = await pointOf(tx, pointId)
  const stopped = (await suppressionsInForce(tx, point)).some(({ scope }) => scope !== 'marketing')
  return { businessName: point.businessName, address: masked(point.value), stopped }
}

/** Stops mail to the address of the link. Doing it twice changes nothing. */
export async function stopMail(tx: WorkspaceTx, by: Principal, pointId: ContactPointId): Promise<void> {
  privacyPolicy.require(by, 'suppressions.stop')
  await suppress(tx, by, { ...(await pointOf(tx, pointId)), scope: 'channel', cause: 'link' })
}

/** Takes back what a stop link did, and nothing that was asked for in another way. */
export async function undoStop(tx: WorkspaceTx, by: Principal, pointId: ContactPointId): Promise<void> {
  privacyPolicy.require(by, 'suppressions.stop')
  const stops = (await suppressionsInForce(tx, await pointOf(tx, pointId))).filter(({ cause }) => cause === 'link')
  for (const { id } of stops) await lift(tx, by, { suppressionId: id, because: 'undone' })
}

async function pointOf(tx: WorkspaceTx, pointId: ContactPointId) {
  const point = await tx.db
    .selectFrom('contact_point')
    .select(['kind', 'value_normalized'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', pointId)
    .executeTakeFirst()
  if (!point) throw invalid()
  const { rows } = await sql<{ name: string }>`select name from workspace where id = ${tx.workspaceId}`.execute(tx.db)
  return { kind: point.kind, value: point.value_normalized, businessName: rows[0]?.name ?? '' }
}

/** `a••@home.example`: enough for her to know which of her addresses it is, too little for whom the link was forwarded to. */
export function masked(value: string): string {
  const at = value.lastIndexOf('@')
  return at < 0 ? `${value.slice(0, 3)}••` : `${value.slice(0, 1)}••${value.slice(at)}`
}

const invalid = () =>
  new Refusal('privacy/link-invalid', { detail: 'Open the newest mail from this business and use the link there. Nothing was changed.' })
