import type { GroupKey } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type FieldRow, fieldsInUse } from '../fields/list-fields.ts'
import type { ResolvedCondition } from '../segments/resolved-filter.ts'

/** What contacts are grouped by, against the fields of a workspace. */
export type Grouping = { readonly by: 'owner' | 'company' | 'tag' } | { readonly by: 'field'; readonly field: FieldRow }

/** The key of those who are in no group. */
export const NO_GROUP = 'none'

/** Types whose values are few and known. */
const grouped: readonly FieldRow['type'][] = ['choice', 'choices', 'yes_no']

/** Reads what to group by. Throws `http/invalid-request` for a field that is not there, has no choices, or is none that lists are narrowed by. */
export async function readGrouping(tx: WorkspaceTx, by: GroupKey, at = 'query.by'): Promise<Grouping> {
  if (by === 'owner' || by === 'company' || by === 'tag') return { by }
  const field = (await fieldsInUse(tx)).find(({ key }) => `own.${key}` === by)
  if (!field) throw fault(at, 'There is no such field.')
  if (!grouped.includes(field.type)) throw fault(at, `“${field.label}” has no choices to group by.`)
  if (field.filter !== 'ready')
    throw fault(
      at,
      `Lists are not narrowed by “${field.label}”, so they cannot be grouped by it. Turn that on in the settings, or wait a moment.`,
    )
  return { by: 'field', field }
}

/** The condition that those of one group meet. Throws `http/invalid-request` for a key that is none. */
export function partOfGroup(grouping: Grouping, key: string): ResolvedCondition {
  const none = key === NO_GROUP
  if (grouping.by === 'field') {
    const { field } = grouping
    const look = { on: 'field', field: { id: field.id, key: field.key, slot: field.slot, type: field.type }, from: null, to: null } as const
    return none ? { ...look, is: null, not: true } : { ...look, is: [key], not: false }
  }
  if (!none && !isId.test(key)) throw fault('query.inGroup', 'There is no such group.')
  switch (grouping.by) {
    case 'owner':
      return { on: 'owner', memberId: none ? null : key, not: false }
    case 'company':
      return { on: 'company', companyId: none ? null : key, not: false }
    case 'tag':
      return { on: 'tag', tagId: none ? null : key, not: none }
  }
}

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const fault = (path: string, message: string): Refusal =>
  new Refusal('http/invalid-request', { detail: message, faults: [{ path, code: 'group', message }] })
