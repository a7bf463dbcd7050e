import { type Html, html } from '../../../platform/http/index.ts'
import type { BookingFacts } from '../booking-facts.ts'
import { sameClock, zoneLabel } from '../booking-mail.ts'
import { partsIn, weekdaysIn } from '../waitlist/waitlist.rules.ts'
import type { WaitlistOfferRow } from '../waitlist/waitlist.tables.ts'
import type { WaitlistFacts } from '../waitlist/waitlist-facts.ts'
import { icon } from './icons.ts'
import { carriedFields, factList, type Page } from './layout.ts'
import { shortPlace } from './place-words.ts'
import type { Visit } from './visit.ts'

export type WaitingPageFacts = {
  readonly facts: WaitlistFacts
  /** `/waiting/<token>` */
  readonly path: string
  /** A time that is held for her now. */
  readonly offer: { readonly offer: WaitlistOfferRow; readonly held: BookingFacts } | undefined
  /** What has just happened. */
  readonly just: 'passed' | 'left' | 'over' | undefined
}

/** Behind the link of somebody who waits: the time that is held for her, or where she stands. */
export function waitingPage(visit: Visit, page: WaitingPageFacts): Page {
  const { entry } = page.facts
  const waits = entry.state === 'waiting' || entry.state === 'offered'
  const title = titleOf(visit, page, waits)
  return {
    title,
    isPrivate: true,
    main: html`<div class="body"><div class="stack" id="outcome"${page.just !== undefined && html` role="group" aria-labelledby="outcome-title" aria-describedby="outcome-text" tabindex="-1" autofocus`}><h1 id="outcome-title">${title}</h1>${lead(visit, page, waits)}</div>
${page.offer ? offered(visit, page, page.offer) : waits ? wishes(visit, page.facts) : null}
${waits ? leaving(visit, page) : html`<p><a class="btn solid lg block" href="${visit.link(`/b/${visit.business.slug}/${page.facts.service.slug}`)}">${visit.t('bookAgain')}</a></p>`}
</div>`,
  }
}

function titleOf({ t }: Visit, { facts, offer, just }: WaitingPageFacts, waits: boolean): string {
  if (facts.entry.state === 'booked') return t('waitBooked')
  if (!waits) return facts.entry.state === 'left' ? t('waitLeft') : t('waitEnded')
  if (offer) return t('waitOffer')
  return just === 'passed' ? t('waitPassed') : t('waitOn')
}

function lead({ t, f }: Visit, { facts, offer, just }: WaitingPageFacts, waits: boolean): Html {
  const says = (text: string) => html`<p class="soft" id="outcome-text">${text}</p>`
  if (facts.entry.state === 'booked') return says(t('waitBookedText'))
  if (!waits) return says(facts.entry.state === 'left' ? t('waitLeftText') : t('waitEndedText'))
  if (offer) return says(t('waitOfferText', { moment: f.weekdayDateTime(offer.offer.answer_by) }))
  return says(just === 'over' ? t('waitOverText') : t('waitOnText'))
}

function offered(visit: Visit, { path }: WaitingPageFacts, { offer, held }: NonNullable<WaitingPageFacts['offer']>): Html {
  const { t, f, business, zone, tag } = visit
  const { booking, service, staff } = held
  const there = sameClock(booking.starts_at, zone, business.zone)
    ? null
    : html`<br><span class="meta">${t('atBusinessTime', { time: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: business.zone }).format(booking.starts_at.epochMilliseconds) })}</span>`
  const form = (act: string, button: Html) =>
    html`<form method="post" action="${path}/${act}" data-once="${t('waitSending')}">${carriedFields(visit)}<input type="hidden" name="offer" value="${offer.id}">${button}</form>`
  return html`${factList(
    [
      [
        t('when'),
        html`<b>${f.weekdayDate(booking.starts_at, { year: true })}<br>${f.timeRange(booking.starts_at, booking.ends_at)}</b><br><span class="meta">${zoneLabel(f, booking.starts_at)}</span>${there}`,
      ],
      [t('what'), service.name],
      [t('withWhom'), staff.name],
      [t('where'), shortPlace(visit, booking)],
    ],
    'facts panel',
    'asked',
  )}
<div class="stack">${form('accept', html`<button class="btn solid lg block" aria-describedby="asked">${icon('check')}${t('waitTake')}</button>`)}
${form('pass', html`<button class="btn lg block" aria-describedby="asked">${t('waitPass')}</button>`)}</div>`
}

function wishes({ t, f, tag }: Visit, { entry, service, personName }: WaitlistFacts): Html {
  const [from, until] = [entry.from_date, entry.until_date].map((date) => f.plainDate(date.toString(), 'weekday'))
  const days = weekdaysIn(entry.weekdays)
  const parts = partsIn(entry.parts)
  const or = new Intl.ListFormat(tag, { type: 'disjunction' })
  return factList(
    [
      [t('what'), service.name],
      personName !== null && [t('withWhom'), personName],
      [
        t('day'),
        html`${from === until ? from : `${from} – ${until}`}${days.length < 7 && html`<br><span class="meta">${or.format(days.map((day) => f.weekday(day)))}</span>`}`,
      ],
      parts.length < 3 && [t('when'), or.format(parts.map((part) => t(part)))],
    ],
    'facts panel',
  )
}

/** Leaving asks nobody twice: coming back is a form away. */
const leaving = (visit: Visit, { path }: WaitingPageFacts): Html =>
  html`<form class="stack" method="post" action="${path}/leave" data-once="${visit.t('waitSending')}">${carriedFields(visit)}<p class="meta">${visit.t('waitLeaveHint')}</p><button class="btn lg block">${visit.t('waitLeave')}</button></form>`
