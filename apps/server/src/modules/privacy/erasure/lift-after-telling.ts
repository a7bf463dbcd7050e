import type { ContactId, MailId, Principal, ToldOfLifting } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { actorText } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../../platform/jobs/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { mailAsLegal } from '../gate/mail-as-legal.ts'
import type { SubjectSource } from '../gate/subject-sources.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { portalPath } from '../requests/portal-link.ts'
import { requestSurroundings } from '../requests/surroundings.ts'
import type { RestrictionRow } from './erasure.tables.ts'
import { liftingWords } from './lifting.words.ts'
import { liftRestriction } from './restrict-contact.ts'
import { restrictionOf } from './restriction-of.ts'

/** How soon it looks whether the letter has left; a letter that waits for hours is looked after less often. */
const looksAgain = (since: Temporal.Instant, now: Temporal.Instant) =>
  Temporal.Instant.compare(now, since.add({ hours: 1 })) < 0 ? { seconds: 30 } : { minutes: 10 }

/**
 * Tells her that her data are used again, and then uses them (GDPR Art. 18(3)): by a letter that has to leave first, or by what shows how she was told. Without a restriction
 * nothing happens, and while such a letter is leaving nothing but the latter. Throws 404, and `privacy/refused` where no mail can go to her.
 */
export async function liftAfterTelling(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly because: string; readonly told: ToldOfLifting },
): Promise<void> {
  privacyPolicy.require(by, 'contacts.restrict')
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  const { because, told } = wish
  if (told.how !== 'mail') return liftRestriction(tx, by, { contactId, because, told })
  const restriction = await restrictionOf(tx, contactId)
  if (!restriction || restriction.lift_state === 'letter_leaving') return
  const mailId = await tellHer(tx, restriction, because)
  await tx.db
    .updateTable('restriction')
    .set({ lift_state: 'letter_leaving', lift_mail_id: mailId, lift_asked_by: actorText(by), lifted_because: because })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', restriction.id)
    .execute()
  await enqueue(tx, liftAfterLetterJob, { restrictionId: restriction.id, since: tx.now.toString() })
}

async function tellHer(tx: WorkspaceTx, { id, contact_id, since }: Selectable<RestrictionRow>, because: string): Promise<MailId> {
  const told = await mailAsLegal(tx, {
    contactId: contact_id,
    about: { type: 'restriction', id },
    automatic: false,
    letter: ({ contact, business, locale }) => {
      const t = translator(liftingWords, locale)
      const day = since.toZonedDateTimeISO(business.zone).toPlainDate().toLocaleString(locale, { dateStyle: 'long' })
      const vars = { business: business.name, name: contact.name, day }
      const href = `${requestSurroundings.get().publicUrl()}${portalPath(business.slug)}?lang=${locale}`
      return {
        subject: t('subject', vars),
        paragraphs: [t('hello', vars), t('what', vars), t('because', { because }), t('object')],
        links: [{ words: t('link'), href }],
      }
    },
  })
  if (told.mailId !== null) return told.mailId
  throw new Refusal('privacy/refused', {
    detail: `No mail of ours can go to her (${told.reason.replaceAll('_', ' ')}). Tell her by letter, on the phone or in person, and record how. Nothing was changed.`,
  })
}

/** Ends the restriction once the letter that tells her has left; a letter that did not leave ends nothing, and the card says so. */
export const liftAfterLetterJob: Job<{ restrictionId: string; since: string }> = defineJob({
  name: 'privacy.lift-after-letter',
  payload: z.strictObject({ restrictionId: z.uuid(), since: z.string() }),
  fields: { restrictionId: system, since: system },
  run: (context, { restrictionId, since }) =>
    context.inWorkspace(async (tx) => {
      if (await liftIfLetterLeft(tx, context.by, restrictionId)) return
      const startAfter = tx.now.add(looksAgain(Temporal.Instant.from(since), tx.now))
      await enqueue(tx, liftAfterLetterJob, { restrictionId, since }, { startAfter })
    }),
})

/** The same in one transaction; false while it has to wait. */
async function liftIfLetterLeft(tx: WorkspaceTx, by: Principal, restrictionId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('restriction')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', restrictionId)
    .where('lifted_at', 'is', null)
    .where('lift_state', '=', 'letter_leaving')
    .forUpdate()
    .executeTakeFirst()
  if (!row?.lift_mail_id) return true
  const mail = await tx.db
    .selectFrom('mail')
    .select('state')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.lift_mail_id)
    .executeTakeFirst()
  if (mail?.state === 'queued' || mail?.state === 'sending') return false
  if (mail?.state === 'sent') {
    await liftRestriction(tx, by, { contactId: row.contact_id, because: row.lifted_because ?? '', told: { how: 'mail' } })
    return true
  }
  await tx.db
    .updateTable('restriction')
    .set({ lift_state: 'letter_failed', lifted_because: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .execute()
  await emit(tx, 'contact.changed', { contactId: row.contact_id })
  return true
}

/** Restrictions as the gate asks about them: whoever's data are only kept is told before they are used again, whatever she stopped. */
export const restrictionSubjects: SubjectSource = {
  types: ['restriction'],
  async facts(tx, about, contactId) {
    const row = await tx.db
      .selectFrom('restriction')
      .innerJoin('contact', (join) =>
        join.onRef('contact.workspace_id', '=', 'restriction.workspace_id').onRef('contact.id', '=', 'restriction.contact_id'),
      )
      .select(['contact.id', 'contact.merged_into'])
      .where('restriction.workspace_id', '=', tx.workspaceId)
      .where('restriction.id', '=', about.id)
      .executeTakeFirst()
    return row && (row.merged_into ?? row.id) === contactId ? { open: true, startedBy: 'us' } : null
  },
  newest: async () => null,
}
