import type { KitKey, KitWording, Principal, WordingElement, WordingLocale } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { OwnWordingRow } from './consent.tables.ts'
import { presentWording } from './consent-kit.ts'
import { missingElements, strayPlaceholder } from './wording.rules.ts'

type Place = { readonly key: KitKey; readonly locale: WordingLocale }

/** Uses own words from now on, as a new edition. Throws `privacy/wording-incomplete`, naming what is missing, and `http/version-mismatch`. */
export async function adoptWording(
  tx: WorkspaceTx,
  by: Principal,
  wish: Place & { readonly written: string; readonly spoken: string; readonly version: number },
): Promise<KitWording> {
  privacyPolicy.require(by, 'consents.arrange')
  requireWhole(wish)
  await retire(tx, by, wish)
  const { edition } = await tx.db
    .selectFrom('own_wording')
    .select(({ fn }) => fn.max('edition').as('edition'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('wording', '=', wish.key)
    .where('locale', '=', wish.locale)
    .executeTakeFirstOrThrow()
  const id = tx.newId()
  await tx.db
    .insertInto('own_wording')
    .values({
      workspace_id: tx.workspaceId,
      id,
      wording: wish.key,
      locale: wish.locale,
      edition: (edition ?? 0) + 1,
      written: wish.written,
      spoken: wish.spoken,
      written_by: actorText(by),
      created_at: tx.now,
      retired_at: null,
    })
    .execute()
  await audit(tx, by, { action: 'own_wording.changed', object: { type: 'own_wording', id }, result: 'done' })
  return presentWording(tx, wish.key, wish.locale)
}

/** Uses the ready words again. Throws `http/version-mismatch`. */
export async function returnToReady(tx: WorkspaceTx, by: Principal, wish: Place & { readonly version: number }): Promise<KitWording> {
  privacyPolicy.require(by, 'consents.arrange')
  const id = await retire(tx, by, wish)
  if (id) await audit(tx, by, { action: 'own_wording.retired', object: { type: 'own_wording', id }, result: 'done' })
  return presentWording(tx, wish.key, wish.locale)
}

function requireWhole({ key, locale, ...texts }: Place & { readonly written: string; readonly spoken: string }): void {
  const missing: Record<'written' | 'spoken', readonly WordingElement[]> = {
    written: missingElements(key, locale, texts.written),
    spoken: missingElements(key, locale, texts.spoken),
  }
  const stray = strayPlaceholder(texts.written) ?? strayPlaceholder(texts.spoken)
  if (missing.written.length + missing.spoken.length === 0 && stray === undefined) return
  const said = (form: 'written' | 'spoken') => (missing[form].length > 0 ? [`${form}: ${missing[form].join(', ')}`] : [])
  throw new Refusal('privacy/wording-incomplete', {
    detail: `${stray === undefined ? '' : `Only {business} is filled in, not ${stray}. `}Missing: ${[...said('written'), ...said('spoken')].join('; ') || 'nothing'}. Nothing was saved.`,
    missing,
  })
}

/** Ends the edition in use and answers its id; nothing is in use under version 0. */
async function retire(
  tx: WorkspaceTx,
  by: Principal,
  { key, locale, version }: Place & { readonly version: number },
): Promise<string | null> {
  privacyPolicy.require(by, 'consents.arrange')
  const used: Selectable<OwnWordingRow> | undefined = await tx.db
    .selectFrom('own_wording')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('wording', '=', key)
    .where('locale', '=', locale)
    .where('retired_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if ((used?.edition ?? 0) !== version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed these words in the meantime. Nothing was saved; look at what is there now.',
      current: await presentWording(tx, key, locale),
    })
  }
  if (!used) return null
  await tx.db
    .updateTable('own_wording')
    .set({ retired_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', used.id)
    .execute()
  return used.id
}
