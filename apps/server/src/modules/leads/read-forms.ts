import type { Form, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import type { FormRow } from './form.tables.ts'
import { leadsPolicy } from './leads.policy.ts'
import { leadSurroundings } from './surroundings.ts'

type Row = Selectable<FormRow>

/** The forms by name; those that were put away at the end. */
export async function listForms(tx: WorkspaceTx, by: Principal): Promise<Form[]> {
  leadsPolicy.require(by, 'forms.read')
  const rows = await tx.db.selectFrom('form').selectAll().where('workspace_id', '=', tx.workspaceId).orderBy('name').orderBy('id').execute()
  const shown = await present(tx, rows)
  return shown.toSorted((one, other) => Number(one.archivedAt !== null) - Number(other.archivedAt !== null))
}

/** One form. Throws 404. */
export async function loadForm(tx: WorkspaceTx, by: Principal, formId: string): Promise<Form> {
  leadsPolicy.require(by, 'forms.read')
  const row = await tx.db
    .selectFrom('form')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', formId)
    .executeTakeFirst()
  const [form] = row ? await present(tx, [row]) : []
  if (!form) throw noSuchForm()
  return form
}

/** A form's row, held until the transaction ends. Throws 404. */
export async function lockForm(tx: WorkspaceTx, formId: string): Promise<Row> {
  const row = await tx.db
    .selectFrom('form')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', formId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchForm()
  return row
}

/** A form's row by its id. Throws 404. */
export async function formById(tx: WorkspaceTx, formId: string): Promise<Row> {
  const row = await tx.db
    .selectFrom('form')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', formId)
    .executeTakeFirst()
  if (!row) throw noSuchForm()
  return row
}

/** A form's row by its address. Throws 404. */
export async function formBySlug(tx: WorkspaceTx, slug: string): Promise<Row> {
  const row = await tx.db
    .selectFrom('form')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (!row) throw noSuchForm()
  return row
}

/** Where a form lies. */
export const formPath = (businessSlug: string, formSlug: string): string => `/f/${businessSlug}/${formSlug}`

async function present(tx: WorkspaceTx, rows: readonly Row[]): Promise<Form[]> {
  if (rows.length === 0) return []
  const { slug } = await workspaceFacts(tx)
  const counted = await tx.db
    .selectFrom('form_submission')
    .select(({ fn }) => ['form_id', 'state', fn.countAll<string>().as('count')])
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'form_id',
      'in',
      rows.map(({ id }) => id),
    )
    .groupBy(['form_id', 'state'])
    .execute()
  const count = (id: string, state: string) => Number(counted.find((row) => row.form_id === id && row.state === state)?.count ?? 0)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    slug: row.slug,
    pageUrl: `${leadSurroundings.get().publicUrl()}${formPath(slug, row.slug)}`,
    locale: row.locale,
    title: row.title,
    intro: row.intro,
    button: row.button,
    fields: row.fields.map(({ key, kind, label, help, required }) => ({ key, kind, label, help, required })),
    consents: [...row.consents],
    doubleOptIn: row.double_opt_in,
    thanks: row.thanks,
    thanksUrl: row.thanks_url,
    pipelineId: row.pipeline_id,
    source: row.source,
    plainHtml: row.plain_html,
    taken: count(row.id, 'taken'),
    held: count(row.id, 'held'),
    createdAt: row.created_at.toString(),
    archivedAt: row.archived_at?.toString() ?? null,
  }))
}

const noSuchForm = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such form here.' })
