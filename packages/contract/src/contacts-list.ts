import { z } from 'zod'
import { FieldKey } from './contacts-fields.ts'
import { FilterInQuery } from './contacts-filter.ts'
import { idOf } from './ids.ts'
import { Line, PageQuery } from './values.ts'

/** How a list of contacts is narrowed and sorted. */
export const ContactListQuery = PageQuery.extend({
  /** `recent`: last activity first; `name`: alphabetical. */
  sort: z.enum(['recent', 'name']).default('recent'),
  tag: Line(60).optional(),
  ownerMemberId: idOf('member').optional(),
  archived: z.enum(['no', 'only']).default('no'),
  /** Only those whose own field says `is`, or lies between `from` and `to`, ends included. A choice is named by its key, yes and no by these words, an amount by minor units. */
  field: FieldKey.optional(),
  is: Line(200).optional(),
  from: Line(40).optional(),
  to: Line(40).optional(),
  /** A filter, as JSON; the other parameters narrow further. Where it speaks of those who were archived, `archived` is not looked at. */
  filter: FilterInQuery.optional(),
})
