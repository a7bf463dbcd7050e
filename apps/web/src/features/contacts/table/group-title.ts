import type { GroupBy } from '../address.ts'
import type { Group } from './queries.ts'
import type { TableTranslator } from './words.ts'

/** What a group is called; those in none by what they have none of. */
export function groupTitle({ key, name }: Pick<Group, 'key' | 'name'>, by: GroupBy | undefined, t: TableTranslator): string {
  if (key === 'none') return t(by === 'owner' || by === 'company' || by === 'tag' ? `none/${by}` : 'none/field')
  if (by?.startsWith('own.') && (key === 'yes' || key === 'no') && name === key) return t(key)
  return name ?? ''
}
