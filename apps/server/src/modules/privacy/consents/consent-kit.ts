import type { ConsentKit, KitKey, KitWording, Principal, WordingLocale } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type WorkspaceFacts, workspaceFacts } from '../../accounts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { fillWording, keywordText, kitWording, kitWordings, ownWording, readyWording, type Seller } from './kit.ts'
import { consentSurroundings } from './surroundings.ts'
import { needsOf } from './wording.rules.ts'
import { ownWordings } from './wordings-in-use.ts'

/** Where the business asks. Nothing is asked anywhere until an owner says so; the counter page offers all that can be used. */
export type KitSettings = {
  readonly version: number
  readonly bookingPage: readonly KitKey[]
  readonly counter: readonly KitKey[]
  readonly keyword: string
  readonly counterCode: string
}

const PURPOSE = 'counter'
/** A printed code hangs for years. */
const LIVES = { hours: 24 * 365 * 3 }

/** The settings, or those a new workspace begins with. */
export async function kitSettings(tx: WorkspaceTx): Promise<KitSettings> {
  const row = await tx.db.selectFrom('consent_kit').selectAll().where('workspace_id', '=', tx.workspaceId).executeTakeFirst()
  if (!row) {
    return { version: 0, bookingPage: [], counter: ['mail_offers', 'texts_bookings'], keyword: 'JOIN', counterCode: tx.workspaceId }
  }
  return { version: row.version, bookingPage: row.booking_page, counter: row.counter, keyword: row.keyword, counterCode: row.counter_code }
}

/** The kit as members see it, in the language asked for or the business's own. */
export async function consentKit(tx: WorkspaceTx, by: Principal, locale: string | undefined): Promise<z.input<typeof ConsentKit>> {
  privacyPolicy.require(by, 'consents.read')
  const business = await workspaceFacts(tx)
  const settings = await kitSettings(tx)
  const seller = await sellerOf(tx, business)
  const tag = chooseLocale([locale ?? business.locale])
  return {
    locale: tag,
    seller: { name: seller.name, phone: seller.phone },
    wordings: kitWordings.map(({ key }) => present(seller, key, tag)),
    settings: presentSettings(settings),
    keywordText: keywordText(settings.keyword, seller, tag),
    counterUrl: counterUrl(tx, settings),
  }
}

/** One wording as members see it. */
export const presentWording = async (tx: WorkspaceTx, key: KitKey, locale: WordingLocale): Promise<KitWording> =>
  present(await sellerOf(tx, await workspaceFacts(tx)), key, locale)

function present(seller: Seller, key: KitKey, locale: WordingLocale): KitWording {
  const { channel, ...wording } = kitWording(key)
  const own = ownWording(seller, key, locale)
  const ready = readyWording(key, locale)
  return {
    ...wording,
    channel,
    edition: fillWording(key, 'written', seller, locale).edition,
    written: fillWording(key, 'written', seller, locale).words,
    spoken: fillWording(key, 'spoken', seller, locale).words,
    texts: own ? { written: own.written, spoken: own.spoken } : ready,
    ready,
    own: own ? { edition: own.edition, since: own.since.toString() } : null,
    needs: [...needsOf(key)],
    waitsFor: channel === 'sms' ? 'texts' : channel === 'call' ? 'calls' : null,
  }
}

/** The words of the kit as somebody reads them now: on a page, on paper. */
export const writtenWording = async (tx: WorkspaceTx, key: KitKey, locale: string): Promise<string> =>
  fillWording(key, 'written', await sellerOf(tx, await workspaceFacts(tx)), locale).words

/** Says where the business asks. Throws `http/version-mismatch`. */
export async function arrangeKit(
  tx: WorkspaceTx,
  by: Principal,
  wish: Pick<KitSettings, 'bookingPage' | 'counter' | 'keyword' | 'version'>,
): Promise<z.input<typeof ConsentKit>['settings']> {
  privacyPolicy.require(by, 'consents.arrange')
  const before = await kitSettings(tx)
  if (before.version !== wish.version) throw changedMeanwhile(before)
  const settings = { ...before, bookingPage: unique(wish.bookingPage), counter: unique(wish.counter), keyword: wish.keyword }
  return presentSettings(await save(tx, by, settings, 'consent_kit.changed'))
}

/** Ends the address of the counter page that is in use and gives a new one. */
export async function renewCounter(tx: WorkspaceTx, by: Principal): Promise<{ counterUrl: string }> {
  privacyPolicy.require(by, 'consents.arrange')
  const settings = await save(tx, by, { ...(await kitSettings(tx)), counterCode: tx.newId() }, 'consent_kit.counter_renewed')
  return { counterUrl: counterUrl(tx, settings) }
}

async function save(
  tx: WorkspaceTx,
  by: Principal,
  settings: KitSettings,
  action: 'consent_kit.changed' | 'consent_kit.counter_renewed',
): Promise<KitSettings> {
  const values = {
    booking_page: JSON.stringify(settings.bookingPage),
    counter: JSON.stringify(settings.counter),
    keyword: settings.keyword,
    counter_code: settings.counterCode,
    updated_at: tx.now,
  }
  const row = await tx.db
    .insertInto('consent_kit')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), version: 1, ...values })
    .onConflict((conflict) =>
      conflict
        .column('workspace_id')
        .doUpdateSet({ ...values, version: settings.version + 1 })
        .where('consent_kit.version', '=', settings.version),
    )
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!row) throw changedMeanwhile(await kitSettings(tx))
  await audit(tx, by, { action, object: { type: 'consent_kit', id: row.id }, result: 'done' })
  return { ...settings, version: row.version }
}

/** Which counter page a link opens. Throws `privacy/link-invalid`. */
export function readCounterToken(
  keys: Keys,
  token: string,
  now: Temporal.Instant,
): { readonly workspaceId: string; readonly code: string } {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid || check.link.workspaceId === null) throw noSuchCounter()
  return { workspaceId: check.link.workspaceId, code: check.link.subjectId }
}

/** Whoever follows a link that ended is told what to do. */
export const noSuchCounter = () =>
  new Refusal('privacy/link-invalid', { detail: 'This page has a new address. Ask at the counter, or scan the code there again.' })

const counterUrl = (tx: WorkspaceTx, { counterCode }: KitSettings): string =>
  `${consentSurroundings.get().publicUrl()}/agree/${tx.keys.signLink(
    { purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: counterCode, expiresAt: tx.now.add(LIVES), allows: [] },
    tx.now,
  )}`

/** Who the wordings name, with its own words. */
export const sellerOf = async (tx: WorkspaceTx, { name, phone }: WorkspaceFacts): Promise<Seller> => ({
  name,
  phone,
  own: await ownWordings(tx),
})

const presentSettings = ({ version, bookingPage, counter, keyword }: KitSettings) => ({
  version,
  bookingPage: [...bookingPage],
  counter: [...counter],
  keyword,
})

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]

const changedMeanwhile = (now: KitSettings) =>
  new Refusal('http/version-mismatch', {
    detail: 'Somebody changed this in the meantime. Nothing was saved; look at what is there now.',
    current: presentSettings(now),
  })
