import ICAL from 'ical.js'

/** What a calendar answers to an invitation (RFC 5546 §3.2.3). */
export type CalendarReply = {
  /** The appointment: what our invitations carry as UID. */
  readonly threadId: string
  readonly answer: 'accepted' | 'declined' | 'tentative'
  /** Of the invitation that was answered; null where the calendar did not say. */
  readonly sequence: number | null
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const answers: Readonly<Record<string, CalendarReply['answer']>> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' }
/** An answer is one small event. */
const mostCharacters = 100_000

/** Reads an answer; undefined for any other file, and for answers to what we did not send. */
export function readCalendarReply(text: string): CalendarReply | undefined {
  if (text.length > mostCharacters) return undefined
  try {
    const calendar = new ICAL.Component(ICAL.parse(text))
    const event = calendar.getFirstSubcomponent('vevent')
    if (String(calendar.getFirstPropertyValue('method')).toUpperCase() !== 'REPLY' || !event) return undefined
    const uid = String(event.getFirstPropertyValue('uid') ?? '')
    const attendees = event.getAllProperties('attendee')
    const said = String(attendees[0]?.getParameter('partstat') ?? '').toUpperCase()
    const answer = answers[said]
    if (!uuid.test(uid) || attendees.length !== 1 || answer === undefined) return undefined
    const sequence = event.getFirstPropertyValue('sequence')
    return { threadId: uid.toLowerCase(), answer, sequence: sequence === null ? null : Number(sequence) }
  } catch {
    return undefined // no calendar, or one that is broken
  }
}
