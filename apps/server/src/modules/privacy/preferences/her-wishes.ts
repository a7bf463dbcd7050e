import type { Cap, Channel, WallWindow } from '@frontdesk/contact-rules'
import type { ContactId, KitKey, Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { type WorkspaceFacts, workspaceFacts } from '../../accounts/index.ts'
import { type ContactFacts, contactFacts, correctReader, recordTimeline } from '../../contacts/index.ts'
import { sellerOf } from '../consents/consent-kit.ts'
import { giveConsent } from '../consents/give-consent.ts'
import { fillWording, type KitWording, kitWording, kitWordings, type Seller } from '../consents/kit.ts'
import { standingsOf } from '../consents/standing.ts'
import { withdrawConsent } from '../consents/withdraw-consent.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { recordOptOut, stopsOfContact } from '../suppression/opt-out.ts'
import { lift } from '../suppression/suppress.ts'
import './preference.tables.ts'

/** The channels a contact chooses among, and the kind of address each uses. Others join with their rooms. */
export const ownChannels = { email: 'email', sms: 'phone', call: 'phone' } as const
export type OwnChannel = keyof typeof ownChannels
/** Whether a contact chooses this channel herself. */
export const isOwnChannel = (channel: Channel): channel is OwnChannel => channel in ownChannels

/** What her page shows. */
export type HerWishes = {
  readonly contact: ContactFacts
  readonly business: WorkspaceFacts
  /** The ways there are to reach her, and whether she wants them. */
  readonly ways: readonly { readonly channel: OwnChannel; readonly wanted: boolean }[]
  readonly agreed: readonly { readonly wording: KitWording; readonly stands: boolean }[]
  /** Who asks, in the words of its own where it has some. */
  readonly seller: Seller
  readonly noOffers: boolean
  readonly leftAlone: boolean
  readonly hours: WallWindow | null
  readonly atMost: Cap | null
  readonly zone: string
}

/** What she saves. */
export type SaveWishes = {
  readonly ways: readonly OwnChannel[]
  readonly agreed: readonly KitKey[]
  readonly noOffers: boolean
  readonly locale: string
  readonly zone: string
  readonly hours: WallWindow | null
  readonly atMost: Cap | null
}

type Bearer = Principal & { kind: 'contact_link' }

/** Reads what a contact wants, for herself. Throws 404. */
export async function herWishes(tx: WorkspaceTx, by: Bearer): Promise<HerWishes> {
  privacyPolicy.require(by, 'preferences.own')
  const contact = await contactFacts(tx, by.contactId)
  const business = await workspaceFacts(tx)
  const row = await preferenceRow(tx, contact.contactId)
  const stops = await stopsOfContact(tx, contact.contactId)
  const channels = (Object.keys(ownChannels) as OwnChannel[]).filter((channel) => pointFor(contact, channel))
  const standing = await standingKeys(tx, contact)
  return {
    contact,
    business,
    ways: channels.map((channel) => ({ channel, wanted: !(row?.channels_off.includes(channel) ?? false) })),
    agreed: kitWordings
      .filter(({ channel }) => isOwnChannel(channel) && channels.includes(channel))
      .map((wording) => ({ wording, stands: standing.has(wording.key) })),
    seller: await sellerOf(tx, business),
    noOffers: stops.some(({ scope }) => scope === 'marketing'),
    leftAlone: stops.some(({ scope }) => scope === 'all'),
    hours: row?.hours[0] ?? null,
    atMost: row?.at_most ?? null,
    zone: contact.zone ?? business.zone,
  }
}

/** Saves all of it at once. It holds from the next question to the gate on. */
export async function saveWishes(tx: WorkspaceTx, by: Bearer, wish: SaveWishes): Promise<void> {
  privacyPolicy.require(by, 'preferences.own')
  const before = await herWishes(tx, by)
  const { contact } = before
  const shown = before.ways.map(({ channel }) => channel)
  await savePreference(tx, contact.contactId, shown, wish)
  await saveAgreed(tx, by, before, wish)
  if (wish.noOffers !== before.noOffers)
    await (wish.noOffers ? stopFor(tx, by, contact, 'marketing') : liftOwn(tx, by, contact, 'marketing'))
  await correctReader(tx, { ...by, contactId: contact.contactId }, wish)
  await audit(tx, by, { action: 'preference.changed', object: { type: 'contact', id: contact.contactId }, result: 'done' })
  await recordTimeline(tx, {
    contactId: contact.contactId,
    kind: 'preference.changed',
    actor: by,
    subject: { type: 'contact', id: contact.contactId },
    summary: { key: 'preferences_changed', values: {} },
  })
  await emit(tx, 'preference.changed', { contactId: contact.contactId })
}

/** Everything stops but what the law asks for; or she takes that back herself. Doing it twice changes nothing. */
export async function leaveAlone(tx: WorkspaceTx, by: Bearer, alone: boolean): Promise<void> {
  privacyPolicy.require(by, 'preferences.own')
  const contact = await contactFacts(tx, by.contactId)
  await (alone ? stopFor(tx, by, contact, 'all') : liftOwn(tx, by, contact, 'all'))
}

const preferenceRow = (tx: WorkspaceTx, contactId: ContactId) =>
  tx.db
    .selectFrom('preference')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .executeTakeFirst()

async function savePreference(tx: WorkspaceTx, contactId: ContactId, shown: readonly OwnChannel[], wish: SaveWishes): Promise<void> {
  const row = await preferenceRow(tx, contactId)
  const kept = (row?.channels_off ?? []).filter((channel) => !shown.some((one) => one === channel))
  const values = {
    channels_off: JSON.stringify([...kept, ...shown.filter((channel) => !wish.ways.includes(channel))]),
    hours: JSON.stringify(wish.hours === null ? [] : [wish.hours]),
    languages: JSON.stringify([wish.locale]),
    at_most: wish.atMost === null ? null : JSON.stringify(wish.atMost),
    updated_at: tx.now,
  }
  await tx.db
    .insertInto('preference')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), version: 1, contact_id: contactId, created_at: tx.now, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'contact_id'])
        .doUpdateSet((row) => ({ ...values, version: row('preference.version', '+', 1) as never })),
    )
    .execute()
}

