import type { ContactId, MemberId, Principal } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactFacts, loadContact } from '../../contacts/index.ts'
import { loadRequest, lockRequest } from './find-request.ts'
import { deciders } from './office.ts'
import { raiseWhereSensitive } from './proof-level.ts'
import type { StoredRequest } from './request.tables.ts'
import { requestTranslator } from './request.words.ts'
import { aboutHer } from './request-files.ts'
import { changeRequest, notNow, remember } from './take-step.ts'

/** Says who looks after a case: an owner or a privacy officer. */
export async function assignRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly memberId: MemberId | null },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (wish.memberId !== null && !(await deciders(tx)).some(({ id }) => id === wish.memberId))
    throw new Refusal('http/invalid-request', { detail: 'Choose an owner or somebody with the role privacy officer. Nothing was saved.' })
  await audit(tx, by, { action: 'request.assigned', object: { type: 'request', id: row.id }, result: 'done' })
  const noun = row.kind === 'complaint' ? 'complaint' : 'request'
  await emit(tx, `${noun}.changed`, { requestId: row.id, state: row.state })
  return changeRequest(tx, row, { owner_member_id: wish.memberId })
}

/** Says whose request it is, where the address that was typed was not on file. It can be corrected until she has proven who she is. */
export async function chooseContact(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly contactId: ContactId },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  const open = row.state === 'acknowledged' || row.state === 'verifying' || row.verified_how === 'not_needed'
  if (!open || row.closed_at !== null) throw notNow(row)
  const { id } = await loadContact(tx, by, wish.contactId)
  const { contactId } = await contactFacts(tx, id)
  await audit(tx, by, { action: 'request.contact_chosen', object: { type: 'request', id: row.id }, result: 'done' })
  const chosen = await changeRequest(tx, row, { contact_id: contactId, point_id: null })
  if (row.kind !== 'complaint') await remember(tx, by, chosen, 'received')
  await aboutHer(tx, chosen)
  return raiseWhereSensitive(tx, chosen)
}

/** Adds a note that only the team sees. */
export async function noteRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly text: string },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  await tx.db
    .insertInto('request_note')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      request_id: row.id,
      text: wish.text,
      written_by: actorText(by),
      created_at: tx.now,
    })
    .execute()
  return row
}

/** Words to begin an answer with, in her language. */
export async function requestTemplates(
  tx: WorkspaceTx,
  by: Principal,
  requestId: string,
): Promise<{ answer: string; refusal: string; extension: string; resolution: string }> {
  const { kind, locale, requesterName } = await loadRequest(tx, by, requestId)
  const business = await workspaceFacts(tx)
  const t = requestTranslator(chooseLocale([locale, business.locale]))
  const vars = { business: business.name, name: requesterName ?? '' }
  const hello = requesterName === null ? t('template/hello') : t('template/helloName', vars)
  const letter = (text: string) => `${hello}\n\n${text}\n\n${t('template/regards', vars)}`
  return {
    answer: letter(t(`template/answer/${kind}`, vars)),
    refusal: letter(t('template/refusal', vars)),
    extension: t('template/extension', vars),
    resolution: letter(t('template/resolution', vars)),
  }
}
