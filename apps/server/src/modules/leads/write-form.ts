import type { EditFormBody, Form, FormField, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { fieldsInUse, foldText, keyFrom } from '../contacts/index.ts'
import { kitChannel } from '../privacy/index.ts'
import { leadsPolicy } from './leads.policy.ts'
import { loadForm, lockForm } from './read-forms.ts'
import { loadPipeline } from './read-pipelines.ts'

/** How a form begins. */
const firstFields: readonly FormField[] = [
  { key: 'name', kind: 'name', label: null, help: null, required: true },
  { key: 'email', kind: 'email', label: null, help: null, required: true },
  { key: 'phone', kind: 'phone', label: null, help: null, required: false },
  { key: 'message', kind: 'message', label: null, help: null, required: false },
]

/** Adds a form that can be used at once. */
export async function createForm(tx: WorkspaceTx, by: Principal, { name }: { readonly name: string }): Promise<Form> {
  leadsPolicy.require(by, 'forms.manage')
  const made = await tx.db
    .insertInto('form')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      name,
      slug: await freeAddress(tx, name),
      locale: null,
      title: null,
      intro: null,
      button: null,
      fields: JSON.stringify(firstFields),
      consents: '[]',
      double_opt_in: false,
      thanks: null,
      thanks_url: null,
      pipeline_id: null,
      source: 'form',
      plain_html: false,
      created_at: tx.now,
      updated_at: tx.now,
      archived_at: null,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'slug']).doNothing())
    .returning('id')
    .executeTakeFirst()
  // Somebody took the address in this moment; the next one is free.
  return made ? told(tx, by, made.id, 'form.created') : createForm(tx, by, { name })
}

export type EditForm = z.output<typeof EditFormBody> & { readonly formId: string; readonly version: number }

