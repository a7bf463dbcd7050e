import { createHash, randomBytes } from 'node:crypto'
import { type Locale, translator } from '@frontdesk/i18n'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { CookieChoice, CookieClass } from '../../../platform/http/index.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import type { Asker } from './asker.ts'
import type { CookieDecisionRow } from './cookie.tables.ts'
import { cookieWords } from './cookie.words.ts'
import { gpcCounts } from './gpc-states.ts'
import { editionOf, liveTags, type PageTag } from './page-tags.ts'

export type StoredDecision = Selectable<CookieDecisionRow>

/** What a reader agreed to; whatever is missing is refused. */
export type Decide = {
  readonly preferences: boolean
  readonly statistics: boolean
  readonly marketing: boolean
  /** False: no sale, no sharing, no profiles, no targeted advertising. */
  readonly sharing: boolean
  readonly askedOn: 'banner' | 'choices'
  readonly locale: Locale
  readonly business: string
}

/** What the signals of a browser do here, as the settings of the workspace say. */
export type HeardSignals = { readonly gpc: 'none' | 'honoured' | 'ignored'; readonly dnt: 'none' | 'honoured' | 'ignored' }

/** Reads them; the settings are asked for only where a browser says anything. */
export async function heardSignals(tx: WorkspaceTx, { signals, country }: Asker): Promise<HeardSignals> {
  if (!signals.gpc && !signals.dnt) return { gpc: 'none', dnt: 'none' }
  const settings = await readPrivacySettings(tx)
  return {
    gpc: !signals.gpc ? 'none' : gpcCounts(settings['signals.gpc'], country) ? 'honoured' : 'ignored',
    dnt: !signals.dnt ? 'none' : settings['signals.dnt'] === 'honor' ? 'honoured' : 'ignored',
  }
}

/** What of a wish the signals leave: they are heard above a tick, which may be an old one. */
export const withinSignals = <W extends Pick<Decide, 'statistics' | 'marketing' | 'sharing'>>(wish: W, heard: HeardSignals): W => ({
  ...wish,
  statistics: wish.statistics && heard.dnt !== 'honoured',
  marketing: wish.marketing && heard.gpc !== 'honoured' && heard.dnt !== 'honoured',
  sharing: wish.sharing && heard.gpc !== 'honoured',
})

/** The newest decision of this browser in this workspace. */
export async function decisionOf(tx: WorkspaceTx, choice: CookieChoice | undefined): Promise<StoredDecision | undefined> {
  if (choice === undefined) return undefined
  return tx.db
    .selectFrom('cookie_decision')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('visitor_hash', 'in', tx.keys.hashes(tx.workspaceId, 'cookie-visitor', choice.id))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Writes a decision into the ledger and answers what the browser is to keep. Each one is a row of its own; nothing is ever rewritten. */
export async function decide(tx: WorkspaceTx, asker: Asker, wish: Decide): Promise<CookieChoice> {
  const tags = await liveTags(tx)
  const kept = withinSignals(wish, await heardSignals(tx, asker))
  const id = asker.choice?.id ?? randomBytes(16).toString('base64url')
  await tx.db
    .insertInto('cookie_decision')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      visitor_hash: visitorHash(tx, id),
      preferences: kept.preferences,
      statistics: kept.statistics,
      marketing: kept.marketing,
      sharing: kept.sharing,
      asked_on: wish.askedOn,
      edition: editionOf(tags),
      words_hash: createHash('sha256').update(questionText(wish, tags)).digest('hex'),
      locale: wish.locale,
      gpc: asker.signals.gpc,
      dnt: asker.signals.dnt,
      region: asker.country ?? null,
      created_at: tx.now,
    })
    .execute()
  const agreed: CookieClass[] = (['preferences', 'statistics', 'marketing'] as const).filter((one) => kept[one])
  return { id, agreed }
}

/** What she was asked, word for word: the same for banner and page, which show the same parts of it. */
function questionText({ locale, business, askedOn }: Pick<Decide, 'locale' | 'business' | 'askedOn'>, tags: readonly PageTag[]): string {
  const t = translator(cookieWords, locale)
  const names = tags.map(({ name }) => name).join(', ')
  const declared = tags.map((tag) => t('tag', { name: tag.name, provider: tag.provider, purpose: tag.purpose }))
  return askedOn === 'banner'
    ? [t('bannerTitle'), t('bannerText', { business, names }), t('refuse'), t('accept')].join('\n')
    : [t('intro', { business }), t('preferencesText'), ...declared, t('sharingText'), t('sharingOff')].join('\n')
}

/** Another hash in every workspace: nobody can match readers across them. */
const visitorHash = (tx: WorkspaceTx, id: string): string => tx.keys.hash(tx.workspaceId, 'cookie-visitor', id)
