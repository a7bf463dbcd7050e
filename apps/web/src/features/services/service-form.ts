import { minorUnits, typedAmount } from '../../lib/money.ts'
import type { Service } from './queries.ts'
import type { ServicesTranslator } from './words.ts'

/** A service as it is filled in. Lengths are minutes as text, so that selects and drafts hold them. */
export type ServiceValues = {
  name: string
  description: string
  minutes: string
  /** As typed; empty for none. */
  price: string
  hue: number
  placeKind: Service['place']['kind']
  placeDetail: string
  staffIds: readonly string[]
  choosePerson: boolean
  discreet: boolean
  approval: boolean
  answerMinutes: string
  waitlist: boolean
  offerMinutes: string
  step: string
  notice: string
  /** Days. */
  horizon: string
  bufferBefore: string
  bufferAfter: string
  phone: Service['phone']
  changeNotice: string
  slug: string
  afterBooking: string
}

/** A service as the form shows it. */
export const valuesOf = (service: Service): ServiceValues => ({
  name: service.name,
  description: service.description,
  minutes: String(service.durationMinutes),
  price: service.price ? typedAmount(service.price.minor, service.price.currency) : '',
  hue: service.hue,
  placeKind: service.place.kind,
  placeDetail: service.place.detail ?? '',
  staffIds: service.staffIds,
  choosePerson: service.choosePerson,
  discreet: service.discreet,
  approval: service.approval,
  answerMinutes: String(service.answerMinutes),
  waitlist: service.waitlist,
  offerMinutes: String(service.offerMinutes),
  step: String(service.stepMinutes),
  notice: String(service.noticeMinutes),
  horizon: String(service.horizonDays),
  bufferBefore: String(service.bufferBeforeMinutes),
  bufferAfter: String(service.bufferAfterMinutes),
  phone: service.phone,
  changeNotice: String(service.changeNoticeMinutes),
  slug: service.slug,
  afterBooking: service.afterBookingUrl ?? '',
})

/** What can be seen to be wrong without asking the server. */
export function serviceFaults(
  values: ServiceValues,
  currency: string,
  t: ServicesTranslator,
): Partial<Record<keyof ServiceValues, string>> {
  const minutes = Number(values.minutes)
  const priceFits = values.price.trim() === '' || minorUnits(values.price, currency) !== undefined
  const videoFits =
    values.placeKind !== 'video' || values.placeDetail.trim() === '' || /^https:\/\/[^\s/]+\.\S+$/.test(values.placeDetail.trim())
  return {
    ...(values.name.trim() === '' ? { name: t('nameMissing') } : {}),
    ...(Number.isInteger(minutes) && minutes >= 5 && minutes <= 1440 ? {} : { minutes: t('lengthWrong') }),
    ...(priceFits ? {} : { price: t('priceWrong') }),
    ...(videoFits ? {} : { placeDetail: t('placeVideoWrong') }),
    ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(values.slug) ? {} : { slug: t('slugWrong') }),
    ...(/^$|^https:\/\/[^\s/?#@]+\.[^\s/?#@]+([/?#]\S*)?$/.test(values.afterBooking.trim())
      ? {}
      : { afterBooking: t('afterBookingWrong') }),
  }
}

/** The body of the request: only the named fields. */
export function serviceBody(values: ServiceValues, fields: readonly string[], currency: string) {
  const has = (...names: (keyof ServiceValues)[]) => names.some((name) => fields.includes(name))
  const minor = values.price.trim() === '' ? undefined : minorUnits(values.price, currency)
  return {
    ...(has('name') ? { name: values.name.trim() } : {}),
    ...(has('description') ? { description: values.description.trim() } : {}),
    ...(has('minutes') ? { durationMinutes: Number(values.minutes) } : {}),
    ...(has('price') ? { price: minor === undefined ? null : { minor, currency } } : {}),
    ...(has('hue') ? { hue: values.hue } : {}),
    ...(has('placeKind', 'placeDetail') ? { place: { kind: values.placeKind, detail: detailOf(values) } } : {}),
    ...(has('staffIds') ? { staffIds: [...values.staffIds] } : {}),
    ...(has('choosePerson') ? { choosePerson: values.choosePerson } : {}),
    ...(has('discreet') ? { discreet: values.discreet } : {}),
    ...(has('approval') ? { approval: values.approval } : {}),
    ...(has('answerMinutes') ? { answerMinutes: Number(values.answerMinutes) } : {}),
    ...(has('waitlist') ? { waitlist: values.waitlist } : {}),
    ...(has('offerMinutes') ? { offerMinutes: Number(values.offerMinutes) } : {}),
    ...(has('step') ? { stepMinutes: Number(values.step) } : {}),
    ...(has('notice') ? { noticeMinutes: Number(values.notice) } : {}),
    ...(has('horizon') ? { horizonDays: Number(values.horizon) } : {}),
    ...(has('bufferBefore') ? { bufferBeforeMinutes: Number(values.bufferBefore) } : {}),
    ...(has('bufferAfter') ? { bufferAfterMinutes: Number(values.bufferAfter) } : {}),
    ...(has('phone') ? { phone: values.phone } : {}),
    ...(has('changeNotice') ? { changeNoticeMinutes: Number(values.changeNotice) } : {}),
    ...(has('slug') ? { slug: values.slug } : {}),
    ...(has('afterBooking') ? { afterBookingUrl: values.afterBooking.trim() || null } : {}),
  }
}

/** Which field of the form a fault of the server is about. */
export const serverFields: Readonly<Record<string, keyof ServiceValues>> = {
  durationMinutes: 'minutes',
  'price.minor': 'price',
  'place.detail': 'placeDetail',
  stepMinutes: 'step',
  noticeMinutes: 'notice',
  horizonDays: 'horizon',
  bufferBeforeMinutes: 'bufferBefore',
  bufferAfterMinutes: 'bufferAfter',
  changeNoticeMinutes: 'changeNotice',
  afterBookingUrl: 'afterBooking',
}

/** At the customer's the address is asked when booking. */
const detailOf = ({ placeKind, placeDetail }: ServiceValues): string | null =>
  placeKind === 'at_customer' ? null : placeDetail.trim() || null

/** The usual choices of a length, with the one that is set now where it is another. */
export const withCurrent = (choices: readonly number[], current: string): readonly string[] => {
  const all = choices.includes(Number(current)) ? choices : [...choices, Number(current)].toSorted((a, b) => a - b)
  return all.map(String)
}
