import type { FormField, KitKey } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import { type Html, type HtmlValue, html } from '../../../platform/http/index.ts'
import { agePath, captureNotice } from '../../privacy/index.ts'
import { carriedFields, icon, type Page, type Visit } from '../../scheduling/index.ts'
import type { EntryFault, OwnField } from '../form.rules.ts'
import { formWords } from './form.words.ts'

export type FormPageFacts = {
  readonly path: string
  readonly form: {
    readonly title: string | null
    readonly intro: string | null
    readonly button: string | null
    readonly fields: readonly FormField[]
  }
  readonly own: readonly OwnField[]
  /** Everything that was typed, by the names of the inputs. */
  readonly typed: Readonly<Record<string, string | undefined>>
  /** What the business asks beside it. Nothing is ticked beforehand, and nothing depends on it. */
  readonly asked: readonly { readonly key: KitKey; readonly words: string; readonly seal: string; readonly ticked: boolean }[]
  readonly faults: readonly EntryFault[]
  /** Something to say that is no field's fault. */
  readonly notice?: string | undefined
  readonly age: number | null
  readonly token: string
  /** The page it was opened from and the campaign, to be kept with what is sent. */
  readonly came: string
  readonly campaign: string
  readonly embedded: boolean
}

/** Speaks the words of the page of a form. */
export const formTranslator = (tag: string) => translator(formWords, tag)

/** What a field is called where the business has no words of its own for it. */
export function labelsIn(tag: string, own: readonly OwnField[]): (field: FormField) => string {
  const t = formTranslator(tag)
  return ({ kind, key, label }) => {
    if (label !== null) return label
    if (kind === 'own') return own.find((each) => each.key === key)?.label ?? key
    return kind === 'question' ? key : t(kind)
  }
}

/** A form to fill in, complete without script. */
export function formPage(visit: Visit, facts: FormPageFacts): Page {
  const t = formTranslator(visit.tag)
  const { form, faults, notice, typed } = facts
  const title = form.title ?? t('title', { business: visit.business.name })
  const failed = faults.length > 0 || notice !== undefined
  return {
    title,
    isPrivate: failed,
    embedded: facts.embedded,
    main: html`<form class="body" method="post" action="${facts.path}" novalidate data-once="${t('sending')}" data-draft="${facts.path}">
<div><h1>${title}</h1>${form.intro && html`<p class="soft lines">${form.intro}</p>`}</div>
${problems(visit, facts)}
${carriedFields(visit)}<input type="hidden" name="token" value="${facts.token}"><input type="hidden" name="came" value="${facts.came}"><input type="hidden" name="campaign" value="${facts.campaign}">${facts.embedded && html`<input type="hidden" name="embed" value="1">`}
${form.fields.map((field) => fieldOf(visit, facts, field))}
${asked(visit, facts)}
<div class="trap" aria-hidden="true"><label for="website">${t('leaveEmpty')}</label><input id="website" name="website" tabindex="-1" autocomplete="off" value="${typed.website ?? ''}"></div>
<button class="btn solid lg block">${form.button ?? t('send')}</button>
${visit.legal && captureNotice(visit.legal, 'form', visit.tag)}
${facts.age !== null && html`<p class="meta">${t('age', { limit: facts.age })} <a href="${agePath(visit.business.slug, visit.link(facts.path))}">${t('ageYounger')}</a></p>`}
</form>`,
  }
}

/** After it was sent. */
export function thanksPage(
  visit: Visit,
  {
    form,
    path,
    embedded,
    mayConfirm,
  }: {
    readonly form: { readonly thanks: string | null; readonly thanks_url: string | null }
    readonly path: string
    readonly embedded: boolean
    readonly mayConfirm: boolean
  },
): Page {
  const t = formTranslator(visit.tag)
  const { thanks, thanks_url: goTo } = form
  return {
    title: t('doneTitle'),
    isPrivate: true,
    embedded,
    ...(goTo !== null && !embedded ? { goTo } : {}),
    main: html`<div class="body" data-booked="${path}"><h1 id="outcome" tabindex="-1" autofocus>${t('doneTitle')}</h1><p class="lines" role="status">${thanks ?? t('done', { business: visit.business.name })}</p>
${mayConfirm && html`<p class="soft">${t('confirmMail')}</p>`}
<p>${goTo !== null ? html`<a href="${goTo}" rel="noopener"${embedded && html` target="_top"`}>${t('goOn')}</a>` : html`<a href="${visit.link(path, embedded ? { embed: '1' } : {})}">${t('another')}</a>`}</p></div>`,
  }
}

/** Where a form was put away. */
export function closedPage(visit: Visit, embedded: boolean): Page {
  const t = formTranslator(visit.tag)
  return {
    title: t('closedTitle'),
    isPrivate: true,
    embedded,
    main: html`<div class="body"><h1>${t('closedTitle')}</h1><p class="soft">${t('closed', { business: visit.business.name })}</p></div>`,
  }
}

