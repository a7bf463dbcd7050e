import type { PolicyChange, PolicyKind } from '@frontdesk/contract'
import { type Html, html } from '../../../platform/http/index.ts'
import type { WorkspaceFacts } from '../../accounts/index.ts'
import { policyTranslator } from './policy.words.ts'
import type { PolicyDocument } from './policy-facts.ts'
import { policyPageTranslator } from './policy-page.words.ts'
import { plainTextPath, policyPath, versionPath } from './policy-paths.ts'
import type { StoredVersion } from './read-policies.ts'

const dayIn = (at: Temporal.Instant, zone: string, tag: string): string =>
  at.toZonedDateTimeISO(zone).toPlainDate().toLocaleString(tag, { dateStyle: 'long' })

/** The list of a business's documents. */
export function indexPage(
  tag: string,
  business: WorkspaceFacts,
  documents: readonly { readonly kind: PolicyKind; readonly current: StoredVersion | undefined }[],
): Html {
  const t = policyPageTranslator(tag)
  const names = policyTranslator(tag)
  return html`<p>${t('index/intro', { business: business.name })}</p><ul class="documents">${documents.map(
    ({ kind, current }) =>
      html`<li><a href="${policyPath(business.slug, kind)}?lang=${t.locale}">${names(`kind/${kind}`)}</a> <span class="soft">${
        current
          ? t('index/revised', { version: String(current.version), date: dayIn(current.published_at, business.zone, tag) })
          : t('index/unpublished')
      }</span></li>`,
  )}</ul>`
}

export type ShownDocument = {
  readonly business: WorkspaceFacts
  readonly document: PolicyDocument
  readonly version:
    | (Pick<StoredVersion, 'kind' | 'version' | 'published_at' | 'generated'> & { readonly sha256: string; readonly isCurrent: boolean })
    | undefined
  readonly pending: readonly PolicyChange[]
  readonly versions: readonly { readonly version: number; readonly published_at: Temporal.Instant }[]
}

/** One document: its date, what changed since, sections with their short lines, and its versions. */
export function documentPage(tag: string, { business, document, version, pending, versions }: ShownDocument): Html {
  const t = policyPageTranslator(tag)
  const { slug, zone } = business
  const day = (at: Temporal.Instant) => dayIn(at, zone, tag)
  const { kind } = document
  return html`${version ? html`<p class="soft"><time datetime="${version.published_at.toString()}">${t('page/revised', { date: day(version.published_at), version: String(version.version) })}</time></p>` : html`<p class="note">${t('page/unpublished', { business: business.name })}</p>`}
${version && !version.isCurrent && html`<p class="note">${t('page/old')} <a href="${policyPath(slug, kind)}?lang=${t.locale}">${t('page/current')}</a></p>`}
${version?.generated && html`<p class="soft">${t('page/generated', { business: business.name })}</p>`}
<p class="soft">${document.precedence}</p>
${
  version &&
  pending.length > 0 &&
  html`<section class="note pending" aria-labelledby="pending"><h2 id="pending">${t('page/pending')}</h2><p>${t('page/pendingText', { business: business.name, version: String(version.version) })}</p><ul>${pending.map(
    ({ id, before, after }) =>
      html`<li data-clause="${id}">${before !== null && html`<del>${linked(before, slug)}</del> `}${after !== null && html`<ins>${linked(after, slug)}</ins>`}</li>`,
  )}</ul></section>`
}
${document.sections.map(
  ({ id, title, highlight, clauses, own }) =>
    html`<section class="clauses" aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="short"><span class="label">${t('page/short')}</span> ${highlight}</p><div>${clauses.map(
      (clause) => html`<p data-clause="${clause.id}" data-rests="${clause.rests}">${linked(clause.text, slug)}</p>`,
    )}${own.map((text) => html`<p class="letter">${text}</p>`)}</div></section>`,
)}
${
  version &&
  html`<p class="soft">${t('page/print')} <a href="${plainTextPath(slug, kind, version.version, t.locale)}">${t('page/text')}</a></p><p class="soft hash">${t('page/hash')} <code>${version.sha256}</code></p>`
}
${
  versions.length > 0 &&
  html`<h2>${t('page/versions')}</h2><ul>${versions.map(
    (one) =>
      html`<li><a href="${versionPath(slug, kind, one.version, t.locale)}">${t('page/version', { version: String(one.version), date: day(one.published_at) })}</a></li>`,
  )}</ul>`
}`
}

export type AskedUse = {
  readonly business: string
  readonly use: string
  readonly mode: 'opt_in' | 'opt_out'
  readonly said: 'yes' | 'no' | null
  readonly path: string
}

/** The question about a new use: two buttons, none of them chosen before. */
export function newUsePage(tag: string, { business, use, mode, said, path }: AskedUse): Html {
  const t = policyPageTranslator(tag)
  return html`${said !== null && html`<p class="note" role="status">${t(said === 'yes' ? 'use/saidYes' : 'use/saidNo')}</p>`}
<p>${t('use/intro', { business })}</p><blockquote><p>${use}</p></blockquote><p class="soft">${t(`use/${mode}`)}</p>
<form method="post" action="${path}" class="row"><button name="answer" value="yes" class="calm">${t('use/yes')}</button><button name="answer" value="no" class="calm">${t('use/no')}</button></form>`
}

/** Addresses in a sentence as links. The business's own pages are led to where they stand now: a version keeps the address that the server had when it was published. */
function linked(text: string, slug: string): Html {
  const own = new RegExp(`^https?://[^/]+(/(?:rights|legal|choices|child|b|do-not-contact)/${slug}(?:[/?].*)?)$`)
  const pieces = text.split(/(https?:\/\/[^\s)]+)/)
  const link = (address: string) => {
    const here = own.exec(address)?.[1]
    return html`<a href="${here ?? address}">${here ?? address.replace(/^https?:\/\//, '')}</a>`
  }
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? link(piece) : piece))}`
}
