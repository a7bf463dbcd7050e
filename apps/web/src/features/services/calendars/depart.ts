import { call } from '../../../lib/api.ts'
import type { CalendarLink } from './queries.ts'

/** Ways to a calendar that go by the API of its provider. */
export const isProvider = (way: string): way is 'google' | 'microsoft' => way === 'google' || way === 'microsoft'

/** What somebody settles about a calendar before she goes to its provider. */
export type Departure = {
  readonly provider: 'google' | 'microsoft'
  readonly name: string
  readonly ifFailing: CalendarLink['ifFailing']
  readonly writes: boolean
  readonly calendarId?: string
}

/** Leaves for the page of the provider on which the permission is given; she comes back at `/calendars/arrive`. */
export async function departForCalendar(staffId: string, departure: Departure): Promise<void> {
  const { url } = await call('POST /staff/{staffId}/calendar-departures', { params: { staffId }, body: departure })
  location.assign(url)
  // The page is on its way out: whoever waits for this goes on waiting.
  await new Promise(() => undefined)
}

/** Where in the desk she was, as it went with her. */
export function placeOfState(state: string): { readonly workspace: string; readonly staffId: string } | undefined {
  const [workspace, staffId, sealed] = state.split('~')
  return workspace && staffId && sealed ? { workspace, staffId } : undefined
}
