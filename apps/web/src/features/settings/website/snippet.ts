/** The ways the booking page can stand on a site. */
export const embedModes = ['inline', 'popup', 'button'] as const
export type EmbedMode = (typeof embedModes)[number]

/** What the owner chose. Empty texts are left out. */
export type EmbedChoice = {
  readonly mode: EmbedMode
  readonly service: string
  readonly person: string
  readonly colour: string
  readonly theme: 'auto' | 'light' | 'dark'
  readonly language: string
  readonly label: string
}

export type EmbedScript = { readonly origin: string; readonly business: string; readonly path: string; readonly integrity: string }

/** The lines for the owner's own site. The hash lets browsers run nothing but this very script. */
export function snippetOf({ origin, business, path, integrity }: EmbedScript, choice: EmbedChoice): string {
  const facts = { business, ...attributesOf(choice) }
  const written = Object.entries(facts).map(([name, value]) => ` data-${name}="${escaped(value)}"`)
  return `<script src="${origin}${path}" integrity="${integrity}" crossorigin="anonymous"${written.join('')} async></script>`
}

/** Where the preview of a choice stands. */
export const previewPath = (business: string, choice: EmbedChoice): string => {
  const { language, ...facts } = attributesOf(choice)
  const query = new URLSearchParams({
    ...facts,
    ...(language ? { lang: language } : {}),
    ...(facts.colour ? { colour: facts.colour.slice(1) } : {}),
  })
  return `/embed/preview/${business}?${query}`
}

function attributesOf({ theme, ...choice }: EmbedChoice): Record<string, string> & { mode: string } {
  const found = Object.entries({ ...choice, theme: theme === 'auto' ? '' : theme }).filter(([, value]) => value.trim() !== '')
  return { ...Object.fromEntries(found), mode: choice.mode }
}

const escaped = (text: string): string => text.trim().replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

/** What somebody wrote, as sites: one a line, an address or only a name. `wrong` is the first line that is none. */
export function sitesIn(text: string): { readonly sites: readonly string[]; readonly wrong?: string } {
  const sites: string[] = []
  for (const line of text.split(/[\s,]+/).filter(Boolean)) {
    const site = siteOf(line)
    if (site === undefined) return { sites, wrong: line }
    if (!sites.includes(site)) sites.push(site)
  }
  return { sites }
}

function siteOf(line: string): string | undefined {
  const whole = /^https?:\/\//i.test(line) ? line : `https://${line}`
  const wild = /^https:\/\/\*\./i.test(whole)
  try {
    const { protocol, hostname, host } = new URL(wild ? whole.replace('*.', '') : whole)
    const isHere = hostname === 'localhost' || hostname === '127.0.0.1'
    if (!isHere && (protocol !== 'https:' || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname))) return undefined
    return `${protocol}//${wild ? '*.' : ''}${host}`
  } catch {
    return undefined
  }
}
