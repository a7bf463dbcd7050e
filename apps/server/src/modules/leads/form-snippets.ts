import type { FormField, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { html, renderHtml } from '../../platform/http/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { fieldsInUse } from '../contacts/index.ts'
import { pageWordings } from '../privacy/index.ts'
import { leadsPolicy } from './leads.policy.ts'
import { formTranslator, labelsIn } from './public/form-page.ts'
import { formById, formPath } from './read-forms.ts'
import { leadSurroundings } from './surroundings.ts'

/** How a form is put on another site: a frame that grows with it, or a form of plain HTML in the form's language. Throws 404. */
export async function formSnippets(
  tx: WorkspaceTx,
  by: Principal,
  formId: string,
): Promise<{ pageUrl: string; frame: string; plain: string }> {
  leadsPolicy.require(by, 'forms.read')
  const form = await formById(tx, formId)
  const business = await workspaceFacts(tx)
  const base = leadSurroundings.get().publicUrl()
  const pageUrl = `${base}${formPath(business.slug, form.slug)}`
  const tag = form.locale ?? business.locale
  const t = formTranslator(tag)
  const own = (await fieldsInUse(tx)).filter(({ key }) => form.fields.some((field) => field.kind === 'own' && field.key === key))
  const labelOf = labelsIn(tag, own)
  const title = form.title ?? t('title', { business: business.name })
  const wordings = await pageWordings(tx, form.consents, t.locale)
  const input = (field: FormField) => {
    const { key, kind, required } = field
    const facts = kind === 'own' ? own.find((each) => each.key === key) : undefined
    const choices = (facts?.choices ?? []).filter(({ archived }) => !archived)
    if (facts?.type === 'yes_no') return html`  <label><input type="checkbox" name="${key}" value="on"> ${labelOf(field)}</label>\n`
    if (facts?.type === 'choices')
      return html`  <fieldset><legend>${labelOf(field)}</legend>${choices.map((choice) => html`<label><input type="checkbox" name="${key}.${choice.key}" value="on"> ${choice.label}</label>`)}</fieldset>\n`
    if (facts?.type === 'choice')
      return html`  <label>${labelOf(field)} <select name="${key}"${required && html` required`}><option value=""></option>${choices.map((choice) => html`<option value="${choice.key}">${choice.label}</option>`)}</select></label>\n`
    if (kind === 'message' || kind === 'question' || facts?.type === 'text')
      return html`  <label>${labelOf(field)} <textarea name="${key}"${required && html` required`}></textarea></label>\n`
    const type = kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : facts?.type === 'date' ? 'date' : 'text'
    return html`  <label>${labelOf(field)} <input type="${type}" name="${key}"${required && html` required`}></label>\n`
  }
  const plain = html`<form method="post" action="${`${pageUrl}?lang=${t.locale}`}" accept-charset="utf-8">
  <input type="hidden" name="lang" value="${t.locale}">
${form.fields.map(input)}${wordings.map(({ key, words, seal }) => html`  <label><input type="checkbox" name="agree_${key}" value="${seal}"> ${words}</label>\n`)}  <p hidden><label>${t('leaveEmpty')} <input name="website" tabindex="-1" autocomplete="off"></label></p>
  <p><a href="${`${base}/legal/${business.slug}/privacy?lang=${t.locale}`}">${privacyWords[t.locale as keyof typeof privacyWords] ?? privacyWords.en}</a></p>
  <button>${form.button ?? t('send')}</button>
</form>
`
  const frame = html`<iframe data-frontdesk src="${`${pageUrl}?embed=1`}" title="${title}" width="100%" height="720" style="border:0" loading="lazy"></iframe>
<script src="${`${base}/f-files/embed.js`}" async></script>
`
  return { pageUrl, frame: renderHtml(frame), plain: renderHtml(plain) }
}

const privacyWords = { en: 'Privacy notice', es: 'Aviso de privacidad', fr: 'Avis sur la vie privée' } as const
