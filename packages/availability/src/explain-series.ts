import { explainSlot } from './explain.ts'
import { minuteMs } from './refusal.ts'
import { expandSeries, type Occurrence, type Series } from './series.ts'
import type { AvailabilityQuery, Busy, Host, ServiceRules, SlotExplanation } from './types.ts'

/** What becomes of a series, time by time. */
export type SeriesExplanation<Id extends string = string> = {
  /** Each time by itself: what stands in the way before anything of the series is booked. */
  readonly times: readonly { readonly occurrence: Occurrence; readonly explanation: SlotExplanation<Id> }[]
  /** Who could take every single time, her own earlier ones counted. */
  readonly hostIdsForAll: readonly Id[]
}

/** Whether the times of a series can be booked, and with whom, and why the others cannot. Throws `AvailabilityError`. */
export function explainSeries<Id extends string>(query: Omit<AvailabilityQuery<Id>, 'from' | 'to'>, series: Series): SeriesExplanation<Id> {
  const occurrences = expandSeries(series)
  const times = occurrences.map((occurrence) => ({ occurrence, explanation: explainSlot(query, instant(occurrence.startMs)) }))
  const everywhere = query.hosts.filter((host) => times.every(({ explanation }) => explanation.hostIds.includes(host.id)))
  const hostIdsForAll = everywhere.filter((host) => canTakeAll(query, host, occurrences)).map((host) => host.id)
  return { times, hostIdsForAll }
}

/** One after another, with what she took of the series so far among her busy times: a limit of a week, or a long buffer, may end it. */
function canTakeAll<Id extends string>(
  query: Omit<AvailabilityQuery<Id>, 'from' | 'to'>,
  host: Host<Id>,
  occurrences: readonly Occurrence[],
): boolean {
  const { groups: _groups, ...alone } = query
  const { skills: _skills, ...service } = query.service
  const busy = [...host.busy]
  return occurrences.every(({ startMs }) => {
    const { open } = explainSlot({ ...alone, service, hosts: [{ ...host, busy }] }, instant(startMs))
    busy.push(takenBy(service, startMs))
    return open
  })
}

function takenBy(service: ServiceRules, startMs: number): Busy {
  const endMs = startMs + service.durationMinutes * minuteMs
  return {
    startMs: startMs - (service.bufferBeforeMinutes ?? 0) * minuteMs,
    endMs: endMs + (service.bufferAfterMinutes ?? 0) * minuteMs,
    units: service.units ?? 1,
    booking: { startMs, endMs, ...(service.place === undefined ? {} : { place: service.place }) },
  }
}

function instant(ms: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(ms)
}
