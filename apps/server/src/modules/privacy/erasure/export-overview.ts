import type { PersonData, RecipientNews } from '@frontdesk/contract'
import { formats, type Locale, textDirection, translator } from '@frontdesk/i18n'
import { type Html, html, renderHtml } from '../../../platform/http/index.ts'
import { exportWords } from './export.words.ts'

type Row = Readonly<Record<string, unknown>>
/** Where it came from, what for, who receives it, how long, and what machines decide. */
function processing({ processing: told }: PersonData, locale: Locale, moment: (value: unknown) => string): Html | null {
  if (!told) return null
  const t = translator(exportWords, locale)
  /** A key of the inventory in words; one of a newer room by its name. */
  const inWords = (kind: 'category' | 'purpose' | 'basis' | 'source' | 'ends' | 'logic' | 'region', key: string): string => {
    const word = `${kind}/${key}`
    return Object.hasOwn(exportWords.en, word) ? t(word as 'source/member') : key.replaceAll('_', ' ')
  }
  const byPurpose = Map.groupBy(told.uses, ({ purpose }) => purpose)
  return html`<h2>${t('sources')}</h2><ul>${told.sources.map(({ from, at, notice }) => html`<li>${inWords('source', from)}, ${moment(at)}${notice && html`. ${t('underNotice', { version: String(notice.version), day: moment(notice.publishedAt) })}`}</li>`)}</ul>
<h2>${t('uses')}</h2><ul>${[...byPurpose].map(
    ([purpose, uses]) =>
      html`<li>${inWords('purpose', purpose)}: ${[...new Set(uses.map(({ category }) => inWords('category', category)))].join(', ')} (${[...new Set(uses.map(({ basis }) => inWords('basis', basis)))].join(', ')})</li>`,
  )}</ul>
<h2>${t('recipients')}</h2>${
    told.recipients.length === 0
      ? html`<p>${t('noRecipients')}</p>`
      : html`<ul>${told.recipients.map(({ name, region, purposes }) => html`<li>${name} (${inWords('region', region)}): ${purposes.map((purpose) => inWords('purpose', purpose)).join(', ')}</li>`)}</ul>`
  }
<h2>${t('periods')}</h2><ul>${told.periods.map(({ retention, days }) => html`<li>${inWords('ends', retention)}${days !== null && html` ${t('days', { count: days })}`}</li>`)}</ul>
<h2>${t('logic')}</h2><ul>${told.automatedLogic.map(({ name }) => html`<li>${inWords('logic', name)}</li>`)}</ul>`
}

/** The page in a copy that a person reads: what is in it, and the main things, in her language. Everything else is in the files beside it. */
export function overviewOf(data: PersonData, locale: Locale): string {
  const t = translator(exportWords, locale)
  const as = formats(locale, 'UTC')
  const rows = (table: string): readonly Row[] => data.tables[table] ?? []
  const moment = (value: unknown) => (typeof value === 'string' ? as.dateTime(Temporal.Instant.from(value)) : '')
  const text = (value: unknown) => (value === null || value === undefined ? '' : String(value))
  const list = (title: string, items: readonly Html[]) => (items.length === 0 ? null : html`<h2>${title}</h2><ul>${items}</ul>`)
  const services = new Map((data.context.service ?? []).map((row) => [row.id, text(row.name)]))
  const title = t('title', { business: data.business })
  const page = html`<html lang="${locale}" dir="${textDirection(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${t('made', { when: moment(data.exportedAt) })}</p>
${rows('restriction')
  .filter(({ lifted_at: lifted }) => lifted === null)
  .map(({ since }) => html`<p><strong>${t('restricted', { when: moment(since) })}</strong></p>`)}
${list(
  t('who'),
  [...rows('contact').map(({ name }) => text(name)), ...rows('contact_point').map((row) => text(row.value_normalized))].map(
    (line) => html`<li>${line}</li>`,
  ),
)}
${list(
  t('appointments'),
  rows('booking').map((row) => html`<li>${moment(row.starts_at)} ${services.get(row.service_id) ?? ''}</li>`),
)}
${list(
  t('messages'),
  rows('message').map((row) => html`<li>${moment(row.at)} ${text(row.subject)}<br>${text(row.body)}</li>`),
)}
${list(
  t('notes'),
  rows('note').map((row) => html`<li>${moment(row.created_at)} ${text(row.body)}</li>`),
)}
${list(
  t('given'),
  rows('disclosure')
    .filter(({ recipient_kind: kind }) => kind !== 'person' && kind !== 'business')
    .map((row) => html`<li>${moment(row.at)} ${text(row.recipient)}</li>`),
)}
${list(
  t('toldOthers'),
  rows('recipient_notice')
    .filter(({ state }) => state === 'told')
    .map(({ done_at, recipient, news }) => html`<li>${moment(done_at)} ${text(recipient)} (${t(`told/${news as RecipientNews}`)})</li>`),
)}
<h2>${t('files')}</h2><p>${t('filesText')}</p>
<ul>${Object.entries(data.tables)
    .filter(([, each]) => each.length > 0)
    .map(([table, each]) => html`<li>csv/${table}.csv: ${t('rows', { count: each.length })}</li>`)}</ul>
${processing(data, locale, moment)}
<h2>${t('rights')}</h2><p>${t('rightsText', { business: data.business })}</p></main></body></html>`
  return `<!doctype html>\n${renderHtml(page)}\n`
}
