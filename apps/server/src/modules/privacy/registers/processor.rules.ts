import type { DataCategory, ProcessingPurpose, ProcessorState, ProcessorStop, Region } from '@frontdesk/contract'
import type { StoredProcessor } from './processor.tables.ts'

type Entry = Pick<
  StoredProcessor,
  'connection' | 'name' | 'contract_ref' | 'withdrawn_at' | 'ended_at' | 'region' | 'mechanism' | 'purposes' | 'categories'
>

/** How an entry stands. A connection of the operator's without a contract counts as instructed; anybody else needs one. */
export function stateOf(entry: Pick<Entry, 'connection' | 'contract_ref' | 'withdrawn_at' | 'ended_at'>): ProcessorState {
  if (entry.ended_at !== null) return 'ended'
  if (entry.withdrawn_at !== null) return 'withdrawn'
  if (entry.contract_ref !== null) return 'active'
  return entry.connection === null ? 'uncovered' : 'instructed'
}

/** Why nothing may go to a recipient at all; null where it may. */
export function stopOf({ region, mechanism, ...entry }: Entry, home: Region): ProcessorStop | null {
  const state = stateOf(entry)
  if (state === 'ended' || state === 'withdrawn' || state === 'uncovered') return state
  return region !== 'unknown' && region !== home && mechanism === 'none' ? 'transfer' : null
}

const sentences: Readonly<Record<ProcessorStop, (name: string) => string>> = {
  ended: (name) => `${name} does not work for this business any more. Take the entry up again in Privacy, Who receives data.`,
  withdrawn: (name) =>
    `The contract with ${name} was taken back, so nothing is sent there. Name the contract again in Privacy, Who receives data.`,
  uncovered: (name) => `Nobody wrote down under which contract ${name} works. Name it in Privacy, Who receives data.`,
  transfer: (name) =>
    `${name} keeps data in another region, and nothing is written down that allows it. Say in Privacy, Who receives data what does: adequacy, standard clauses or consent.`,
}

/** Why these data may not go to this recipient for this purpose, in one sentence; null where they may. */
export function refusalOf(
  entry: Entry,
  home: Region,
  outgoing: { readonly purpose: ProcessingPurpose; readonly categories: readonly DataCategory[] },
): string | null {
  const stopped = stopOf(entry, home)
  if (stopped !== null) return sentences[stopped](entry.name)
  const missing = outgoing.categories.filter((category) => !entry.categories.includes(category))
  if (entry.purposes.includes(outgoing.purpose) && missing.length === 0) return null
  const what = entry.purposes.includes(outgoing.purpose) ? missing.join(', ') : `the purpose ${outgoing.purpose}`
  return `The entry of ${entry.name} does not cover ${what.replaceAll('_', ' ')}. Add it in Privacy, Who receives data, if the contract covers it.`
}
