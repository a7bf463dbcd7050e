import type { Company, CreateCompanyBody, EditCompanyBody, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { normalizePoint } from '../contact-point.rules.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { foldText } from '../fold-text.ts'
import { homeCountry } from '../home-country.ts'
import { domainIn, isOwnDomain } from './domain.rules.ts'
import { loadCompany, lockCompany } from './read-companies.ts'
import { refreshCompany } from './refresh-company.ts'

type Facts = Omit<z.output<typeof EditCompanyBody>, 'name'>

/** Adds a company. Throws `contacts/company-taken` with the other one's id, `contacts/not-a-phone-number`. */
export async function createCompany(tx: WorkspaceTx, by: Principal, wish: z.output<typeof CreateCompanyBody>): Promise<Company> {
  contactsPolicy.require(by, 'companies.write')
  const facts = await readFacts(tx, wish)
  await requireFree(tx, { name: wish.name, domain: facts.domain ?? null })
  const id = tx.newId()
  const made = await tx.db
    .insertInto('company')
    .values({
      workspace_id: tx.workspaceId,
      id,
      name: wish.name,
      name_folded: foldText(wish.name),
      domain: facts.domain ?? null,
      phone_normalized: facts.phone_normalized ?? null,
      address: facts.address ?? null,
      created_at: tx.now,
      archived_at: null,
    })
    // Of two who add the same at once, the later one is told of the first.
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name_folded']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) await requireFree(tx, { name: wish.name, domain: null })
  return told(tx, by, id, 'company.added')
}

/** The company of this domain or name, or a new one: by domain first, unless it is one of mail for everybody. For whoever brings in many. */
export async function findOrCreateCompany(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly name: string; readonly domain?: string | undefined },
): Promise<{ readonly companyId: string; readonly created: boolean }> {
  contactsPolicy.require(by, 'companies.write')
  const domain = wish.domain === undefined ? undefined : domainIn(wish.domain)
  const own = domain !== undefined && isOwnDomain(domain) ? domain : null
  const known = await findCompany(tx, { name: wish.name, domain: own })
  if (known) return { companyId: known.id, created: false }
  const { id } = await createCompany(tx, by, { name: wish.name, ...(own === null ? {} : { domain: own }) })
  return { companyId: id, created: true }
}

/** Changes what is sent of a company. Throws `http/version-mismatch` with the current values, and what `createCompany` throws. */
export async function editCompany(
  tx: WorkspaceTx,
  by: Principal,
  wish: z.output<typeof EditCompanyBody> & { readonly companyId: string; readonly version: number },
): Promise<Company> {
  contactsPolicy.require(by, 'companies.write')
  const before = await lockCompany(tx, by, wish.companyId)
  if (before.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this company since you opened it. Nothing was saved; look at the current values and try again.',
      current: await loadCompany(tx, by, before.id),
    })
  }
  const facts = await readFacts(tx, wish)
  await requireFree(tx, { name: wish.name ?? null, domain: facts.domain ?? null, except: before.id })
  await tx.db
    .updateTable('company')
    .set({
      version: before.version + 1,
      ...(wish.name === undefined ? {} : { name: wish.name, name_folded: foldText(wish.name) }),
      ...facts,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', before.id)
    .execute()
  // People are found by the name of their company.
  if (wish.name !== undefined && wish.name !== before.name) await enqueue(tx, refreshCompany, { companyId: before.id })
  return told(tx, by, before.id, 'company.changed')
}

/** Puts a company out of sight; its contacts stay with it. Archiving twice changes nothing more. */
export const archiveCompany = (tx: WorkspaceTx, by: Principal, companyId: string): Promise<Company> => setArchived(tx, by, companyId, true)

/** Brings an archived company back. */
export const restoreCompany = (tx: WorkspaceTx, by: Principal, companyId: string): Promise<Company> => setArchived(tx, by, companyId, false)

async function setArchived(tx: WorkspaceTx, by: Principal, companyId: string, archive: boolean): Promise<Company> {
  contactsPolicy.require(by, 'companies.write')
  const before = await lockCompany(tx, by, companyId)
  if ((before.archived_at !== null) === archive) return loadCompany(tx, by, companyId)
  await tx.db
    .updateTable('company')
    .set({ archived_at: archive ? tx.now : null, version: before.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', companyId)
    .execute()
  return told(tx, by, companyId, archive ? 'company.archived' : 'company.restored')
}

/** What was written, as it is kept; what is left out stays out. */
async function readFacts(tx: WorkspaceTx, { domain, phone, address }: Facts) {
  return {
    ...(domain === undefined ? {} : { domain: domain === null ? null : readDomain(domain) }),
    ...(phone === undefined
      ? {}
      : { phone_normalized: phone === null ? null : normalizePoint({ kind: 'phone', value: phone }, await homeCountry(tx)).value }),
    ...(address === undefined ? {} : { address: address === '' ? null : address }),
  }
}

function readDomain(typed: string): string {
  const domain = domainIn(typed)
  if (domain !== undefined && isOwnDomain(domain)) return domain
  const message =
    domain === undefined ? 'Write the domain like acme.example.' : `${domain} gives mail to everybody, so it tells no company from another.`
  throw new Refusal('http/invalid-request', {
    detail: `${message} Nothing was saved.`,
    faults: [{ path: 'body.domain', code: domain === undefined ? 'company_domain' : 'company_domain_shared', message }],
  })
}

type Wanted = { readonly name: string | null; readonly domain: string | null; readonly except?: string }

async function requireFree(tx: WorkspaceTx, wanted: Wanted): Promise<void> {
  const other = await findCompany(tx, wanted)
  if (!other) return
  throw new Refusal('contacts/company-taken', {
    detail: `${other.name} has this ${other.domain !== null && other.domain === wanted.domain ? 'domain' : 'name'} already. Open it instead. Nothing was saved.`,
    companyId: other.id,
    name: other.name,
  })
}

/** The company of this domain, otherwise of this name. */
async function findCompany(tx: WorkspaceTx, { name, domain, except }: Wanted) {
  const folded = name === null ? null : foldText(name)
  const found = await tx.db
    .selectFrom('company')
    .select(['id', 'name', 'name_folded', 'domain'])
    .where('workspace_id', '=', tx.workspaceId)
    .where((where) =>
      where.or([
        ...(domain === null ? [] : [where('domain', '=', domain)]),
        ...(folded === null ? [] : [where('name_folded', '=', folded)]),
        where.val(false),
      ]),
    )
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .orderBy('id')
    .execute()
  return found.find((one) => domain !== null && one.domain === domain) ?? found[0]
}

async function told(
  tx: WorkspaceTx,
  by: Principal,
  id: string,
  action: 'company.added' | 'company.changed' | 'company.archived' | 'company.restored',
): Promise<Company> {
  await audit(tx, by, { action, object: { type: 'company', id }, result: 'done' })
  await emit(tx, 'company.changed', { companyId: id })
  return loadCompany(tx, by, id)
}
