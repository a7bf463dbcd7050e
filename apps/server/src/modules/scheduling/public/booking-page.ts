import { type Html, html, webAddress } from '../../../platform/http/index.ts'
import type { BookingFacts } from '../booking-facts.ts'
import { sameClock, zoneLabel } from '../booking-mail.ts'
import { addressLine, placeToSay } from '../place.rules.ts'
import { type AnswersShown, answersPart } from './answers-part.ts'
import { siteOf } from './details-page.ts'
import { icon } from './icons.ts'
import { externalLink, factList, type Page, phoneLink } from './layout.ts'
import { priceOf } from './list-page.ts'
import { shortPlace } from './place-words.ts'
import type { Visit } from './visit.ts'

export type BookingPageFacts = {
  readonly facts: BookingFacts
  /** `/m/<token>` */
  readonly path: string
  /** The whole link, to keep. */
  readonly manageUrl: string
  readonly changeableUntil: Temporal.Instant | null
  /** What has just happened. */
  readonly just: 'booked' | 'moved' | 'cancelled' | 'changed' | 'answered' | undefined
  readonly answers: AnswersShown
  readonly mailLeaves: boolean
}

/** One appointment: right after booking, and whenever its link is opened. */
export function bookingPage(visit: Visit, page: BookingPageFacts): Page {
  const { booking } = page.facts
  const stands = booking.status === 'confirmed' || booking.status === 'pending' || booking.status === 'held'
  const title = titleOf(visit, page, stands)
  return {
    title,
    isPrivate: true,
    ...goOn(visit, page),
    main: html`<div class="body"${page.just === 'booked' && html` data-booked="/b/${visit.business.slug}/${page.facts.service.slug}"`}${told(page)}>
<div class="stack" id="outcome"${page.just !== undefined && outcome}>${sign(page, stands)}<h1 id="outcome-title">${title}</h1>${lead(visit, page, stands)}</div>
${page.just === 'booked' && page.facts.service.after_booking_url && wayOn(visit, page.facts.service.after_booking_url)}
${appointmentFacts(visit, page)}
${answersPart(visit, page.answers, page.path)}
${stands ? actions(visit, page) : html`<p><a class="btn solid lg block" href="${bookAgainPath(visit, page)}">${visit.t('bookAgain')}</a></p>`}
</div>`,
  }
}

/** Where the business leads after booking. In a frame, and where no mail brings her link, this page stays and shows the way. */
const goOn = (visit: Visit, { just, mailLeaves, facts }: BookingPageFacts): Pick<Page, 'goTo'> =>
  just === 'booked' && mailLeaves && !visit.framed && facts.service.after_booking_url !== null
    ? { goTo: facts.service.after_booking_url }
    : {}

const wayOn = (visit: Visit, address: string): Html =>
  html`<p><a class="btn solid lg block" href="${address}" rel="noopener noreferrer"${visit.framed && html` target="_top"`}>${visit.t('goOnTo', { site: siteOf(address) })}</a></p>`

/** What the site around hears of it: what happened, and of which service where the address of the pages may name it. */
const told = ({ just, facts }: BookingPageFacts): Html | false =>
  (just === 'booked' || just === 'moved' || just === 'cancelled') &&
  html` data-told="${just}"${!facts.service.discreet && html` data-service="${facts.service.slug}"`}`

/** What has just happened has the focus: it is read with its reason and with the time that holds now. */
const outcome = html` role="group" aria-labelledby="outcome-title" aria-describedby="outcome-text when" tabindex="-1" autofocus`

const bookAgainPath = (visit: Visit, { facts }: BookingPageFacts): string => visit.link(`/b/${visit.business.slug}/${facts.service.slug}`)

function titleOf({ t }: Visit, { facts, just }: BookingPageFacts, stands: boolean): string {
  const { status, request_state: request } = facts.booking
  if (status === 'cancelled')
    return t(request === 'declined' ? 'requestDeclined' : request === 'withdrawn' ? 'requestWithdrawn' : 'cancelled')
  if (status === 'expired' && request === 'expired') return t('requestLapsed')
  if (!stands) return t('over')
  if (status === 'pending') return t('requestOpen')
  if (just === 'booked') return t('booked')
  return just === 'moved' ? t('moved') : t('yourAppointment')
}

function sign({ facts, just }: BookingPageFacts, stands: boolean): Html | null {
  if (facts.booking.status === 'cancelled') return html`<span class="sign off">${icon('cross')}</span>`
  if (facts.booking.status === 'pending') return html`<span class="sign off">${icon('clock')}</span>`
  return stands && (just === 'booked' || just === 'moved') ? html`<span class="sign">${icon('check')}</span>` : null
}

