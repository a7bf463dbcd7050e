import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { mailAsLegal } from '../../gate/mail-as-legal.ts'
import type { SubjectSource } from '../../gate/subject-sources.ts'
import type { StoredLegalRequest } from './legal.tables.ts'
import { legalTranslator } from './legal.words.ts'

/** Tells somebody that her data went to an authority, as `legal`. Answers whether she could be reached. */
export async function tellSubject(tx: WorkspaceTx, row: StoredLegalRequest, contactId: ContactId): Promise<'sent' | 'unreachable'> {
  const { mailId } = await mailAsLegal(tx, {
    contactId,
    about: { type: 'legal_request', id: row.id },
    automatic: false,
    letter: ({ contact, business, locale }) => {
      const t = legalTranslator(locale)
      const day = (row.disclosed_at ?? tx.now).toZonedDateTimeISO(business.zone).toPlainDate().toLocaleString(locale, { dateStyle: 'long' })
      const vars = { business: business.name, name: contact.name, authority: row.authority, day }
      return {
        subject: t('subject', vars),
        paragraphs: [t('hello', vars), t('what', vars), t('why'), t('rights', vars), t('regards', vars)],
      }
    },
  })
  return mailId === null ? 'unreachable' : 'sent'
}

/** Requests of authorities as the gate asks about them: whoever they are about is told, whatever she stopped. */
export const legalSubjects: SubjectSource = {
  types: ['legal_request'],
  async facts(tx, about, contactId) {
    const row = await tx.db
      .selectFrom('legal_request_subject')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('legal_request_id', '=', about.id)
      .where('contact_id', '=', contactId)
      .executeTakeFirst()
    return row ? { open: true, startedBy: 'us' } : null
  },
  newest: async () => null,
}
