import type { Subject, SubjectFacts, SubjectType } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { definePortList } from '../../../platform/events/index.ts'

/** One object, and whom a touch about it would reach. */
export type AskedSubject = { readonly about: Subject; readonly contactId: ContactId }

/** What a touch can hang on, answered by the room that owns such objects. A purpose follows from its object, so without an answer the gate refuses. */
export type SubjectSource = {
  readonly types: readonly SubjectType[]
  /** The object as the gate needs it; null where it does not exist in this workspace or belongs to another contact. */
  facts(tx: WorkspaceTx, about: Subject, contactId: ContactId): Promise<SubjectFacts | null>
  /** The same for many at once, in their order; one after the other where a room has no such way. */
  factsOfMany?(tx: WorkspaceTx, asked: readonly AskedSubject[]): Promise<readonly (SubjectFacts | null)[]>
  /** What a touch of this contact would hang on now, for "why may we reach her?"; null where there is nothing. */
  newest(tx: WorkspaceTx, contactId: ContactId): Promise<Subject | null>
}

/** Every room with such objects provides its source under its own name: conversations for `conversation`, scheduling for `booking`. */
export const subjectSources = definePortList<SubjectSource>('privacy.subjects')
