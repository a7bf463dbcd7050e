import type { StrictProof } from './surroundings.ts'

/** Where her voice is kept, a copy or an erasure asks for the strict proof (privacy-design.md §10). */
export const recordingsAreStrict: StrictProof = {
  async reasons(tx, contactIds) {
    const found = await tx.db
      .selectFrom('file_subject')
      .innerJoin('file', (join) =>
        join.onRef('file.workspace_id', '=', 'file_subject.workspace_id').onRef('file.id', '=', 'file_subject.file_id'),
      )
      .select('file.id')
      .where('file_subject.workspace_id', '=', tx.workspaceId)
      .where('file_subject.contact_id', 'in', [...contactIds])
      .where('file.purpose', '=', 'recording')
      .limit(1)
      .executeTakeFirst()
    return found ? ['recordings'] : []
  },
}

/** Where a tax number, a bank account, an insurance number or something about her health is written down, so does it, in the kind's own word. */
export const sensitiveFieldsAreStrict: StrictProof = {
  async reasons(tx, contactIds) {
    const rows = await tx.db
      .selectFrom('sensitive_value')
      .innerJoin('sensitive_field', (join) =>
        join
          .onRef('sensitive_field.workspace_id', '=', 'sensitive_value.workspace_id')
          .onRef('sensitive_field.id', '=', 'sensitive_value.field_id'),
      )
      .select('sensitive_field.kind')
      .distinct()
      .where('sensitive_value.workspace_id', '=', tx.workspaceId)
      .where('sensitive_value.contact_id', 'in', [...contactIds])
      .orderBy('sensitive_field.kind')
      .execute()
    return rows.map(({ kind }) => kind)
  },
}
