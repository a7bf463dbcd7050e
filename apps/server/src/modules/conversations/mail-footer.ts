import type { Purpose } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type Html, html, renderHtml } from '../../platform/http/index.ts'
import type { WorkspaceFacts } from '../accounts/index.ts'
import { preferencePath, preferenceWords, publicStopPath, stopPath, stopWords } from '../privacy/index.ts'
import { conversationSurroundings } from './surroundings.ts'

type Body = { readonly text: string; readonly html: string | undefined }
type Footed = Body & {
  /** For the button that mail programs show; mail programs press it over HTTPS only (RFC 8058 §3.1). */
  readonly unsubscribeUrl: string | undefined
}
type Facts = {
  readonly contactId: ContactId
  readonly business: Pick<WorkspaceFacts, 'name' | 'slug' | 'address' | 'phone'>
  readonly locale: string
}

type Stoppable = Facts & { readonly pointId: ContactPointId; readonly purpose: Extract<Purpose, 'service' | 'feedback' | 'marketing'> }

/** Adds the line with which whoever reads a mail stops what it is, offers or news about her bookings, and the one to her page, where she chooses in detail. */
export function withStopFooter(tx: WorkspaceTx, body: Body, facts: Stoppable): Footed {
  const t = translator(stopWords, facts.locale)
  const kind = facts.purpose === 'service' ? 'service' : 'offers'
  const link = `${conversationSurroundings.get().publicUrl()}${stopPath(tx, facts.pointId, kind)}`
  const words = t(`footer/${kind}`, { business: facts.business.name })
  const page = pageOf(tx, facts)
  return {
    unsubscribeUrl: link.startsWith('https:') ? link : undefined,
    ...under(body, {
      text: `${words}\n${link}\n\n${page.words}:\n${page.link}\n`,
      html: html`${words} <a href="${link}" style="color:inherit">${t(`footerLink/${kind}`)}</a> · <a href="${page.link}" style="color:inherit">${page.words}</a>`,
    }),
  }
}

/**
 * Adds who writes, the way to her page and the one to the page that stops any address. For answers and what the law asks for: they are no mail of a list, so that mail programs are offered no button to unsubscribe,
 * and the sign of a signature (RFC 3676 §4.3) keeps the lines out of what she quotes.
 */
export function withIdentity(tx: WorkspaceTx, body: Body, facts: Facts): Footed {
  const { name, address, phone } = facts.business
  const who = [name, address, phone].flatMap((part) => (part === null ? [] : [part.replaceAll(/\s*\n\s*/g, ', ')])).join(' · ')
  const page = pageOf(tx, facts)
  const stop = {
    link: `${conversationSurroundings.get().publicUrl()}${publicStopPath(facts.business.slug)}`,
    words: translator(stopWords, facts.locale)('footerPublic'),
  }
  return {
    unsubscribeUrl: undefined,
    ...under(body, {
      text: `-- \n${who}\n${page.words}: ${page.link}\n${stop.words}: ${stop.link}\n`,
      html: html`${who}<br><a href="${page.link}" style="color:inherit">${page.words}</a> · <a href="${stop.link}" style="color:inherit">${stop.words}</a>`,
    }),
  }
}

const pageOf = (tx: WorkspaceTx, { contactId, locale }: Facts) => ({
  link: `${conversationSurroundings.get().publicUrl()}${preferencePath(tx, contactId)}`,
  words: translator(preferenceWords, locale)('footerLink'),
})

function under(body: Body, footer: { readonly text: string; readonly html: Html }): Body {
  const part = renderHtml(
    html`<p style="max-width:560px;margin:24px auto 0;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:13px;line-height:20px;opacity:.7">${footer.html}</p>`,
  )
  const end = body.html?.lastIndexOf('</body>') ?? -1
  return {
    text: `${body.text.trimEnd()}\n\n${footer.text}`,
    html:
      body.html === undefined ? undefined : end < 0 ? `${body.html}${part}` : `${body.html.slice(0, end)}${part}${body.html.slice(end)}`,
  }
}
