/** The domain in what was typed: of a page, of a mail address, or bare. Undefined where there is none. */
export function domainIn(typed: string): string | undefined {
  const host = typed.trim().replace(/^[^@\s/]+@/, '')
  try {
    const { hostname } = new URL(/^https?:\/\//i.test(host) ? host : `https://${host}`)
    const domain = hostname
      .toLowerCase()
      .replace(/^www\./, '')
      .replace(/\.$/, '')
    return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(domain) ? domain : undefined
  } catch {
    return undefined
  }
}

/** Domains of mail for everybody: whoever writes from one does not belong to it. */
const forEverybody: ReadonlySet<string> = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com gmx.com gmx.net gmx.de web.de mail.com zoho.com fastmail.com hotmail.fr yahoo.fr orange.fr wanadoo.fr free.fr laposte.net sfr.fr yahoo.es hotmail.es'.split(
    ' ',
  ),
)

/** Whether a domain can be a company's own. */
export const isOwnDomain = (domain: string): boolean => !forEverybody.has(domain)
