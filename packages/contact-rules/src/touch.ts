/** The ways to reach somebody. */
export const channels = ['email', 'sms', 'call', 'chat', 'whatsapp', 'messenger', 'instagram', 'push'] as const
export type Channel = (typeof channels)[number]

/** Whose voice a call brings. Text to speech, a cloned voice and a language model are `artificial` (FCC 24-17), a recording of a person is `prerecorded`. */
export const voices = ['human', 'artificial', 'prerecorded'] as const
export type Voice = (typeof voices)[number]

/** What a touch is for. Solicitation rules bind `marketing`; `legal` passes every opt-out and restriction. */
export const purposes = ['reply', 'service', 'legal', 'feedback', 'marketing'] as const
export type Purpose = (typeof purposes)[number]

/** What a touch can hang on, and the purpose that follows from it. A purpose is never a free choice. */
export const purposeOf = {
  conversation: 'reply',
  /** She asked to be called: on the page, in a message, on the phone. */
  callback: 'reply',
  /** She called us and did not reach anybody. */
  missed_call: 'reply',
  booking: 'service',
  invoice: 'service',
  order: 'service',
  registration: 'service',
  waitlist_entry: 'service',
  request: 'legal',
  complaint: 'legal',
  breach: 'legal',
  legal_request: 'legal',
  ownership_change: 'legal',
  /** A document of the business changed: its privacy notice, its terms. */
  policy: 'legal',
  /** Her data were only kept and are about to be used again. */
  restriction: 'legal',
  suppression: 'legal',
  survey: 'feedback',
  broadcast: 'marketing',
  sequence: 'marketing',
  campaign: 'marketing',
} as const satisfies { readonly [type: string]: Purpose }
export type SubjectType = keyof typeof purposeOf

/** The object a touch hangs on. */
export type Subject = { readonly type: SubjectType; readonly id: string }

/** A call says whose voice it brings and who selects and dials: a machine's needs consent that a person's does not. */
export type CallTouch = { readonly channel: 'call'; readonly voice: Voice; readonly dialing: 'by_hand' | 'automatic' }

/** A text or message says whether a person writes it now. */
export type WrittenTouch = {
  readonly channel: Exclude<Channel, 'call'>
  readonly writer: 'person' | 'machine'
  /** A form that the operator of the channel approved beforehand, such as a template of WhatsApp. */
  readonly template?: boolean | undefined
}

/** How a touch travels. */
export type Way = CallTouch | WrittenTouch

/** One wish to reach one contact. */
export type Touch = {
  readonly purpose: Purpose
  readonly about: Subject
  /** BCP 47 tag of what will be said or written, where that is known. */
  readonly language?: string | undefined
} & Way
