import type { FieldValue, FormSubmission, Principal, SubmitFormBody } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { fieldsInUse, homeCountry, normalizePhone } from '../contacts/index.ts'
import { readEntry } from './form.rules.ts'
import { leadsPolicy } from './leads.policy.ts'
import { labelsIn } from './public/form-page.ts'
import { formById } from './read-forms.ts'
import { loadSubmission } from './read-submissions.ts'
import { submitForm } from './submit-form.ts'

export type SubmitAsProgram = z.output<typeof SubmitFormBody> & { readonly formId: string }

/** Sends a form for somebody, as a program or a member. Nothing is agreed to by it. Throws `http/invalid-request` with a fault for each field, and what `submitForm` throws. */
export async function submitAsProgram(tx: WorkspaceTx, by: Principal, wish: SubmitAsProgram): Promise<FormSubmission> {
  leadsPolicy.require(by, 'forms.submit')
  const form = await formById(tx, wish.formId)
  const country = await homeCountry(tx)
  const own = await fieldsInUse(tx)
  const { name, email, phone, message, answers = {} } = wish
  const given: Record<string, FieldValue | undefined> = { ...answers, name, email, phone, message }
  const asked = new Set(form.fields.map(({ key }) => key))
  const unknown = Object.keys(given).filter((key) => given[key] !== undefined && !asked.has(key))
  const business = await workspaceFacts(tx)
  const read = readEntry(
    {
      fields: form.fields,
      own,
      dialled: (typed) => normalizePhone(typed, country),
      labelOf: labelsIn(form.locale ?? business.locale, own),
    },
    given,
  )
  const faults = [
    ...unknown.map((key) => ({ key, message: 'This form does not ask for it.' })),
    ...(read.ok ? [] : read.faults.map(({ key, message }) => ({ key, message }))),
  ]
  if (!read.ok || faults.length > 0)
    throw new Refusal('http/invalid-request', {
      detail: `${faults.map(({ key, message }) => `${key}: ${message}`).join(' ')} Nothing was saved.`,
      faults: faults.map(({ key, message }) => ({
        path: ['name', 'email', 'phone', 'message'].includes(key) ? `body.${key}` : `body.answers.${key}`,
        code: 'does_not_fit',
        message,
      })),
    })
  const sent = await submitForm(tx, by, {
    form,
    entry: read.entry,
    agreed: [],
    reasons: [],
    locale: wish.locale ?? form.locale ?? business.locale,
    zone: null,
    via: 'api',
    cameFrom: wish.cameFrom ?? null,
    campaign: wish.campaign ?? null,
    tokenId: null,
  })
  return loadSubmission(tx, { kind: 'system', workspaceId: tx.workspaceId, job: 'leads.form' }, sent.id)
}
