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
