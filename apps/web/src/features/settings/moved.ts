/** Pages that have another name in the privacy room than they had in the settings. */
const renamed: Readonly<Record<string, string>> = { privacy: 'do-not-contact', 'privacy-settings': 'choices' }

/** Pages that moved to the privacy room under their own name. */
const moved: ReadonlySet<string> = new Set([
  'requests',
  'contact-rules',
  'consents',
  'cookies',
  'retention',
  'erasures',
  'sensitive',
  'audit',
  'policies',
])

/** Registers that stand beside the settings of the business now. */
const stayed: ReadonlySet<string> = new Set(['team', 'ownership'])

/** Where an address below the settings leads now; undefined where it never led anywhere. Letters and bookmarks may be years old. */
export function movedTo(href: string): string | undefined {
  const [, room, page = '', rest = ''] = /^(\/w\/[^/]+)\/settings\/([^/?#]+)(.*)$/.exec(href) ?? []
  if (room === undefined) return undefined
  if (moved.has(page)) return `${room}/privacy/${page}${rest}`
  if (page in renamed) return `${room}/privacy/${renamed[page]}${rest}`
  if (page !== 'records') return undefined
  const [, register = ''] = /^\/([^/?#]+)/.exec(rest) ?? []
  if (register === '') return `${room}/privacy`
  return stayed.has(register) ? `${room}/settings${rest}` : `${room}/privacy${rest}`
}