function lead({ t, f }: Visit, { facts, just, mailLeaves }: BookingPageFacts, stands: boolean): Html | null {
  if (just === 'changed') return html`<p class="soft" id="outcome-text">${t('changedNotice')}</p>`
  const { status, request_state: request, answer_by: answerBy, cancel_reason: reason } = facts.booking
  if (status === 'cancelled' && request === 'declined')
    return html`<p class="soft" id="outcome-text">${t('requestDeclinedHelp')}${reason && html`<br>${t('reason')}: <bdi>${reason}</bdi>`}</p>`
  if (status === 'cancelled') return html`<p class="soft" id="outcome-text">${t('cancelledHelp')}</p>`
  if (status === 'expired' && request === 'expired') return html`<p class="soft" id="outcome-text">${t('requestLapsedHelp')}</p>`
  if (!stands) return null
  if (status === 'pending' && just !== 'answered' && answerBy)
    return html`<p class="note" id="outcome-text">${icon('clock')}<span>${t('requestOpenHelp', { moment: f.weekdayDateTime(answerBy) })}</span></p>`
  if (just === 'answered') return html`<p class="soft" id="outcome-text">${t('answersSaved')}</p>`
  if (!mailLeaves && (just === 'booked' || just === 'moved'))
    return html`<p class="note" id="outcome-text">${icon('alert')}<span>${t('bookedNoMail')}</span></p>`
  if (just === 'booked') return html`<p class="soft" id="outcome-text">${t('bookedMail')}</p>`
  return just === 'moved' ? html`<p class="soft" id="outcome-text">${t('movedMail')}</p>` : null
}

function appointmentFacts(visit: Visit, { facts }: BookingPageFacts): Html {
  const { t, f, business, zone } = visit
  const { booking, service, staff, forName } = facts
  const there = sameClock(booking.starts_at, zone, business.zone)
    ? null
    : html`<br><span class="meta">${t('atBusinessTime', { time: new Intl.DateTimeFormat(visit.tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: business.zone }).format(booking.starts_at.epochMilliseconds) })}</span>`
  const price = priceOf(visit, booking)
  return factList(
    [
      [
        t('when'),
        html`<b id="when">${f.weekdayDate(booking.starts_at, { year: true })}<br>${f.timeRange(booking.starts_at, booking.ends_at)}</b><br><span class="meta">${zoneLabel(f, booking.starts_at)}</span>${there}`,
      ],
      [t('what'), service.name],
      forName !== null && [t('forWhom'), forName],
      [t('withWhom'), staff.name],
      [t('where'), place(visit, facts)],
      price !== '' && [t('price'), price],
    ],
    'facts panel',
  )
}

function place(visit: Visit, { booking }: BookingFacts): Html {
  const said = placeToSay(booking, visit.business.address)
  if (said.key === 'address') {
    const map = `https://www.openstreetmap.org/search?query=${encodeURIComponent(addressLine(said.address))}`
    return html`<span class="lines">${said.address}</span><br>${externalLink(visit, map, visit.t('showWay'))}`
  }
  if (said.key === 'placeVideo') {
    const link = webAddress(said.link)
    return link ? externalLink(visit, link, visit.t('joinVideo')) : html`${visit.t('placeVideo')}`
  }
  if (said.key === 'placePhoneYouCall')
    return html`${visit.t.parts('placePhoneYouCall', { number: phoneLink(said.number, visit.business) })}`
  if (said.key === 'placeAtCustomer') return html`${said.address === '' ? visit.t('placeAtCustomer') : said.address}`
  return html`${shortPlace(visit, booking)}`
}

function actions(visit: Visit, { facts, path, manageUrl, changeableUntil, mailLeaves, just }: BookingPageFacts): Html {
  const asked = facts.booking.status === 'pending'
  const { t, f, business } = visit
  const showLink = !mailLeaves || just === 'booked'
  return html`<div class="stack">${!asked && html`<a class="btn solid lg block" href="${path}/calendar.ics" download>${icon('calendar')}${t('addToCalendar')}</a>`}
${changeableUntil && html`<div class="two tight"><a class="btn lg" href="${visit.link(`${path}/move`)}">${t('move')}</a><a class="btn lg" href="${visit.link(`${path}/cancel`)}">${t(asked ? 'withdraw' : 'cancel')}</a></div>`}</div>
${showLink && html`<div class="field"><label for="link">${t('yourLink')}</label><div class="row"><input class="input grow" id="link" readonly value="${manageUrl}" dir="ltr"><button class="btn lg" type="button" data-copy="#link" data-done="${t('copied')}" hidden>${t('copyLink')}</button></div></div>`}
<p class="meta">${
    changeableUntil
      ? t('changeUntil', { moment: f.weekdayDateTime(changeableUntil) })
      : business.phone
        ? t.parts('tooLateCall', { phone: phoneLink(business.phone, business) })
        : t('tooLate')
  }</p>`
}
