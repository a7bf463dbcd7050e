import { RequestKind, RequestRegion } from '@frontdesk/contract'
import { type Html, type HtmlValue, html } from '../../../platform/http/index.ts'
import type { PortalEntries, PortalFault } from './portal.rules.ts'
import type { RequestTranslator } from './request.words.ts'
import { requestFileRules } from './request-files.ts'

export type PortalFacts = {
  readonly business: string
  /** How the office is reached, for whoever would rather write or call. */
  readonly office: {
    readonly officer: string | null
    readonly email: string | null
    readonly phone: string | null
    readonly address: string | null
    readonly pgpKey: string | null
  }
  readonly entries: PortalEntries
  readonly faults: readonly PortalFault[]
}

/** The form with which anybody asks about her data. */
export function portalPage(t: RequestTranslator, path: string, { business, office, entries, faults }: PortalFacts): Html {
  const fault = (field: PortalFault): HtmlValue =>
    faults.includes(field) && html`<p class="fault" id="${field}-fault">${t(`fault/${field}`)}</p>`
  const marks = (field: PortalFault): HtmlValue => faults.includes(field) && html` aria-invalid="true" aria-describedby="${field}-fault"`
  return html`<p>${t('portal/intro', { business })}</p>
${office.officer !== null && html`<p class="soft">${t('portal/officer', { officer: office.officer })}</p>`}
<p class="soft">${t('portal/why', { business })}</p>
${faults.length > 0 && html`<p class="fault" role="alert">${t('portal/faults')}</p>`}
<form method="post" action="${path}" enctype="multipart/form-data">
<fieldset${faults.includes('kind') && html` aria-describedby="kind-fault"`}><legend>${t('portal/kind')}</legend>${fault('kind')}${RequestKind.options.map(
    (kind) =>
      html`<label class="tick"><input type="radio" name="kind" value="${kind}" required${entries.kind === kind && html` checked`}><span>${t(`kind/${kind}`)}</span></label>`,
  )}</fieldset>
<div class="field"><label for="name">${t('portal/name')}</label><input type="text" id="name" name="name" autocomplete="name" required maxlength="200"${marks('name')} value="${entries.name}">${fault('name')}</div>
<div class="field"><label for="email">${t('portal/email')}</label><input type="email" id="email" name="email" autocomplete="email" required maxlength="254"${marks('email')} value="${entries.email}">${fault('email')}<p class="soft">${t('portal/emailHint', { business })}</p></div>
<fieldset><legend>${t('portal/forWhom')}</legend>${(['self', 'child', 'agent'] as const).map(
    (one) =>
      html`<label class="tick"><input type="radio" name="forWhom" value="${one}"${entries.forWhom === one && html` checked`}><span>${t(`portal/${one}`)}</span></label>`,
  )}
<div class="field"><label for="agentName">${t('portal/agentName')} <span class="soft">${t('portal/onlyAgent')}</span></label><input type="text" id="agentName" name="agentName" maxlength="200" autocomplete="off"${marks('agentName')} value="${entries.agentName}">${fault('agentName')}</div>
<div class="field"><label for="agentEmail">${t('portal/agentEmail')} <span class="soft">${t('portal/onlyAgent')}</span></label><input type="email" id="agentEmail" name="agentEmail" maxlength="254" autocomplete="off"${marks('agentEmail')} value="${entries.agentEmail}">${fault('agentEmail')}<p class="soft">${t('portal/agentHint')}</p></div></fieldset>
<div class="field"><label for="region">${t('portal/region')}</label><select id="region" name="region">${RequestRegion.options.map(
    (one) => html`<option value="${one}"${entries.region === one && html` selected`}>${t(`region/${one}`)}</option>`,
  )}</select><p class="soft">${t('portal/regionHint')}</p></div>
<div class="field"><label for="details">${t('portal/details')} <span class="soft">${t('portal/optional')}</span></label><textarea id="details" name="details" rows="4" maxlength="10000"${marks('details')}>${entries.details}</textarea>${fault('details')}</div>
<div class="field"><label for="files">${t('portal/files')} <span class="soft">${t('portal/optional')}</span></label><input type="file" id="files" name="files" multiple accept="${requestFileRules.types.join(',')}"${marks('files')}>${fault('files')}<p class="soft">${t('portal/filesHint', { count: requestFileRules.files, megabytes: requestFileRules.maxBytes / 1_000_000 })}</p></div>
<div class="trap" aria-hidden="true"><label for="website">${t('portal/leaveEmpty')}</label><input type="text" id="website" name="website" tabindex="-1" autocomplete="off"></div>
<button>${t('portal/send')}</button>
</form>
${reachedBy(t, office)}`
}

/** Other ways to the office: nobody has to use a form. */
function reachedBy(t: RequestTranslator, { email, phone, address, pgpKey }: PortalFacts['office']): Html | false {
  if (email === null && phone === null && address === null) return false
  return html`<h2>${t('portal/otherWays')}</h2><ul>${email !== null && html`<li><a href="mailto:${email}">${email}</a></li>`}${phone !== null && html`<li>${phone}</li>`}${address !== null && html`<li>${address}</li>`}</ul>
<p class="soft">${t('portal/byMail')}</p>${pgpKey !== null && html`<details><summary>${t('portal/pgp')}</summary><p class="letter">${pgpKey}</p></details>`}`
}

/** Where whoever turned to the platform names the business. */
export function findPage(t: RequestTranslator, asked: string): Html {
  const wrong = asked !== ''
  return html`<p>${t('find/text')}</p>
<form method="get" action="/rights"><div class="field"><label for="business">${t('find/business')}</label><input type="text" id="business" name="business" required maxlength="300" value="${asked}"${wrong && html` aria-invalid="true" aria-describedby="business-fault"`}>${wrong && html`<p class="fault" id="business-fault" role="alert">${t('find/fault')}</p>`}<p class="soft">${t('find/hint')}</p></div><button>${t('find/go')}</button></form>`
}
