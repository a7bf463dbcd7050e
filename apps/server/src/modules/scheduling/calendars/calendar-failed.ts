import type { CalendarFailure } from '@frontdesk/contract'

/** Why the server of a calendar could not do what it was asked. */
export class CalendarFailed extends Error {
  override readonly name = 'CalendarFailed'
  readonly failure: CalendarFailure
  constructor(failure: CalendarFailure) {
    super(failure)
    this.failure = failure
  }
}
