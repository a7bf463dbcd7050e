import { readerLocale, textDirection } from '@frontdesk/i18n'
import { html, renderHtml } from '../../../platform/http/index.ts'
import { assetPath } from './assets.ts'
import { pageTranslator } from './page.words.ts'

/** Why there is no page to show. */
export type Message = 'notFound' | 'closed' | 'link'

/** A page for when there is no business, or nothing to show of it. It needs nothing of a business. */
export function renderMessage(message: Message, languages: readonly string[]): string {
  const { tag, locale } = readerLocale(languages)
  const t = pageTranslator(tag)
  const [title, text] = {
    notFound: [t('notFoundTitle'), t('notFoundText')],
    closed: [t('closedTitle'), t('closedText')],
    link: [t('linkTitle'), t('linkText')],
  }[message]
  return renderHtml(html`<!doctype html>
<html lang="${tag}" dir="${textDirection(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${assetPath('booking.css')}"></head>
<body><div class="wrap single"><main class="sheet" id="main"><div class="body"><h1>${title}</h1><p class="soft">${text}</p></div></main></div></body>
</html>
`)
}
