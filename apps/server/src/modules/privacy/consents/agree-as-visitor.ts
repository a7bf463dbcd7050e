import type { Channel } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId, KitKey, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactFacts } from '../../contacts/index.ts'
import { pointKindOf } from '../gate/gather-facts.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { kitSettings, sellerOf } from './consent-kit.ts'
import { giveConsent } from './give-consent.ts'
import { invite } from './invite.ts'
import { fillWording, kitWording, sealOf } from './kit.ts'

/** What somebody ticked on a page of the business: the booking page, the counter, a form. */
export type AgreeAsVisitor = {
  readonly contactId: ContactId
  readonly emailPointId: ContactPointId | null
  readonly phonePointId: ContactPointId | null
  readonly keys: readonly KitKey[]
  readonly locale: string
  readonly how: 'booking_page' | 'counter' | 'form'
  /** Her name as she typed it: her signature. */
  readonly signedName: string
  /** Also what she ticked for a number waits for her click in a mail to the address she gave; without one it is left out. */
  readonly confirmByMail?: boolean | undefined
  /** When she ticked it; now unless given. */
  readonly at?: Temporal.Instant | undefined
}

/**
 * Records what she ticked. A number stands with her signature; a mail address has to be confirmed by a link in a mail first, because anybody can type one. What was ticked for
 * an address or number that she did not give is left out. Answers the keys that wait for her click.
 */
export async function agreeAsVisitor(tx: WorkspaceTx, by: Principal, wish: AgreeAsVisitor): Promise<readonly KitKey[]> {
  privacyPolicy.require(by, 'consents.agree')
  const { points } = await contactFacts(tx, wish.contactId)
  const seller = await sellerOf(tx, await workspaceFacts(tx))
  const waiting: KitKey[] = []
  for (const key of wish.keys) {
    const { channel, purpose, level, automated } = kitWording(key)
    const wanted = pointKindOf(channel) === 'email' ? wish.emailPointId : wish.phonePointId
    const point = points.find(({ id }) => id === wanted)
    if (!point) continue
    if (point.kind === 'email' || wish.confirmByMail) {
      const { how: origin, contactId, locale } = wish
      const mailPointId = point.kind === 'email' ? point.id : wish.emailPointId
      if (mailPointId === null) continue
      await invite(tx, by, { contactId, pointId: point.id, mailPointId, key, locale, origin })
      waiting.push(key)
      continue
    }
    await giveConsent(tx, by, {
      contactId: wish.contactId,
      point,
      channel,
      purpose,
      level,
      automated,
      wording: fillWording(key, 'written', seller, wish.locale),
      how: wish.how,
      signedName: wish.signedName,
      at: wish.at,
    })
  }
  return waiting
}

/** The same on the booking page: what the owner did not switch on there is left out, whatever a form says. */
export async function agreeOnBookingPage(tx: WorkspaceTx, by: Principal, wish: Omit<AgreeAsVisitor, 'how'>): Promise<void> {
  const { bookingPage } = await kitSettings(tx)
  await agreeAsVisitor(tx, by, { ...wish, keys: wish.keys.filter((key) => bookingPage.includes(key)), how: 'booking_page' })
}

/** What the business asks on its booking page, in the reader's language; nothing until an owner switched it on. */
export async function bookingPageWordings(
  tx: WorkspaceTx,
  locale: string,
): Promise<readonly { readonly key: KitKey; readonly channel: Channel; readonly words: string; readonly seal: string }[]> {
  return pageWordings(tx, (await kitSettings(tx)).bookingPage, locale)
}

/** The way on which a wording of the kit lets somebody be reached. */
export const kitChannel = (key: KitKey): Channel => kitWording(key).channel

/** Some wordings of the kit as a page shows them, each with the sign of its words. */
export async function pageWordings(
  tx: WorkspaceTx,
  keys: readonly KitKey[],
  locale: string,
): Promise<readonly { readonly key: KitKey; readonly channel: Channel; readonly words: string; readonly seal: string }[]> {
  if (keys.length === 0) return []
  const seller = await sellerOf(tx, await workspaceFacts(tx))
  return keys.map((key) => {
    const wording = fillWording(key, 'written', seller, locale)
    return { key, channel: kitWording(key).channel, words: wording.words, seal: sealOf(wording) }
  })
}
