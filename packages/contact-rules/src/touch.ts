/** The ways to reach somebody. */
export const channels = ['email', 'sms', 'call', 'chat', 'whatsapp', 'messenger', 'instagram', 'push'] as const
export type Channel = (typeof channels)[number]

/** What a touch is for. Solicitation rules bind `marketing`; `legal` passes every opt-out and restriction. */
export const purposes = ['reply', 'service', 'legal', 'feedback', 'marketing'] as const
export type Purpose = (typeof purposes)[number]

/** What a touch can hang on, and the purpose that follows from it. A purpose is never a free choice. */
export const purposeOf = {
  conversation: 'reply',
  booking: 'service',
  invoice: 'service',
  order: 'service',
  registration: 'service',
  waitlist_entry: 'service',
  request: 'legal',
  complaint: 'legal',
  breach: 'legal',
  suppression: 'legal',
  survey: 'feedback',
  broadcast: 'marketing',
  sequence: 'marketing',
  campaign: 'marketing',
} as const satisfies { readonly [type: string]: Purpose }
export type SubjectType = keyof typeof purposeOf

/** The object a touch hangs on. */
export type Subject = { readonly type: SubjectType; readonly id: string }

/** One wish to reach one contact. A call says whose voice it brings: a machine's needs consent that a person's does not (FCC 24-17). */
export type Touch = {
  readonly purpose: Purpose
  readonly about: Subject
} & ({ readonly channel: Exclude<Channel, 'call'> } | { readonly channel: 'call'; readonly voice: 'live' | 'artificial' })
