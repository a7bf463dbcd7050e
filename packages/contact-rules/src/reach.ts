import type { SubjectFacts, Suppression } from './facts.ts'
import type { Touch } from './touch.ts'

/** Whether an opt-out reaches a touch, `legal` aside. */
export function reachOf(suppression: Suppression, touch: Touch, subject: SubjectFacts | null): boolean {
  const offers = touch.purpose === 'marketing' || touch.purpose === 'feedback'
  switch (suppression.scope) {
    case 'all':
      return true
    case 'marketing':
      return offers
    case 'texts':
      if (touch.channel === 'sms') return true
      return touch.channel === 'call' && (touch.voice !== 'human' || touch.dialing === 'automatic' || offers)
    case 'calls':
      return touch.channel === 'call' && !askedForSince(suppression.since, touch, subject)
    case 'channel':
      return suppression.channel === touch.channel
  }
}

/** "Don't call me" does not take back the callback that she asks for later. */
function askedForSince(since: Temporal.Instant, { about }: Touch, subject: SubjectFacts | null): boolean {
  if (about.type !== 'callback' || subject?.startedBy !== 'contact') return false
  return subject.since === undefined || Temporal.Instant.compare(subject.since, since) >= 0
}
