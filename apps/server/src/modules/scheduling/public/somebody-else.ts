import { attendeeRelations } from '@frontdesk/contract'
import { type Html, html } from '../../../platform/http/index.ts'
import type { Entries, FieldError } from './entries.rules.ts'
import { icon } from './icons.ts'
import type { Visit } from './visit.ts'

/** "This is for somebody else": her name and what she is to who books. Closed until it is needed; it opens without script. */
export function somebodyElse({ t }: Visit, entries: Entries, errors: readonly { readonly field: string; readonly word: string }[]): Html {
  const error = errors.find(({ field }) => field === 'attendeeName') as FieldError | undefined
  const open = entries.attendeeName !== '' || entries.attendeeRelation !== ''
  return html`<details class="else"${open && html` open`}><summary>${t('forElse')}</summary><div class="stack loose"><p class="meta">${t('forElseText')}</p>
<div class="two"><div class="field"><label for="attendeeName">${t('forElseName')}</label><input class="input" id="attendeeName" name="attendeeName" autocomplete="off" maxlength="120" value="${entries.attendeeName}"${error && html` aria-invalid="true"`} aria-describedby="attendeeName-hint${error && ' attendeeName-error'}"><p class="meta" id="attendeeName-hint">${t('forElseNameHint')}</p>${error && html`<p class="err" id="attendeeName-error">${icon('alert')}${t(error.word)}</p>`}</div>
<div class="field"><label for="attendeeRelation">${t('forElseIs')}</label><select class="input" id="attendeeRelation" name="attendeeRelation"><option value="">${t('pleaseChoose')}</option>${attendeeRelations.map(
    (is) => html`<option value="${is}"${entries.attendeeRelation === is && html` selected`}>${t(`forElse/${is}`)}</option>`,
  )}</select></div></div></div></details>`
}
