import type { PersonData, PersonProcessing } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Retention, RetentionRule } from '../../../platform/inventory/index.ts'
import { collectedUnder } from '../policies/collected-under.ts'
import { listProcessors } from '../registers/processors.ts'
import { endsOtherwise } from '../retention/retention-rules.ts'
import { retentionSetting } from '../retention/retention-setting.ts'
import type { TablePlan } from './plan.rules.ts'

/** What machines decide about a contact, and by which logic; its words are in export.words.ts. A room that lets one decide more adds it here. */
export const automatedLogic = [
  { name: 'contact_rules', effect: 'not_significant' },
  { name: 'stop_words', effect: 'not_significant' },
  { name: 'no_decision_alone', effect: 'none' },
] as const satisfies PersonProcessing['automatedLogic']

/** The rule of the workspace that sets a period for a retention, where one does. */
const ruleOf: Partial<Record<Retention, RetentionRule>> = {
  contact: 'contact',
  booking: 'booking',
  conversation: 'conversation',
  mail: 'mail',
  proof: 'proof',
}

/** What she is told beside her data, from the same declarations from which it is gathered. */
export async function processingOf(
  tx: WorkspaceTx,
  shown: readonly Pick<TablePlan, 'table' | 'columns'>[],
  tables: PersonData['tables'],
): Promise<PersonProcessing> {
  const uses = new Map<string, PersonProcessing['uses'][number]>()
  for (const { table, columns } of shown) {
    if ((tables[table] ?? []).length === 0) continue
    for (const field of Object.values(columns)) {
      if (field.kind !== 'personal') continue
      const { category, purpose, basis, retention } = field
      const key = [category, purpose, basis, retention].join(' ')
      const before = uses.get(key)?.tables ?? []
      uses.set(key, { category, purpose, basis, retention, tables: before.includes(table) ? before : [...before, table] })
    }
  }
  const { days } = await retentionSetting(tx)
  const retentions = [...new Set([...uses.values()].map(({ retention }) => retention as Retention))]
  return {
    sources: await sourcesOf(tx, tables.contact ?? []),
    uses: [...uses.values()],
    recipients: (await listProcessors(tx))
      .filter(({ state }) => state !== 'ended' && state !== 'withdrawn')
      .map(({ name, kind, region, mechanism, purposes, categories }) => ({ name, kind, region, mechanism, purposes, categories })),
    periods: retentions.map((retention) => {
      const rule = ruleOf[retention]
      return { retention, days: rule === undefined ? null : days[rule], ...endsOtherwise[retention] }
    }),
    automatedLogic: [...automatedLogic],
  }
}

/** Where she came from and when, with the notice that stood then: her data are used as it said. */
async function sourcesOf(tx: WorkspaceTx, contacts: PersonData['tables'][string]): Promise<PersonProcessing['sources']> {
  const sources: PersonProcessing['sources'] = []
  for (const { source, created_at } of contacts) {
    const at = Temporal.Instant.from(String(created_at))
    const notice = await collectedUnder(tx, at)
    sources.push({
      from: String(source),
      at: at.toString(),
      notice: notice && { version: notice.version, publishedAt: notice.publishedAt.toString() },
    })
  }
  return sources
}
