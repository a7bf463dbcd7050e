import type { SubjectSource } from '../gate/subject-sources.ts'

/** Requests and complaints as the gate asks about them: she began them, and the law wants them answered whatever else she stopped. */
export const requestSubjects: SubjectSource = {
  types: ['request', 'complaint'],
  async facts(tx, about, contactId) {
    const row = await tx.db
      .selectFrom('request')
      .innerJoin('contact', (join) =>
        join.onRef('contact.workspace_id', '=', 'request.workspace_id').onRef('contact.id', '=', 'request.contact_id'),
      )
      .select(['request.kind', 'request.contact_id', 'contact.merged_into'])
      .where('request.workspace_id', '=', tx.workspaceId)
      .where('request.id', '=', about.id)
      .executeTakeFirst()
    if (!row || (row.kind === 'complaint') !== (about.type === 'complaint')) return null
    if (row.contact_id !== contactId && row.merged_into !== contactId) return null
    return { open: true, startedBy: 'contact' }
  },
  newest: async () => null,
}
