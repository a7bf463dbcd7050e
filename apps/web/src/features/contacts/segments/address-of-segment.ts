import type { ContactsSearch } from '../address.ts'
import { addressOfLook } from '../table/look.ts'
import { partsOf } from './filter-value.ts'
import type { Segment } from './queries.ts'

/** What the address says to show a segment: its conditions, and its table where it has one. */
export const addressOfSegment = ({ id, filter, look }: Pick<Segment, 'id' | 'filter' | 'look'>): Partial<ContactsSearch> => ({
  segment: id,
  filter: partsOf(filter).parts.length === 0 ? undefined : filter,
  q: undefined,
  ...addressOfLook(look),
})
