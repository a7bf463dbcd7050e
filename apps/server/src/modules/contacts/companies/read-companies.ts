import type { Company, ContactSummary, Principal } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import type { CompanyRow } from '../contacts.tables.ts'
import { foldText } from '../fold-text.ts'
import { homeCountry } from '../home-country.ts'
import { writePhone } from '../phone.rules.ts'
import { summariesOf } from '../summarize-contacts.ts'

type Row = Selectable<CompanyRow>

/** One page of companies, by name. A representative's list holds those of her own contacts. */
export async function listCompanies(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly q?: string | undefined; readonly archived: 'no' | 'only'; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Company[]; next: string | null }> {
  contactsPolicy.require(by, 'companies.read')
  const after = readCursor(wish.cursor, [z.string(), z.uuid()])
  const looked = wish.q === undefined ? undefined : `%${foldText(wish.q).replace(/[\\%_]/g, '\\$&')}%`
  let query = visibleTo(tx, by)
    .where('company.archived_at', wish.archived === 'only' ? 'is not' : 'is', null)
    .orderBy(sql`company.name_folded collate "C"`)
    .orderBy('company.id')
    .limit(wish.limit + 1)
  if (looked !== undefined)
    query = query.where((where) => where.or([where('company.name_folded', 'like', looked), where('company.domain', 'like', looked)]))
  if (after) query = query.where(sql<boolean>`(company.name_folded collate "C", company.id) > (${after[0]}, ${after[1]}::uuid)`)
  const page = pageFrom(
    await query.execute(),
    wish.limit,
    (row) => row,
    (row) => [row.name_folded, row.id],
  )
  return { items: await present(tx, by, page.items), next: page.next }
}

/** One company. Throws 404, also for one of which a representative has nobody. */
export async function loadCompany(tx: WorkspaceTx, by: Principal, companyId: string): Promise<Company> {
  contactsPolicy.require(by, 'companies.read')
  const row = await visibleTo(tx, by).where('company.id', '=', companyId).executeTakeFirst()
  const [company] = row ? await present(tx, by, [row]) : []
  if (!company) throw noSuchCompany()
  return company
}

/** A company's row, held until the transaction ends. Throws 404. */
export async function lockCompany(tx: WorkspaceTx, by: Principal, companyId: string): Promise<Row> {
  const row = await visibleTo(tx, by).where('company.id', '=', companyId).forUpdate().executeTakeFirst()
  if (!row) throw noSuchCompany()
  return row
}

/** One page of those who belong to a company, by name. A representative sees her own ones. Throws 404. */
export async function listCompanyContacts(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly companyId: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: { contact: ContactSummary; role: string | null }[]; next: string | null }> {
  contactsPolicy.require(by, 'companies.read')
  const company = await loadCompany(tx, by, wish.companyId)
  const owner = seesOnlyOf(by)
  const after = readCursor(wish.cursor, [z.string(), z.uuid()])
  const rows = await tx.db
    .selectFrom('contact')
    .select(['id', 'name_sort', 'company_role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('company_id', '=', company.id)
    .where('merged_into', 'is', null)
    .where('archived_at', 'is', null)
    .$if(owner !== null, (query) => query.where('owner_member_id', '=', owner))
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(name_sort, id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
    .orderBy('name_sort')
    .orderBy('id')
    .limit(wish.limit + 1)
    .execute()
  const page = pageFrom(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.name_sort, row.id],
  )
  const summaries = await summariesOf(
    tx,
    page.items.map(({ id }) => id),
  )
  const roles = new Map(page.items.map(({ id, company_role }) => [id, company_role]))
  return { items: summaries.map((contact) => ({ contact, role: roles.get(contact.id) ?? null })), next: page.next }
}

/** Companies of this workspace that somebody may know of. */
function visibleTo(tx: WorkspaceTx, by: Principal) {
  const owner = seesOnlyOf(by)
  return tx.db
    .selectFrom('company')
    .selectAll('company')
    .where('company.workspace_id', '=', tx.workspaceId)
    .$if(owner !== null, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('contact')
            .select('contact.id')
            .whereRef('contact.workspace_id', '=', 'company.workspace_id')
            .whereRef('contact.company_id', '=', 'company.id')
            .where('contact.owner_member_id', '=', owner),
        ),
      ),
    )
}

async function present(tx: WorkspaceTx, by: Principal, rows: readonly Row[]): Promise<Company[]> {
  if (rows.length === 0) return []
  const owner = seesOnlyOf(by)
  const counts = await tx.db
    .selectFrom('contact')
    .select(({ fn }) => ['company_id', fn.countAll<number>().as('contacts')])
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'company_id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('merged_into', 'is', null)
    .where('archived_at', 'is', null)
    .$if(owner !== null, (query) => query.where('owner_member_id', '=', owner))
    .groupBy('company_id')
    .execute()
  const country = await homeCountry(tx)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    domain: row.domain,
    phone: row.phone_normalized === null ? null : { value: row.phone_normalized, shown: writePhone(row.phone_normalized, country).shown },
    address: row.address,
    contacts: Number(counts.find(({ company_id }) => company_id === row.id)?.contacts ?? 0),
    createdAt: row.created_at.toString(),
    archivedAt: row.archived_at?.toString() ?? null,
  }))
}

const noSuchCompany = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such company here.' })
