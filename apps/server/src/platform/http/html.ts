/**
 * HTML that is escaped by construction: whatever is put into a template is text, unless it came from `html` itself. There is no way to mark a string as safe.
 * Attribute values stand in double quotes.
 */
const made: unique symbol = Symbol('html')

/** A piece of markup, written with `html`. */
export type Html = { readonly [made]: string }

/** What a template takes: text and numbers are escaped, markup stays, nothing is nothing, lists follow one another. */
export type HtmlValue = string | number | Html | null | undefined | false | readonly HtmlValue[]

/** Writes a piece of markup: html`<p>${text}</p>`. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0] ?? ''
  values.forEach((value, index) => {
    text += rendered(value) + (strings[index + 1] ?? '')
  })
  return { [made]: text }
}

/** The markup as text, to be sent. */
export const renderHtml = (markup: Html): string => markup[made]

/** An address that a person typed, if it may stand in an `href`: https or http, nothing that runs. */
export function webAddress(typed: string | null): string | null {
  if (typed === null || !URL.canParse(typed)) return null
  const { protocol, href } = new URL(typed)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}

function rendered(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return String(value)
  if (isMarkup(value)) return value[made]
  return value.map(rendered).join('')
}

const isMarkup = (value: Html | readonly HtmlValue[]): value is Html => made in value

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
