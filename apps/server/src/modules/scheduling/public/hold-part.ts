import { type Html, type HtmlValue, html } from '../../../platform/http/index.ts'
import type { HoldShown } from '../page-holds/page-hold.rules.ts'
import { icon } from './icons.ts'
import type { Visit } from './visit.ts'

/**
 * The part of the form that says until when a time is kept, around what says which time it is. With script it warns a minute before and is asked for anew at the end;
 * without it the text and the button do.
 */
export function holdPart(
  visit: Visit,
  { hold, lost }: { readonly hold?: HoldShown | undefined; readonly lost?: unknown },
  time: HtmlValue,
): Html {
  if (!hold || lost !== undefined) return html`<div class="stack" id="hold" tabindex="-1">${time}</div>`
  const { t, f, now } = visit
  const until = f.time(hold.until)
  if (hold.state === 'over')
    return html`<div class="stack" id="hold" tabindex="-1" data-said="${t('holdOver')}">${time}<input type="hidden" name="hold" value="${hold.id}"><div class="note">${icon('clock')}<p>${t('holdOver')}</p></div></div>`
  const text = t('holdUntil', { time: until })
  return html`<div class="stack" id="hold" tabindex="-1" data-left="${Math.round((hold.until.epochMilliseconds - now.epochMilliseconds) / 1000)}" data-soon="${hold.mayExtend ? t('holdSoon') : t('holdLast')}" data-said="${text}">${time}<input type="hidden" name="hold" value="${hold.id}"><div class="note">${icon('clock')}<p class="grow"><span data-hold-text>${text}</span>${!hold.mayExtend && html` ${t('holdNoMore')}`}</p>${hold.mayExtend && html`<button class="btn" name="act" value="extend" formnovalidate>${t('holdMore')}</button>`}</div></div>`
}

/** Before the buttons of this part, so that Enter in a field books and does not prolong. */
export const enterBooks: Html = html`<button class="vh" tabindex="-1" aria-hidden="true"></button>`

/** Beside other times: the one that is still kept, with the way back to it. */
export function keptNote(
  visit: Visit,
  kept: { readonly hold: HoldShown; readonly start: Temporal.Instant; readonly back: string } | undefined,
): HtmlValue {
  if (!kept || kept.hold.state === 'over') return null
  const { t, f } = visit
  const time = `${f.weekdayDate(kept.start)}, ${f.time(kept.start)}`
  return html`<div class="note">${icon('clock')}<p>${t('holdKept', { time, until: f.time(kept.hold.until) })} <a href="${kept.back}">${t('holdGoOn')}</a></p></div>`
}