/** Changes what is sent of a form. Throws 404, `http/version-mismatch`, and `http/invalid-request` for what does not go together. */
export async function editForm(tx: WorkspaceTx, by: Principal, wish: EditForm): Promise<Form> {
  leadsPolicy.require(by, 'forms.manage')
  const row = await lockForm(tx, wish.formId)
  if (row.version !== wish.version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this form since you opened it. Nothing was saved; look at the current one and try again.',
      current: await loadForm(tx, by, row.id),
    })
  const fields = wish.fields === undefined ? row.fields : await readFields(tx, wish.fields)
  const consents = [...new Set(wish.consents ?? row.consents)]
  requireConsentsFit(fields, consents, wish.doubleOptIn ?? row.double_opt_in)
  const { pipelineId } = wish
  if (pipelineId != null && (await loadPipeline(tx, by, pipelineId)).archivedAt !== null)
    throw invalid('pipelineId', 'This pipeline was put away. Choose another one.')
  const given = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value)
  await tx.db
    .updateTable('form')
    .set({
      version: row.version + 1,
      name: given(wish.name, row.name),
      locale: given(wish.locale, row.locale),
      title: given(wish.title, row.title),
      intro: given(wish.intro, row.intro),
      button: given(wish.button, row.button),
      fields: JSON.stringify(fields),
      consents: JSON.stringify(consents),
      double_opt_in: given(wish.doubleOptIn, row.double_opt_in),
      thanks: given(wish.thanks, row.thanks),
      thanks_url: given(wish.thanksUrl, row.thanks_url),
      pipeline_id: given(pipelineId, row.pipeline_id),
      source: given(wish.source, row.source),
      plain_html: given(wish.plainHtml, row.plain_html),
      updated_at: tx.now,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .execute()
  return told(tx, by, row.id, 'form.changed')
}

/** Puts a form away: its page says that it is closed. Throws 404. */
export const archiveForm = (tx: WorkspaceTx, by: Principal, formId: string): Promise<Form> => setArchived(tx, by, formId, true)

/** Opens a form again. Throws 404. */
export const restoreForm = (tx: WorkspaceTx, by: Principal, formId: string): Promise<Form> => setArchived(tx, by, formId, false)

async function setArchived(tx: WorkspaceTx, by: Principal, formId: string, away: boolean): Promise<Form> {
  leadsPolicy.require(by, 'forms.manage')
  const row = await lockForm(tx, formId)
  if ((row.archived_at !== null) === away) return loadForm(tx, by, row.id)
  await tx.db
    .updateTable('form')
    .set({ version: row.version + 1, archived_at: away ? tx.now : null, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .execute()
  return told(tx, by, row.id, away ? 'form.archived' : 'form.restored')
}

async function told(
  tx: WorkspaceTx,
  by: Principal,
  formId: string,
  action: 'form.created' | 'form.changed' | 'form.archived' | 'form.restored',
): Promise<Form> {
  await audit(tx, by, { action, object: { type: 'form', id: formId }, result: 'done' })
  await emit(tx, 'form.changed', { formId })
  return loadForm(tx, by, formId)
}

type WrittenFields = NonNullable<z.output<typeof EditFormBody>['fields']>

/** What a page cannot ask a stranger for. */
const notOnPages: readonly string[] = ['money', 'person']

/** Fields as they are kept. Each of name, email, phone and message stands once; a question is named once and keeps its key. */
async function readFields(tx: WorkspaceTx, written: WrittenFields): Promise<FormField[]> {
  const own = await fieldsInUse(tx)
  const taken = new Set<string>(['name', 'email', 'phone', 'message', ...written.flatMap(({ key }) => key ?? [])])
  const seen = new Set<string>()
  const fields = written.map((field, at): FormField => {
    const label = field.label ?? null
    const path = `fields.${at}`
    let key: string = field.kind
    if (field.kind === 'own') {
      key = field.key ?? ''
      const facts = own.find((each) => each.key === key)
      if (!facts) throw invalid(path, 'There is no such field of contacts. Add it in the settings of contacts first.')
      if (notOnPages.includes(facts.type)) throw invalid(path, 'A form cannot ask for amounts or members. Choose another field.')
    } else if (field.kind === 'question') {
      if (label === null) throw invalid(path, 'Write the question.')
      key = field.key ?? keyFrom(label, taken, 'field')
      taken.add(key)
    }
    if (seen.has(key)) throw invalid(path, 'A form asks each thing once.')
    seen.add(key)
    return { key, kind: field.kind, label, help: field.help ?? null, required: field.kind === 'name' || field.required }
  })
  if (!seen.has('name')) throw invalid('fields', 'A form asks for a name.')
  if (!seen.has('email') && !seen.has('phone')) throw invalid('fields', 'A form asks for an email address or a phone number, to answer to.')
  return fields
}

function requireConsentsFit(fields: readonly FormField[], consents: FormConsents, doubleOptIn: boolean): void {
  const asks = (kind: string) => fields.some((field) => field.kind === kind)
  for (const key of consents) {
    const kind = kitChannel(key) === 'email' ? 'email' : 'phone'
    if (!asks(kind))
      throw invalid(
        'consents',
        kind === 'email' ? 'To ask about mail, ask for an email address.' : 'To ask about texts and calls, ask for a phone number.',
      )
  }
  if (doubleOptIn && consents.length > 0 && !fields.some(({ kind, required }) => kind === 'email' && required))
    throw invalid('doubleOptIn', 'To confirm by mail, make the email address required.')
}

type FormConsents = readonly Parameters<typeof kitChannel>[0][]

async function freeAddress(tx: WorkspaceTx, name: string): Promise<string> {
  const rows = await tx.db.selectFrom('form').select('slug').where('workspace_id', '=', tx.workspaceId).execute()
  const taken = new Set(rows.map(({ slug }) => slug))
  const plain = foldText(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '')
  const base = plain === '' ? 'form' : plain
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`
    if (!taken.has(slug)) return slug
  }
}

const invalid = (path: string, message: string): Refusal =>
  new Refusal('http/invalid-request', {
    detail: `${path}: ${message} Nothing was saved.`,
    faults: [{ path: `body.${path}`, code: 'does_not_fit', message }],
  })
