import { type WorkspaceFacts, workspaceFacts } from '../accounts/index.ts'

/** The business as bookings, mails and public pages need it. */
export type Business = WorkspaceFacts

/** Reads the business this transaction is bound to. */
export const businessFacts = workspaceFacts
