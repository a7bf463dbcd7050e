import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type Html, type HtmlValue, html } from '../../../platform/http/index.ts'
import { captureNotice } from '../../privacy/index.ts'
import { bookingToken, managePath } from '../booking-link.ts'
import { changeableUntil } from '../change-deadline.rules.ts'
import type { OwnBooking } from '../own-page/own-bookings.ts'
import { icon } from './icons.ts'
import type { Page } from './layout.ts'
import type { Visit } from './visit.ts'

export type OwnPageFacts = {
  readonly name: string
  readonly ahead: readonly OwnBooking[]
  readonly before: readonly OwnBooking[]
  /** The address of what was before those; null where there is nothing more. */
  readonly earlier: string | null
  /** A later part of what was is shown: what lies ahead stands on the first. */
  readonly first: boolean
  readonly preferences: string
  readonly rights: string
  readonly newLink: string
  readonly until: Temporal.Instant
}

/** A customer's own page: what she has ahead and had, what she can do about it, her wishes and her data. */
export function ownPage(tx: WorkspaceTx, visit: Visit, facts: OwnPageFacts): Page {
  const { t, f, business } = visit
  return {
    title: t('ownTitle'),
    isPrivate: true,
    main: html`<div class="body"><div><h1>${t('ownTitle')}</h1><p class="soft">${t('ownHello', { name: facts.name, business: business.name })}</p></div>
${facts.first && html`<section class="stack" aria-labelledby="ahead"><h2 id="ahead">${t('ownAhead')}</h2>${facts.ahead.length === 0 ? html`<p class="soft">${t('ownNothingAhead')}</p>` : list(facts.ahead.map((one) => row(tx, visit, one, true)))}<p><a class="btn solid lg block" href="${visit.link(`/b/${business.slug}`)}">${t('bookAgain')}</a></p></section>`}
${(facts.before.length > 0 || !facts.first) && html`<section class="stack" aria-labelledby="before"><h2 id="before">${t('ownBefore')}</h2>${list(facts.before.map((one) => row(tx, visit, one, false)))}${facts.earlier !== null && html`<p><a href="${facts.earlier}">${t('ownEarlier')}</a></p>`}</section>`}
<section class="stack" aria-labelledby="wishes"><h2 id="wishes">${t('ownWishes')}</h2><ul class="stack"><li><a href="${facts.preferences}">${t('ownPreferences')}</a></li><li><a href="${facts.rights}">${t('ownData')}</a></li></ul></section>
<p class="meta">${t('ownUntil', { date: f.date(facts.until) })} <a href="${facts.newLink}">${t('ownAskAgain')}</a></p></div>`,
  }
}

const list = (rows: readonly Html[]): Html => html`<ul class="own">${rows}</ul>`

function row(tx: WorkspaceTx, visit: Visit, { booking, service, personName, forName }: OwnBooking, ahead: boolean): Html {
  const { t, f } = visit
  const path = managePath(bookingToken(tx.keys, tx.workspaceId, booking, tx.now))
  const when = f.weekdayDateTime(booking.starts_at)
  const about = html`<span class="vh">: ${service.name}, ${when}</span>`
  const state = booking.status === 'cancelled' ? t('ownCancelled') : booking.status === 'pending' ? t('ownPending') : ''
  const may = ahead && changeableUntil(service, booking, tx.now) !== null
  return html`<li><p><b>${when}</b>${state !== '' && html` <span class="meta">${state}</span>`}<br>${service.name}, ${personName}${forName !== null && html`<br><span class="meta">${t('ownFor', { name: forName })}</span>`}</p>
<p class="ways"><a href="${visit.link(path)}">${t('ownOpen')}${about}</a>${may && html`<a href="${visit.link(`${path}/move`)}">${t('move')}${about}</a><a href="${visit.link(`${path}/cancel`)}">${t('cancel')}${about}</a>`}${ahead && html`<a href="${path}/calendar.ics" download>${t('addToCalendar')}${about}</a>`}</p></li>`
}

export type AskLinkFacts = {
  readonly email: string
  readonly wrong: boolean
  /** It was asked; whether anybody is known stays open. */
  readonly asked: boolean
  readonly notice?: HtmlValue
  readonly mailLeaves: boolean
}

/** "Send me my link": one field, and one answer for everybody. */
export function askLinkPage(visit: Visit, facts: AskLinkFacts): Page {
  const { t, business } = visit
  const path = `/b/${business.slug}/me`
  if (facts.asked)
    return {
      title: t('ownAskTitle'),
      isPrivate: true,
      main: html`<div class="body"><div class="stack" id="outcome" role="group" aria-labelledby="outcome-title" tabindex="-1" autofocus><h1 id="outcome-title">${t('ownAskedTitle')}</h1><p class="soft">${t('ownAskedText')}</p></div><p><a href="${visit.link(path)}">${t('ownAskOther')}</a></p></div>`,
    }
  const trouble = facts.wrong ? t('errEmail') : facts.notice
  return {
    title: facts.wrong ? `${t('error')}: ${t('ownAskTitle')}` : t('ownAskTitle'),
    isPrivate: true,
    main: html`<form class="body" method="post" action="${visit.link(path)}" novalidate data-once="${t('sending')}"><div><h1>${t('ownAskTitle')}</h1><p class="soft">${t('ownAskText', { business: business.name })}</p></div>
${!facts.mailLeaves && html`<div class="note">${icon('alert')}<p>${t('ownNoMail')}</p></div>`}
${trouble && html`<div class="problems" id="problems" tabindex="-1" autofocus role="alert">${icon('alert')}<div><h2>${trouble}</h2></div></div>`}
<div class="field"><label for="email">${t('email')}</label><input class="input" id="email" name="email" type="email" autocomplete="email" required value="${facts.email}"${facts.wrong && html` aria-invalid="true"`}></div>
<button class="btn solid lg block">${t('ownAskSend')}</button>
${visit.legal && captureNotice(visit.legal, 'booking', visit.tag)}</form>`,
  }
}
