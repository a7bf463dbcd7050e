import type { Principal } from '@frontdesk/contract'
import { formats, translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { mailContact, normalizeAddress } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactFacts, homeCountry, normalizePhone } from '../../contacts/index.ts'
import type { KeyedPoint } from '../consents/point-hash.ts'
import { requestPermit } from '../gate/request-permit.ts'
import { usePermit } from '../gate/use-permit.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { publicStopWords } from './public-stop.words.ts'
import { suppress } from './suppress.ts'

/** What somebody typed on the public page. */
export type PublicStop = { readonly value: string; readonly wantsOrigin: boolean }

/**
 * Stops an address or number for whoever typed it, known here or not: without proof, because a stop that is hard to get is none. Answers whether it could be read as
 * one; of what is known here it says nothing. Where she asks where it came from, the answer goes to the address itself.
 */
export async function stopPublicly(tx: WorkspaceTx, by: Principal, { value, wantsOrigin }: PublicStop): Promise<boolean> {
  privacyPolicy.require(by, 'suppressions.stop')
  const point = await pointOf(tx, value)
  if (!point) return false
  const { id, contact_id: contactId } = await suppress(tx, by, { ...point, scope: 'channel', cause: 'page' })
  if (wantsOrigin && point.kind === 'email' && contactId !== null) await tellOrigin(tx, contactId, id, point)
  return true
}

async function pointOf(tx: WorkspaceTx, typed: string): Promise<KeyedPoint | undefined> {
  const text = typed.trim()
  if (text.length > 254) return undefined
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { kind: 'email', value: normalizeAddress(text) }
  const value = normalizePhone(text, await homeCountry(tx))
  return value === undefined ? undefined : { kind: 'phone', value }
}

/** Writes to the address where we had it from. Once: the receipt of a stop that was there before is not sent again. */
async function tellOrigin(
  tx: WorkspaceTx,
  contactId: NonNullable<Parameters<typeof contactFacts>[1]>,
  suppressionId: string,
  point: KeyedPoint,
): Promise<void> {
  if (await wasTold(tx, suppressionId)) return
  const contact = await contactFacts(tx, contactId)
  const own = contact.points.find(({ kind, value }) => kind === point.kind && value === point.value)
  if (!own) return
  const about = { type: 'suppression', id: suppressionId } as const
  const mailId = tx.newId<'mail'>()
  const answer = await requestPermit(tx, {
    contactId: contact.contactId,
    channel: 'email',
    purpose: 'legal',
    about,
    pointId: own.id,
    sendId: mailId,
  })
  if (!answer.allowed) return // the address does not work, which is kept with the decision
  const business = await workspaceFacts(tx)
  const locale = contact.locale ?? business.locale
  const t = translator(publicStopWords, locale)
  await usePermit(tx, answer.permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
  const date = formats(locale, business.zone).date(own.createdAt.toString())
  await mailContact(tx, answer.permit, {
    id: mailId,
    to: { name: contact.name, address: answer.address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: t('mailSubject'),
    text: [
      t('mailAsked', { business: business.name }),
      t('mailSource', { source: t(`source/${contact.source}`), date }),
      t('mailStopped'),
    ].join('\n\n'),
    automatic: true,
  })
}

async function wasTold(tx: WorkspaceTx, suppressionId: string): Promise<boolean> {
  const told = await tx.db
    .selectFrom('permit')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('about_type', '=', 'suppression')
    .where('about_id', '=', suppressionId)
    .where('used_by', 'is not', null)
    .executeTakeFirst()
  return told !== undefined
}
