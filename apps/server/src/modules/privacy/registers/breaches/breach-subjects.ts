import type { SubjectSource } from '../../gate/subject-sources.ts'

/** Incidents as the gate asks about them: the law wants everybody told who is affected, whatever she stopped. */
export const breachSubjects: SubjectSource = {
  types: ['breach'],
  async facts(tx, about, contactId) {
    const row = await tx.db
      .selectFrom('breach_person')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('breach_id', '=', about.id)
      .where('contact_id', '=', contactId)
      .executeTakeFirst()
    return row ? { open: true, startedBy: 'us' } : null
  },
  newest: async () => null,
}
