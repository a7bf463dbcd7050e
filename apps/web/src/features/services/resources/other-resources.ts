import type { Booking, Service } from '../../calendar/queries.ts'
import type { Resource } from './queries.ts'

/** Which rooms or devices could stand for one that a booking has: those of the same need, in use, itself first. */
export function standFor(
  held: Booking['resources'][number],
  needs: Service['needs'],
  resources: readonly Resource[],
): readonly { readonly id: string; readonly name: string }[] {
  const same = new Set(needs.filter(({ resourceIds }) => resourceIds.includes(held.id)).flatMap(({ resourceIds }) => resourceIds))
  // A need that was changed since then names it no more; one of its kind does as well.
  const fits = (one: Resource) => (same.size > 0 ? same.has(one.id) : one.kind === held.kind)
  return [held, ...resources.filter((one) => one.id !== held.id && one.active && fits(one))]
}
