import type { ContactImportRow } from './erasure.tables.ts'

export type Refusal = NonNullable<ContactImportRow['refusal']>

/** Ends a take-over without having written anything. */
export class NotTakenOver extends Error {
  override readonly name = 'NotTakenOver'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal)
    this.refusal = refusal
  }
}