/** Ticks and unticks. What is unticked ends a moment before what is ticked begins: one of two consents on the same way may go and the other stay. */
async function saveAgreed(tx: WorkspaceTx, by: Bearer, before: HerWishes, wish: SaveWishes): Promise<void> {
  const { contact } = before
  for (const { wording, stands } of before.agreed) {
    if (!stands || wish.agreed.includes(wording.key)) continue
    const ended = {
      channel: wording.channel,
      purpose: wording.purpose,
      how: 'preference_page',
      at: tx.now.subtract({ milliseconds: 1 }),
    } as const
    for (const point of pointsFor(contact, wording.channel))
      await withdrawConsent(tx, by, { contactId: contact.contactId, point, ...ended })
  }
  const standing = await standingKeys(tx, contact)
  for (const { wording } of before.agreed) {
    if (!wish.agreed.includes(wording.key) || standing.has(wording.key)) continue
    const { channel, purpose, level, automated } = kitWording(wording.key)
    await giveConsent(tx, by, {
      contactId: contact.contactId,
      point: pointFor(contact, channel) ?? null,
      channel,
      purpose,
      // A tick without a name is no signature: for calls and texts it is an express consent, not a written one.
      level: channel === 'email' ? level : 'pec',
      automated,
      wording: fillWording(wording.key, 'written', before.seller, wish.locale),
      how: 'preference_page',
    })
  }
}

/** The wordings of the kit whose consent stands now: for an address of hers, on that way, as far-reaching. */
async function standingKeys(tx: WorkspaceTx, contact: ContactFacts): Promise<ReadonlySet<KitKey>> {
  const ask = await standingsOf(tx, [contact.contactId])
  const consents = contact.points.flatMap((point) => ask(contact.contactId, point).consents)
  const stands = ({ channel, purpose, automated }: KitWording) =>
    consents.some((one) => one.channel === channel && one.purpose === purpose && one.automated === automated)
  return new Set(kitWordings.filter(stands).map(({ key }) => key))
}

const pointsFor = (contact: ContactFacts, channel: Channel) =>
  isOwnChannel(channel) ? contact.points.filter(({ kind }) => kind === ownChannels[channel]) : []
const pointFor = (contact: ContactFacts, channel: Channel) => pointsFor(contact, channel)[0]

async function stopFor(tx: WorkspaceTx, by: Bearer, contact: ContactFacts, scope: 'marketing' | 'all'): Promise<void> {
  if (contact.points.length > 0) await recordOptOut(tx, by, { contactId: contact.contactId, scope, cause: 'link' })
}

/** Lifts what she asked for herself, by link or by word; what a complaint or the team set stays. */
async function liftOwn(tx: WorkspaceTx, by: Bearer, contact: ContactFacts, scope: 'marketing' | 'all'): Promise<void> {
  for (const stop of await stopsOfContact(tx, contact.contactId)) {
    if (stop.scope !== scope || (stop.cause !== 'link' && stop.cause !== 'asked')) continue
    await lift(tx, by, { suppressionId: stop.id, because: 'person_asked' })
  }
}
