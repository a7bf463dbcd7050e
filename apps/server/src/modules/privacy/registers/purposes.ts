import type { ContactPurposeGround, ProcessingBasis } from '@frontdesk/contract'
import type { z } from 'zod'
import type { Purpose } from '../../../platform/inventory/index.ts'

type Basis = z.output<typeof ProcessingBasis>
/** A ground and where the law has it. */
export type Ground = { readonly basis: Basis; readonly law: string }

/**
 * The ground of each purpose for whoever decides about it. GDPR as of 2018-05-25, consolidated text; ask counsel before you rely on it. What a workspace's own contacts are
 * processed for is decided by the workspace: for the operator of the server it is its instruction.
 */
export const purposeGrounds: Readonly<Record<Purpose, Ground>> = {
  account: { basis: 'contract', law: 'GDPR Art. 6(1)(b)' },
  security: { basis: 'legitimate_interest', law: 'GDPR Art. 6(1)(f), Art. 32' },
  service: { basis: 'contract', law: 'GDPR Art. 6(1)(b)' },
  communication: { basis: 'contract', law: 'GDPR Art. 6(1)(b)' },
  compliance: { basis: 'legal_obligation', law: 'GDPR Art. 6(1)(c)' },
  operation: { basis: 'legitimate_interest', law: 'GDPR Art. 6(1)(f)' },
}

/** The ground of each message, by what it is for. */
export const contactPurposeGrounds: readonly z.output<typeof ContactPurposeGround>[] = [
  { purpose: 'reply', basis: 'contract', law: 'GDPR Art. 6(1)(b)' },
  { purpose: 'service', basis: 'contract', law: 'GDPR Art. 6(1)(b)' },
  { purpose: 'legal', basis: 'legal_obligation', law: 'GDPR Art. 6(1)(c)' },
  { purpose: 'feedback', basis: 'legitimate_interest', law: 'GDPR Art. 6(1)(f), Art. 21' },
  { purpose: 'marketing', basis: 'consent', law: 'GDPR Art. 6(1)(a); ePrivacy Directive Art. 13; TCPA and CASL as the gate has them' },
]

/** What is done to keep data safe (GDPR Art. 32), by the keys of their words: each is something this software does by itself. */
export const safeguards = [
  'encrypted_fields',
  'encrypted_files',
  'keys_apart',
  'separated_workspaces',
  'passwords',
  'audit_chain',
  'backups',
  'least_rights',
] as const
