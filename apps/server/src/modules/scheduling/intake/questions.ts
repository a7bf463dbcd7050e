import type { Intake, IntakeBody, IntakeQuestion, Principal, ServiceId } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { fieldNameScreens } from '../../contacts/index.ts'
import { serviceById } from '../find-service.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'

/** What a service asks, in order. */
export async function questionsOf(tx: WorkspaceTx, serviceId: ServiceId): Promise<IntakeQuestion[]> {
  const rows = await tx.db
    .selectFrom('intake_question')
    .select(['id', 'kind', 'label', 'help', 'required', 'choices'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('service_id', '=', serviceId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, choices: [...row.choices] }))
}

/** The questions with the version that an edit names. Throws `http/not-found`. */
export async function readIntake(tx: WorkspaceTx, by: Principal, serviceId: ServiceId): Promise<Intake> {
  schedulingPolicy.require(by, 'services.read')
  const { intake_version: version } = await serviceById(tx, serviceId)
  return { version, questions: await questionsOf(tx, serviceId) }
}

export type WriteIntake = IntakeBody & { readonly serviceId: ServiceId; readonly version: number }

/** Says what a service asks, whole. What was answered stays with its words, also where its question goes. */
export async function writeIntake(tx: WorkspaceTx, by: Principal, wish: WriteIntake): Promise<Intake> {
  schedulingPolicy.require(by, 'services.manage')
  const { serviceId, version, questions } = wish
  await serviceById(tx, serviceId)
  const { numUpdatedRows } = await tx.db
    .updateTable('service')
    .set({ intake_version: version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', serviceId)
    .where('intake_version', '=', version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Nothing was saved. Look at the questions as they are now and change them again.',
      currentVersion: (await serviceById(tx, serviceId)).intake_version,
    })
  }
  const before = await questionsOf(tx, serviceId)
  const known = new Map(before.map((question) => [question.id, question]))
  for (const [index, { id, label }] of questions.entries()) {
    // An answer keeps the kind it was given in: another kind is another question.
    const same = id === undefined ? undefined : known.get(id)
    if (id !== undefined && (!same || same.kind !== questions[index]?.kind))
      throw faultOf(
        index,
        same ? 'kind' : 'id',
        same ? 'Add a new question for another kind of answer.' : 'There is no such question here.',
      )
    if (!wish.notSensitive && same?.label !== label) lookAtLabel(label)
  }
  const kept = questions.flatMap(({ id }) => id ?? [])
  await tx.db
    .deleteFrom('intake_question')
    .where('workspace_id', '=', tx.workspaceId)
    .where('service_id', '=', serviceId)
    .$if(kept.length > 0, (query) => query.where('id', 'not in', kept))
    .execute()
  for (const [position, { id, kind, label, help, required, choices }] of questions.entries()) {
    const columns = { position, label, help, required, choices: JSON.stringify(kind === 'choice' ? choices : []) }
    if (id !== undefined)
      await tx.db.updateTable('intake_question').set(columns).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
    else
      await tx.db
        .insertInto('intake_question')
        .values({ workspace_id: tx.workspaceId, id: tx.newId(), service_id: serviceId, kind, ...columns, created_at: tx.now })
        .execute()
  }
  await emit(tx, 'service.changed', { serviceId })
  await audit(tx, by, { action: 'service.questions_changed', object: { type: 'service', id: serviceId }, result: 'done' })
  return readIntake(tx, by, serviceId)
}

const faultOf = (index: number, field: string, message: string) =>
  new Refusal('http/invalid-request', {
    detail: `questions.${index}.${field}: ${message} Nothing was saved.`,
    faults: [{ path: `body.questions.${index}.${field}`, code: 'not_allowed', message }],
  })

/** An answer is kept in the open, as a note is: what needs protection is declared as a protected field and asked there. */
function lookAtLabel(label: string): void {
  for (const screen of fieldNameScreens.all()) {
    const found = screen.look(label)
    if (!found) continue
    throw new Refusal('contacts/sensitive-field', {
      detail: `“${found.word}” sounds like data that need protection. Declare a protected field for it, or say that it is none. Nothing was saved.`,
      kind: found.kind,
      word: found.word,
    })
  }
}
