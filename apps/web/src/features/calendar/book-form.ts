import type { BookingTranslator } from './booking-words.ts'

/** What is filled in to book somebody. Everything is text, so that a draft survives a reload. */
export type BookValues = {
  contactId: string
  contactName: string
  /** Somebody new instead of somebody known. */
  isNew: boolean
  name: string
  email: string
  phone: string
  serviceId: string
  /** Empty for whoever is free. */
  staffId: string
  date: string
  /** The chosen moment; empty for none. */
  start: string
  outside: boolean
  address: string
  note: string
  /** Answers to questions, by service and question. */
  answers: Readonly<Record<string, Readonly<Record<string, string>>>>
  notify: boolean
  /** Minutes for which the time is only held; `0` books it. */
  holdMinutes: HoldMinutes
}

/** For how long a time can be held. */
export const holdChoices = ['0', '15', '60', '240', '1440'] as const
export type HoldMinutes = (typeof holdChoices)[number]

/** An empty form for a day. */
export const emptyBooking = (date: string): BookValues => ({
  contactId: '',
  contactName: '',
  isNew: false,
  name: '',
  email: '',
  phone: '',
  serviceId: '',
  staffId: '',
  date,
  start: '',
  outside: false,
  address: '',
  note: '',
  answers: {},
  notify: true,
  holdMinutes: '0',
})

/** What can be seen to be missing without asking the server. */
export function bookingFaults(values: BookValues, t: BookingTranslator): Partial<Record<keyof BookValues, string>> {
  return {
    ...(values.isNew && values.name.trim() === '' ? { name: t('nameMissing') } : {}),
    ...(values.isNew && values.email.trim() === '' && values.phone.trim() === '' ? { email: t('pointMissing') } : {}),
    ...(!values.isNew && values.contactId === '' ? { contactId: t('chooseContact') } : {}),
    ...(values.serviceId === '' ? { serviceId: t('chooseService') } : {}),
    ...(values.start === '' ? { start: t('chooseTime') } : {}),
  }
}

/** The body of the request. */
export function bookingBody(values: BookValues) {
  const filled = <Key extends string>(key: Key, text: string): { [K in Key]?: string } =>
    (text.trim() === '' ? {} : { [key]: text.trim() }) as { [K in Key]?: string }
  return {
    serviceId: values.serviceId,
    start: values.start,
    ...filled('staffId', values.staffId),
    ...(values.isNew
      ? { contact: { name: values.name.trim(), ...filled('email', values.email), ...filled('phone', values.phone) } }
      : { contactId: values.contactId }),
    note: values.note.trim() || null,
    answers: Object.fromEntries(Object.entries(values.answers[values.serviceId] ?? {}).filter(([, answer]) => answer.trim() !== '')),
    placeDetail: values.address.trim() || null,
    notify: values.notify,
    outsideHours: values.outside,
    holdMinutes: values.holdMinutes === '0' ? null : Number(values.holdMinutes),
  }
}
