/** How a page looks where the site around it says so. */
export type Look = { readonly theme?: 'light' | 'dark'; readonly colour?: string }
/** What an address fills in beforehand, by the names it has there. */
export type Prefill = Readonly<Partial<Record<PrefillName, string>>>
type PrefillName = 'name' | 'email' | 'phone' | 'notes'

const longest: Readonly<Record<PrefillName, number>> = { name: 120, email: 254, phone: 40, notes: 2000 }

/** The look that an address asks for; anything else is nothing. */
export function lookOf({ theme, colour }: Readonly<Record<string, string>>): Look {
  return {
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(colour !== undefined && isColour(colour) ? { colour: colour.toLowerCase() } : {}),
  }
}

/** Six digits, without the sign that an address would cut off. */
export const isColour = (text: string): boolean => /^[0-9a-f]{6}$/i.test(text)

/** What an address fills in: plain text, cut to what a field holds. */
export function prefillOf(query: Readonly<Record<string, string>>): Prefill {
  const found: Partial<Record<PrefillName, string>> = {}
  for (const name of ['name', 'email', 'phone', 'notes'] as const) {
    const text = query[name]?.trim()
    if (text) found[name] = text.slice(0, longest[name])
  }
  return found
}

/** A form that was sent, without what was typed: it must not turn into addresses. */
export const withoutTyped = (form: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(form).filter(([name]) => ['lang', 'zone', 'frame', 'theme', 'colour'].includes(name)))
