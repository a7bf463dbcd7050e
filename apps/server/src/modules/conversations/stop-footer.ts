import type { ContactId, ContactPointId } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { html, renderHtml } from '../../platform/http/index.ts'
import { preferencePath, preferenceWords, stopPath, stopWords } from '../privacy/index.ts'
import { conversationSurroundings } from './surroundings.ts'

type Body = { readonly text: string; readonly html: string | undefined }
type Stoppable = Body & {
  /** For the button that mail programs show; mail programs press it over HTTPS only (RFC 8058 §3.1). */
  readonly unsubscribeUrl: string | undefined
}

/** Adds the line with which whoever reads a mail stops all mail to her address, and the one to her page, where she chooses in detail. */
export function withStopFooter(
  tx: WorkspaceTx,
  body: Body,
  facts: { readonly contactId: ContactId; readonly pointId: ContactPointId; readonly business: string; readonly locale: string },
): Stoppable {
  const t = translator(stopWords, facts.locale)
  const link = `${conversationSurroundings.get().publicUrl()}${stopPath(tx, facts.pointId)}`
  const words = t('footer', { business: facts.business })
  const page = `${conversationSurroundings.get().publicUrl()}${preferencePath(tx, facts.contactId)}`
  const choose = translator(preferenceWords, facts.locale)('footerLink')
  const footer = renderHtml(
    html`<p style="max-width:560px;margin:24px auto 0;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:13px;line-height:20px;opacity:.7">${words} <a href="${link}" style="color:inherit">${t('footerLink')}</a> · <a href="${page}" style="color:inherit">${choose}</a></p>`,
  )
  const end = body.html?.lastIndexOf('</body>') ?? -1
  return {
    unsubscribeUrl: link.startsWith('https:') ? link : undefined,
    text: `${body.text.trimEnd()}\n\n${words}\n${link}\n\n${choose}:\n${page}\n`,
    html:
      body.html === undefined
        ? undefined
        : end < 0
          ? `${body.html}${footer}`
          : `${body.html.slice(0, end)}${footer}${body.html.slice(end)}`,
  }
}
