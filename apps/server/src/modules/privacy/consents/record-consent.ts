import type { Channel } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId, FileId, KitKey, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { recordFile } from '../../../platform/files/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { type ContactFacts, contactFacts, loadContact } from '../../contacts/index.ts'
import { pointKindOf } from '../gate/gather-facts.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { ConsentPurpose } from './consent.tables.ts'
import { sellerOf } from './consent-kit.ts'
import { type GiveConsent, giveConsent } from './give-consent.ts'
import { fillWording, kitWording } from './kit.ts'
import { consentSurroundings } from './surroundings.ts'
import { withdrawConsent } from './withdraw-consent.ts'

/** A consent as a member heard it or holds it in her hand. */
export type RecordConsent = {
  readonly contactId: ContactId
  readonly how: 'spoken' | 'paper'
  readonly wording: { readonly key: KitKey; readonly locale: string }
  readonly pointId?: ContactPointId | undefined
  readonly at?: string | undefined
  readonly expiresAt?: string | undefined
  readonly place?: string | undefined
  readonly signedName?: string | undefined
  readonly proof?: { readonly name: string; readonly content: string } | undefined
}

const LARGEST_PROOF_BYTES = 5_000_000
/** Photos, scans and clips; nothing that runs. */
const proofTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/avif',
  'image/tiff',
  'application/pdf',
  'audio/*',
  'video/mp4',
]

/** Records a consent with what proves it. Throws 404, `privacy/proof-missing`, `privacy/no-point`, `files/refused`. */
export async function recordConsent(tx: WorkspaceTx, by: Principal, wish: RecordConsent) {
  privacyPolicy.require(by, 'consents.record')
  await loadContact(tx, by, wish.contactId) // whether these eyes may see her
  const contact = await contactFacts(tx, wish.contactId)
  if (wish.how === 'paper' && !wish.proof) {
    throw new Refusal('privacy/proof-missing', { detail: 'Add a photo or a scan of the signed paper. Nothing was saved.' })
  }
  const form = await formOf(tx, wish)
  return giveConsent(tx, by, {
    ...form,
    contactId: contact.contactId,
    point: consentPoint(contact, form.channel, wish.pointId),
    how: wish.how,
    place: wish.place,
    signedName: wish.signedName,
    proofFileId: wish.proof ? await keepProof(tx, contact.contactId, wish.proof) : null,
    at: wish.at === undefined ? undefined : Temporal.Instant.from(wish.at),
    expiresAt: wish.expiresAt === undefined ? null : Temporal.Instant.from(wish.expiresAt),
  })
}

/** Takes back what she agreed to on a channel, because she told a member. Throws 404. */
export async function recordWithdrawal(
  tx: WorkspaceTx,
  by: Principal,
  wish: {
    readonly contactId: ContactId
    readonly channel: Channel
    readonly purpose?: ConsentPurpose | undefined
    readonly pointId?: ContactPointId | undefined
  },
): Promise<void> {
  privacyPolicy.require(by, 'consents.withdraw')
  await loadContact(tx, by, wish.contactId)
  const contact = await contactFacts(tx, wish.contactId)
  const kind = pointKindOf(wish.channel)
  const points = kind === null ? [null] : contact.points.filter((point) => point.kind === kind && (wish.pointId ?? point.id) === point.id)
  for (const point of points)
    await withdrawConsent(tx, by, { contactId: contact.contactId, point, channel: wish.channel, purpose: wish.purpose, how: 'told' })
}

/** Channel, purpose, level and words of the kit as they are now. What was spoken is an oral consent whatever the words say. */
async function formOf(
  tx: WorkspaceTx,
  { how, wording }: RecordConsent,
): Promise<Pick<GiveConsent, 'channel' | 'purpose' | 'level' | 'automated' | 'wording'>> {
  const { channel, purpose, level, automated } = kitWording(wording.key)
  const filled = fillWording(
    wording.key,
    how === 'spoken' ? 'spoken' : 'written',
    await sellerOf(tx, await workspaceFacts(tx)),
    wording.locale,
  )
  return { channel, purpose, level: how === 'spoken' ? 'pec_oral' : level, automated, wording: filled }
}

/** The address or number a consent is for. Throws `privacy/no-point`. */
export function consentPoint(contact: ContactFacts, channel: Channel, pointId: ContactPointId | undefined) {
  const kind = pointKindOf(channel)
  if (kind === null) return null
  const found = contact.points.find((point) => point.kind === kind && (pointId ?? point.id) === point.id)
  if (found) return found
  throw new Refusal('privacy/no-point', {
    detail: `Add ${kind === 'email' ? 'her mail address' : 'her phone number'} first: a consent is for one address or number. Nothing was saved.`,
  })
}

/** Stores the file under a key of its own; it goes when she is erased. */
async function keepProof(
  tx: WorkspaceTx,
  contactId: ContactId,
  proof: { readonly name: string; readonly content: string },
): Promise<FileId> {
  const stored = await consentSurroundings.get().files.put(Buffer.from(proof.content, 'base64'), {
    workspaceId: tx.workspaceId,
    subjects: [{ contactId }],
    purpose: 'attachment',
    name: proof.name,
    maxBytes: LARGEST_PROOF_BYTES,
    accept: proofTypes,
    now: tx.now,
  })
  await recordFile(tx, stored)
  return stored.id
}
