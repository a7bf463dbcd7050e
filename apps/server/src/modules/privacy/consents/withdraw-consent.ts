import type { Channel } from '@frontdesk/contact-rules'
import type { ContactId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { standingEntries } from './consent.rules.ts'
import type { ConsentHow, ConsentPurpose, ConsentRow } from './consent.tables.ts'
import { told } from './give-consent.ts'
import { hashesOfPoint, hashOfPoint, type KeyedPoint } from './point-hash.ts'
import { asEntry, ledgerOf, stricter } from './standing.ts'

/** What is taken back. Withdrawing is as easy as giving: no reason, no wording, no proof. */
export type WithdrawConsent = {
  readonly contactId: ContactId
  readonly point: KeyedPoint | null
  readonly channel: Channel
  /** All of them unless given. */
  readonly purpose?: ConsentPurpose | undefined
  readonly how: ConsentHow
  /** When she took it back; now unless given. */
  readonly at?: Temporal.Instant | undefined
}

/**
 * Takes consents back, from now on: what was done before stays lawful, and the ledger keeps that it was given. Where nothing stands, nothing is written.
 * The caller has asked the policy.
 */
export async function withdrawConsent(tx: WorkspaceTx, by: Principal, wish: WithdrawConsent): Promise<readonly Selectable<ConsentRow>[]> {
  const hashes = wish.point ? hashesOfPoint(tx, wish.point) : null
  const entries = stricter((await ledgerOf(tx, [wish.contactId])).get(wish.contactId) ?? []).filter(
    ({ point_hash: hash, channel }) => channel === wish.channel && (hashes ? hash !== null && hashes.includes(hash) : hash === null),
  )
  const standing = standingEntries(entries.map(asEntry), tx.now)
  const purposes = new Set(wish.purpose === undefined ? standing.map(({ purpose }) => purpose) : standing.length > 0 ? [wish.purpose] : [])
  const written: Selectable<ConsentRow>[] = []
  for (const purpose of purposes) {
    const row = await tx.db
      .insertInto('consent')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        contact_id: wish.contactId,
        point_hash: wish.point && hashOfPoint(tx, wish.point),
        channel: wish.channel,
        purpose,
        action: 'withdrawn',
        level: null,
        automated: false,
        wording_id: null,
        how: wish.how,
        place: null,
        signed_name: null,
        proof_file_id: null,
        happened_at: wish.at ?? tx.now,
        expires_at: null,
        recorded_by: actorText(by),
        created_at: tx.now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await told(tx, by, wish.contactId, row)
    written.push(row)
  }
  return written
}
