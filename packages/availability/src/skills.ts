import type { AvailabilityQuery, Host, HostGroup } from './types.ts'

/** Groups by the members who can do what is asked. */
export type SkilledGroups<Id extends string> = {
  /** Undefined where any one host will do. */
  readonly groups: readonly HostGroup<Id>[] | undefined
  /** What a host lacks for every group that names her; nothing where one takes her. */
  readonly missing: (hostId: Id) => readonly string[]
}

/** Leaves out of each group whoever lacks a skill that it asks for. */
export function skilledGroups<Id extends string>({
  hosts,
  groups,
  service,
}: Pick<AvailabilityQuery<Id>, 'hosts' | 'groups' | 'service'>): SkilledGroups<Id> {
  const asked =
    groups ?? (service.skills?.length ? [{ members: hosts.map((host) => host.id), required: 1, skills: service.skills }] : undefined)
  if (!asked?.some((group) => group.skills?.length)) return { groups: asked, missing: () => [] }

  const byId = new Map(hosts.map((host) => [host.id, host]))
  const able = asked.map((group) => group.members.filter((id) => lacking(byId.get(id), group).length === 0))
  return {
    groups: asked.map((group, index) => ({ members: able[index] ?? [], required: requiredOf(group, able[index] ?? []) })),
    missing: (id) => {
      if (able.some((members) => members.includes(id))) return []
      const group = asked.find((one) => one.members.includes(id))
      return group ? lacking(byId.get(id), group) : []
    },
  }
}

/** All of nobody would be filled by nobody. */
function requiredOf(group: HostGroup, able: readonly string[]): 'all' | number {
  return group.required === 'all' && able.length === 0 && group.members.length > 0 ? 1 : group.required
}

function lacking(host: Host | undefined, { skills = [] }: HostGroup): readonly string[] {
  return skills.filter((skill) => !host?.skills?.includes(skill))
}