/** What is wrong, on top, each with a way to its field. */
function problems(visit: Visit, facts: FormPageFacts): HtmlValue {
  const t = formTranslator(visit.tag)
  if (facts.notice !== undefined)
    return html`<div class="problems wait" id="problems" tabindex="-1" autofocus role="alert">${icon('alert')}<div><h2>${facts.notice}</h2></div></div>`
  if (facts.faults.length === 0) return null
  return html`<div class="problems" id="problems" tabindex="-1" autofocus role="alert">${icon('alert')}<div><h2>${t('faults', { count: facts.faults.length })}</h2>
<ul>${facts.faults.map((fault) => html`<li><a href="#f-${fault.key}">${faultText(visit, facts, fault)}</a></li>`)}</ul><p>${t('kept')}</p></div></div>`
}

function faultText(visit: Visit, { form, own }: FormPageFacts, { key, code }: EntryFault): string {
  const t = formTranslator(visit.tag)
  const field = form.fields.find((each) => each.key === key)
  if (code === 'reach' || field === undefined) return t('reach')
  const label = labelsIn(visit.tag, own)(field)
  if (code === 'missing') return t('missing', { label })
  switch (field.kind) {
    case 'name':
      return t('errName')
    case 'email':
      return t('errEmail')
    case 'phone':
      return t('errPhone')
    case 'message':
    case 'question':
      return t('errLong', { label })
    case 'own':
      return t(ownFault(own.find((each) => each.key === key)?.type), { label })
  }
}

function ownFault(type: OwnField['type'] | undefined): 'errNumber' | 'errDate' | 'errLink' | 'errChoice' | 'errLong' {
  switch (type) {
    case 'number':
      return 'errNumber'
    case 'date':
      return 'errDate'
    case 'link':
      return 'errLink'
    case 'choice':
    case 'choices':
      return 'errChoice'
    default:
      return 'errLong'
  }
}

const autocompletes = { name: 'name', email: 'email', phone: 'tel' } as const

function fieldOf(visit: Visit, facts: FormPageFacts, field: FormField): HtmlValue {
  const { key, kind, required, help } = field
  const own = kind === 'own' ? facts.own.find((each) => each.key === key) : undefined
  if (kind === 'own' && !own) return null // put away meanwhile
  const t = formTranslator(visit.tag)
  const fault = facts.faults.find((one) => one.key === key)
  const id = `f-${key}`
  const describedBy = [help && `${id}-hint`, fault && `${id}-error`].filter((part) => part).join(' ')
  const described = describedBy !== '' && html` aria-describedby="${describedBy}"`
  const marks = html`${fault && html` aria-invalid="true"`}${described}`
  const label = html`${labelsIn(visit.tag, facts.own)(field)}${!required && html` <span class="meta">${t('optional')}</span>`}`
  const below = html`${help && html`<p class="meta" id="${id}-hint">${help}</p>`}${fault && html`<p class="err" id="${id}-error">${icon('alert')}${faultText(visit, facts, fault)}</p>`}`
  const typed = facts.typed[key] ?? ''
  if (own?.type === 'yes_no')
    return html`<div class="field"><label class="tick"><input type="checkbox" id="${id}" name="${key}" value="on"${typed !== '' && html` checked`}${marks}><span>${label}</span></label>${below}</div>`
  if (own?.type === 'choices')
    return html`<fieldset class="field" id="${id}" tabindex="-1"${described}><legend>${label}</legend>${offered(own).map(
      (choice) =>
        html`<label class="tick"><input type="checkbox" name="${key}.${choice.key}" value="on"${facts.typed[`${key}.${choice.key}`] && html` checked`}><span>${choice.label}</span></label>`,
    )}${below}</fieldset>`
  const shared = html`id="${id}" name="${key}" class="input"${required && html` required`}${marks}`
  const control =
    own?.type === 'choice'
      ? html`<select ${shared}><option value="">${t('choose')}</option>${offered(own).map((choice) => html`<option value="${choice.key}"${choice.key === typed && html` selected`}>${choice.label}</option>`)}</select>`
      : kind === 'message' || kind === 'question' || own?.type === 'text'
        ? html`<textarea ${shared} rows="${kind === 'message' ? 5 : 2}" maxlength="${kind === 'own' ? 2000 : 4000}">${typed}</textarea>`
        : html`<input ${shared} type="${inputType(kind, own)}"${kind in autocompletes && html` autocomplete="${autocompletes[kind as keyof typeof autocompletes]}"`}${own?.type === 'number' && html` inputmode="decimal"`} value="${typed}">`
  return html`<div class="field"><label for="${id}">${label}</label>${control}${below}</div>`
}

const offered = (own: OwnField) => own.choices.filter(({ archived }) => !archived)

function inputType(kind: FormField['kind'], own: OwnField | undefined): string {
  if (kind === 'email') return 'email'
  if (kind === 'phone') return 'tel'
  if (own?.type === 'date') return 'date'
  return 'text'
}

function asked(visit: Visit, { asked: questions }: FormPageFacts): Html | null {
  if (questions.length === 0) return null
  return html`<fieldset class="field"><legend>${formTranslator(visit.tag)('agreeLegend')}</legend>${questions.map(
    ({ key, words, seal, ticked }) =>
      html`<label class="tick"><input type="checkbox" name="agree_${key}" value="${seal}"${ticked && html` checked`}><span>${words}</span></label>`,
  )}</fieldset>`
}
