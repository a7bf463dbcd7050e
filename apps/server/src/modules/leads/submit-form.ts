import type { FormSubmission, HoldReason, Principal, SensitiveKind } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { maskFromOutside, noteMasked } from '../privacy/index.ts'
import { admitSubmission } from './admit-submission.ts'
import type { Entry } from './form.rules.ts'
import type { FormRow, FormSubmissionRow, KeptAnswer, KeptTick } from './form.tables.ts'
import { leadsPolicy } from './leads.policy.ts'
import { knownByAddress } from './link-held.ts'

/** The same content within this time is the same submission, however often the button was pressed. */
const SAME_WITHIN = { minutes: 10 }
/** Whatever nobody decides about goes after this. */
const HELD = { hours: 24 * 30 }

export type SubmitForm = {
  readonly form: Selectable<FormRow>
  readonly entry: Entry
  /** What was ticked, with the sign of the words beside it. */
  readonly agreed: readonly KeptTick[]
  /** Why a person has to look at it first; nothing: it is taken at once. */
  readonly reasons: readonly HoldReason[]
  readonly locale: string
  readonly zone: string | null
  readonly via: FormSubmission['via']
  readonly cameFrom: string | null
  readonly campaign: string | null
  /** The page it was sent from. */
  readonly tokenId: string | null
}

type Row = Selectable<FormSubmissionRow>

/**
 * Takes what somebody sent: contact, lead, timeline and consents in one transaction, or holds it back for a person to look at. The same content sent again is the same submission.
 * Throws `leads/form-closed`, `privacy/place-not-served`, and for programs `privacy/erased-before`.
 */
export async function submitForm(tx: WorkspaceTx, by: Principal, wish: SubmitForm): Promise<Row> {
  leadsPolicy.require(by, 'forms.submit')
  const { form } = wish
  if (form.archived_at !== null) throw formClosed()
  const { entry, campaign, cameFrom, masked } = withoutNumbers(wish)
  const contentHash = hashOf(tx, form.id, entry, wish.agreed)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.workspaceId}|form|${contentHash}`}, 7))`.execute(tx.db)
  const before = await sentBefore(tx, contentHash)
  if (before) return before

  const held = wish.reasons.length > 0
  const draft: Row = {
    workspace_id: tx.workspaceId,
    id: tx.newId(),
    form_id: form.id,
    state: 'held',
    contact_id: held ? await knownByAddress(tx, entry) : null,
    lead_id: null,
    joined: false,
    typed_name: entry.name,
    typed_email: entry.email ?? null,
    typed_phone: entry.phone ?? null,
    answers: entry.answers,
    agreed: wish.agreed,
    reasons: wish.reasons,
    locale: wish.locale,
    zone: wish.zone,
    via: wish.via,
    came_from: cameFrom,
    campaign,
    content_hash: contentHash,
    token_id: wish.tokenId,
    created_at: tx.now,
    held_until: tx.now.add(HELD),
  }
  const insert = (row: Row) =>
    tx.db
      .insertInto('form_submission')
      .values({
        ...row,
        answers: JSON.stringify(row.answers),
        agreed: JSON.stringify(row.agreed),
        reasons: JSON.stringify(row.reasons),
      })
      .execute()
  if (held) {
    await insert(draft)
    await noteMasked(tx, by, { contactId: draft.contact_id, source: 'form', found: masked })
    await emit(tx, 'form.held', { formId: form.id, submissionId: draft.id })
    return draft
  }
  return admitSubmission(tx, by, { form, row: draft, masked, keep: insert })
}

/** The refusal for a form that was put away. */
export const formClosed = (): Refusal =>
  new Refusal('leads/form-closed', { detail: 'This form was put away. Open it again, or use another one. Nothing was saved.' })

/** How often a page was sent before with other content. */
export async function timesSent(tx: WorkspaceTx, tokenId: string): Promise<number> {
  const { count } = await tx.db
    .selectFrom('form_submission')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('token_id', '=', tokenId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

const sentBefore = (tx: WorkspaceTx, contentHash: string): Promise<Row | undefined> =>
  tx.db
    .selectFrom('form_submission')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('content_hash', '=', contentHash)
    .where('created_at', '>', tx.now.subtract(SAME_WITHIN))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

function hashOf(tx: WorkspaceTx, formId: string, entry: Entry, agreed: readonly KeptTick[]): string {
  const { name, email, phone, answers } = entry
  const content = [
    formId,
    name,
    email?.toLowerCase() ?? '',
    phone ?? '',
    answers.map(({ key, text }) => [key, text]),
    agreed.map(({ key }) => key),
  ]
  return tx.keys.hash(tx.workspaceId, 'form', JSON.stringify(content))
}

/** Card and Social Security numbers are masked before anything is kept. */
function withoutNumbers({ entry, cameFrom, campaign }: SubmitForm): {
  readonly entry: Entry
  readonly cameFrom: string | null
  readonly campaign: string | null
  readonly masked: readonly SensitiveKind[]
} {
  const facts = maskFromOutside({ name: entry.name, cameFrom, campaign })
  const answers = entry.answers.map((answer) => {
    const { fields, found } = maskFromOutside({ text: answer.text, value: answer.value })
    return { answer: { ...answer, ...fields } as KeptAnswer, found }
  })
  return {
    entry: { ...entry, name: facts.fields.name, answers: answers.map(({ answer }) => answer) },
    cameFrom: facts.fields.cameFrom,
    campaign: facts.fields.campaign,
    masked: [...new Set([...facts.found, ...answers.flatMap(({ found }) => found)])],
  }
}
