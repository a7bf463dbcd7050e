import type { PersonKind, Principal, ProcessingActivity, ProcessingRecords } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { csvOf } from '../erasure/csv.rules.ts'
import { privacyOffice } from '../requests/office.ts'
import { countPersons } from './person-kinds.ts'
import { processingActivities, tablesByPerson } from './processing-records.rules.ts'
import { listProcessors } from './processors.ts'
import { contactPurposeGrounds, safeguards } from './purposes.ts'
import { registersPolicy } from './registers.policy.ts'
import { registerSurroundings } from './surroundings.ts'

/** The records of processing as they are right now. Nothing of them is written by hand. */
export async function readProcessingRecords(tx: WorkspaceTx, by: Principal): Promise<ProcessingRecords> {
  registersPolicy.require(by, 'registers.read')
  const { inventory } = registerSurroundings.get()
  const recipients = await listProcessors(tx)
  const business = await workspaceFacts(tx)
  const { officer } = await privacyOffice(tx)
  const tables = tablesByPerson(inventory)
  const counts = await countPersons(tx)
  return {
    madeAt: tx.now.toString(),
    business: business.name,
    officer: officer && { name: officer.name, email: officer.email },
    ...processingActivities(inventory, recipients),
    persons: (Object.keys(tables) as PersonKind[]).map((kind) => ({ kind, count: counts[kind], tables: tables[kind] })),
    contactPurposes: [...contactPurposeGrounds],
    transfers: recipients
      .filter(({ stopped, region }) => stopped === null && region !== 'unknown')
      .map(({ name, region, mechanism }) => ({ recipient: name, region, mechanism })),
    safeguards: [...safeguards],
  }
}

/** One side of the records as CSV, for whoever keeps them in a spreadsheet. */
export async function processingTable(
  tx: WorkspaceTx,
  by: Principal,
  { side }: { readonly side: 'controller' | 'processor' },
): Promise<{ name: string; csv: string }> {
  const records = await readProcessingRecords(tx, by)
  return { name: `processing-${side}-${records.madeAt.slice(0, 10)}.csv`, csv: csvOf(records[side].map(lineOf)) }
}

const lineOf = (activity: ProcessingActivity) => ({
  purpose: activity.purpose,
  basis: [activity.basis, ...activity.otherBases].join('; '),
  law: activity.law,
  persons: activity.persons.join('; '),
  categories: activity.categories.join('; '),
  tables: activity.tables.join('; '),
  kept: activity.periods.map(({ retention, ends }) => `${retention}: ${ends}`).join(' '),
  recipients: activity.recipients.join('; '),
})
