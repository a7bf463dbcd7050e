import type { StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { openServices } from '../present-public.ts'
import type { ServiceRow } from '../service.tables.ts'
import { freeSlug, slugOf } from '../slug.rules.ts'

/** Somebody whom visitors may choose, with what they may choose her for. */
export type BookablePerson = {
  readonly id: StaffId
  readonly name: string
  readonly hue: number
  /** The end of her page's address. */
  readonly slug: string
  readonly services: readonly ServiceRow[]
}

/** Everybody whom visitors may choose for something, by name. Others are named nowhere. Addresses are made of names; who came first keeps the plain one. */
export async function bookablePeople(tx: WorkspaceTx): Promise<BookablePerson[]> {
  const services = (await openServices(tx)).filter((service) => service.choose_person)
  if (services.length === 0) return []
  const rows = await tx.db
    .selectFrom('staff')
    .innerJoin('service_staff', (join) =>
      join.onRef('service_staff.staff_id', '=', 'staff.id').on('service_staff.workspace_id', '=', tx.workspaceId),
    )
    .select(['staff.id', 'staff.name', 'staff.hue', 'service_staff.service_id'])
    .where('staff.workspace_id', '=', tx.workspaceId)
    .where('staff.active', '=', true)
    .where('staff.archived_at', 'is', null)
    .where(
      'service_staff.service_id',
      'in',
      services.map(({ id }) => id),
    )
    .orderBy('staff.id')
    .execute()
  const taken = new Set<string>()
  const people: BookablePerson[] = []
  for (const [id, links] of Map.groupBy(rows, (row) => row.id)) {
    const first = links[0]
    if (!first) continue
    const slug = freeSlug(slugOf(first.name, 'person'), taken)
    taken.add(slug)
    const given = new Set(links.map((link) => link.service_id))
    people.push({ id, name: first.name, hue: first.hue, slug, services: services.filter((service) => given.has(service.id)) })
  }
  return people.sort((a, b) => a.name.localeCompare(b.name))
}

/** The person that an address names, by the end of her page's address or by her id. */
export const personIn = (people: readonly BookablePerson[], text: string | undefined): BookablePerson | undefined =>
  people.find(({ id, slug }) => slug === text || id === text)
