import type { ConsentEntry, ContactId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type ContactFacts, contactFacts, loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { standingEntries } from './consent.rules.ts'
import type { ConsentRow, ConsentWordingRow } from './consent.tables.ts'
import { hashesOfPoint } from './point-hash.ts'
import { asEntry, ledgerOf, stricter } from './standing.ts'

type Shown = z.input<typeof ConsentEntry>

/** What a contact agreed to and took back, newest first, with what stands now. Throws 404. */
export async function listConsents(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<readonly Shown[]> {
  privacyPolicy.require(by, 'consents.read')
  await loadContact(tx, by, contactId) // whether these eyes may see her
  return consentsOf(tx, await contactFacts(tx, contactId))
}

/** The same for whoever has asked already. */
export async function consentsOf(tx: WorkspaceTx, contact: ContactFacts): Promise<readonly Shown[]> {
  const rows = (await ledgerOf(tx, [contact.contactId])).get(contact.contactId) ?? []
  const wordings = await wordingsOf(tx, rows)
  const pointOf = pointFinder(tx, contact)
  const standing = new Set(
    [...Map.groupBy(stricter(rows), (row) => pointOf(row) ?? row.point_hash).entries()]
      .filter(([key]) => key === null || contact.points.some(({ id }) => id === key))
      .flatMap(([, ofPoint]) => standingEntries(ofPoint.map(asEntry), tx.now))
      .map(({ row }) => row.id),
  )
  return rows.map((row) => ({
    id: row.id,
    action: row.action,
    channel: row.channel,
    purpose: row.purpose,
    level: row.level,
    automated: row.automated,
    how: row.how,
    at: row.happened_at.toString(),
    recordedAt: row.created_at.toString(),
    recordedBy: recorder(row.recorded_by),
    expiresAt: row.expires_at?.toString() ?? null,
    place: row.place,
    signedName: row.signed_name,
    wording: row.wording_id === null ? null : presentWording(wordings.get(row.wording_id)),
    hasProof: row.proof_file_id !== null,
    pointId: pointOf(row),
    stands: standing.has(row.id),
  }))
}

/** Finds the address or number on file that an entry is about, under whichever key it was hashed. */
function pointFinder(tx: WorkspaceTx, contact: ContactFacts) {
  const known = new Map(contact.points.flatMap((point) => hashesOfPoint(tx, point).map((hash) => [hash, point.id] as const)))
  return ({ point_hash: hash }: Pick<ConsentRow, 'point_hash'>) => (hash === null ? null : (known.get(hash) ?? null))
}

async function wordingsOf(
  tx: WorkspaceTx,
  rows: readonly Pick<ConsentRow, 'wording_id'>[],
): Promise<ReadonlyMap<string, Selectable<ConsentWordingRow>>> {
  const ids = [...new Set(rows.flatMap(({ wording_id: id }) => id ?? []))]
  if (ids.length === 0) return new Map()
  const found = await tx.db
    .selectFrom('consent_wording')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids)
    .execute()
  return new Map(found.map((row) => [row.id, row]))
}

const presentWording = (row: Selectable<ConsentWordingRow> | undefined) =>
  row ? { key: row.wording, edition: row.edition, locale: row.locale, words: row.words, sha256: row.words_hash } : null

/** `member:019b…` as kind and id. */
function recorder(text: string): { kind: string; id: string | null } {
  const [kind = text, id = null] = text.split(':')
  return { kind, id }
}
