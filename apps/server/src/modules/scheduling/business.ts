import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'

/** The business as bookings, mails and public pages need it. */
export type Business = {
  readonly name: string
  readonly slug: string
  readonly zone: string
  readonly locale: string
  readonly currency: string
  /** ISO 3166, or null where the business named none. */
  readonly country: string | null
  readonly brandColour: string
  readonly logoFileId: string | null
  readonly address: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly website: string | null
}

/** Reads the business this transaction is bound to. */
export async function businessFacts(tx: WorkspaceTx): Promise<Business> {
  const { rows } = await sql<Business>`
    select w.name, w.slug, w.zone, w.locale, w.currency, w.country, w.brand_colour as "brandColour", w.logo_file_id as "logoFileId", w.phone, w.email, w.website,
      (select address from location where workspace_id = w.id and is_default) as address
    from workspace w where w.id = ${tx.workspaceId}`.execute(tx.db)
  const [business] = rows
  if (!business) throw new Error('This workspace has no business. It is made when somebody signs up.')
  return business
}
