import { chooseLocale, translator } from '@frontdesk/i18n'
import { mailWords } from './words.ts'

/** One mail of the server itself: a sentence or two, at most one button. */
export type Letter = {
  /** The reader's language tag; English where it is unknown. */
  readonly locale: string | null
  readonly name: string | null
  readonly say: (t: ReturnType<typeof letterTranslator>) => {
    readonly subject: string
    readonly paragraphs: readonly string[]
    readonly button?: { readonly label: string; readonly href: string }
    /** What somebody should do who did not cause this mail. */
    readonly notYou: string
  }
}

/** The translator of a reader's language. */
export const letterTranslator = (locale: string | null) => translator(mailWords, locale ?? 'en')

/** Writes a letter as plain text and as HTML that reads well in any mail program, in light and dark. */
export function writeLetter({ locale, name, say }: Letter): { readonly subject: string; readonly text: string; readonly html: string } {
  const t = letterTranslator(locale)
  const { subject, paragraphs, button, notYou } = say(t)
  const greeting = name === null ? t('greetingNobody') : t('greeting', { name })
  const text = [greeting, ...paragraphs, ...(button ? [`${button.label}: ${button.href}`] : []), notYou, t('closing')].join('\n\n')
  const html = `<!doctype html>
<html lang="${chooseLocale(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:34em;margin:0 auto">
${[greeting, ...paragraphs].map(paragraph).join('\n')}
${button ? buttonOf(button, t('linkFallback')) : ''}
<p style="margin:24px 0 0;font-size:14px;opacity:.75">${escapeHtml(notYou)}</p>
<p style="margin:16px 0 0;font-size:14px;opacity:.75">${escapeHtml(t('closing'))}</p>
</div>
</body>
</html>
`
  return { subject, text: `${text}\n`, html }
}

const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`

const buttonOf = ({ label, href }: { label: string; href: string }, fallback: string) =>
  `<p style="margin:24px 0"><a href="${escapeHtml(href)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1f6f5c;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(label)}</a></p>
<p style="margin:0;font-size:14px;opacity:.75">${escapeHtml(fallback)}<br><a href="${escapeHtml(href)}" style="word-break:break-all">${escapeHtml(href)}</a></p>`

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)
