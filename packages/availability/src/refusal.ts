import type { AvailabilityQuery, Host, HostGroup } from './types.ts'

/** What can be wrong with a question. */
export type AvailabilityErrorCode =
  | 'empty_range'
  | 'range_too_long'
  | 'too_many_hosts'
  | 'too_many_starts'
  | 'unknown_zone'
  | 'bad_time'
  | 'bad_weekday'
  | 'bad_service'
  | 'bad_busy'
  | 'duplicate_host'
  | 'bad_group'
  | 'bad_host'
  | 'bad_travel'
  | 'bad_visit'
  | 'too_many_ways'
  | 'rule_unreadable'
  | 'rule_part'
  | 'rule_too_often'
  | 'rule_without_end'
  | 'rule_too_many'
  | 'rule_too_long'
  | 'rule_too_much'
  | 'rule_without_dates'
  | 'rule_not_at_start'

/** A question the engine refuses to work on, in a plain sentence, with code and facts for whoever maps it to an answer. */
export class AvailabilityError extends Error {
  readonly code: AvailabilityErrorCode
  readonly facts: { readonly [name: string]: string | number }

  constructor(code: AvailabilityErrorCode, message: string, facts: { readonly [name: string]: string | number } = {}) {
    super(message)
    this.name = 'AvailabilityError'
    this.code = code
    this.facts = facts
  }
}

export const minuteMs = 60_000
export const dayMs = 86_400_000

/** The bounds of one question; the last one keeps memory bounded where hosts, days and a fine step come together. */
export const limits = { days: 366, hosts: 1000, starts: 5_000_000, serviceMinutes: 7 * 1440, horizonDays: 3660, units: 10_000 } as const

/** Throws `AvailabilityError` where a question is out of bounds or makes no sense. Hours and busy times are checked where they are read. */
export function checkQuery(query: AvailabilityQuery): void {
  const { hosts, service, from, to } = query
  const length = to.epochMilliseconds - from.epochMilliseconds
  if (length <= 0) throw new AvailabilityError('empty_range', 'The range asked is empty: its end must lie after its start.')
  if (length > limits.days * dayMs) {
    throw new AvailabilityError('range_too_long', `The range asked is longer than ${limits.days} days. Ask for less at a time.`, {
      days: limits.days,
    })
  }
  if (hosts.length > limits.hosts) {
    throw new AvailabilityError('too_many_hosts', `More than ${limits.hosts} hosts cannot be asked at once.`, { hosts: limits.hosts })
  }
  if (new Set(hosts.map((host) => host.id)).size !== hosts.length) {
    throw new AvailabilityError('duplicate_host', 'A host stands in the list twice.')
  }
  checkWhole('durationMinutes', service.durationMinutes, 1, limits.serviceMinutes)
  checkWhole('stepMinutes', service.stepMinutes, 1, 1440)
  checkWhole('bufferBeforeMinutes', service.bufferBeforeMinutes ?? 0, 0, limits.serviceMinutes)
  checkWhole('bufferAfterMinutes', service.bufferAfterMinutes ?? 0, 0, limits.serviceMinutes)
  checkWhole('minimumNoticeMinutes', service.minimumNoticeMinutes ?? 0, 0, limits.horizonDays * 1440)
  checkWhole('horizonDays', service.horizonDays ?? 0, 0, limits.horizonDays)
  if ((length / (service.stepMinutes * minuteMs)) * hosts.length > limits.starts) {
    throw new AvailabilityError('too_many_starts', 'So many hosts, days and minutes cannot be asked at once. Ask for fewer days.', {
      starts: limits.starts,
    })
  }
  checkWhole('units', service.units ?? 1, 1, limits.units)
  for (const group of query.groups ?? []) checkGroup(group)
  for (const host of hosts) checkHost(host)
}

/** Hours and busy times are checked where they are read. */
function checkHost(host: Host): void {
  const whole = (name: string, value: number | undefined, least: number, most: number): void => {
    if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return
    throw new AvailabilityError('bad_host', `${name} of a host must be a whole number from ${least} to ${most}, not ${value}.`, {
      host: host.id,
      name,
      value,
    })
  }
  whole('capacity', host.capacity, 1, limits.units)
  for (const limit of host.limits ?? []) {
    whole('bookings', limit.bookings, 0, limits.starts)
    whole('minutes', limit.minutes, 0, limits.starts)
    whole('weekStart', limit.weekStart, 1, 7)
  }
}

/** Throws `AvailabilityError` on a group that asks for a part of a host, or for fewer than none. */
export function checkGroup(group: HostGroup): void {
  if (group.required === 'all' || (Number.isInteger(group.required) && group.required >= 0)) return
  throw new AvailabilityError('bad_group', `A group cannot require ${group.required} hosts: give a whole number, or "all".`, {
    required: group.required,
  })
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new AvailabilityError('bad_service', `${name} must be a whole number from ${least} to ${most}, not ${value}.`, {
    name,
    value,
    least,
    most,
  })
}
