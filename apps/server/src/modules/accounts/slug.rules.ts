/** Public addresses that mean something else on this server. */
const reserved = new Set(
  'about account admin api app assets auth blog book booking bookings chat contact dashboard demo docs frontdesk help home join legal login logout mail me new oauth outbox pay privacy public reset robots setup sign-in sign-out sign-up signin signup static status support terms test verify webhooks widget workspace www'.split(
    ' ',
  ),
)

/** Whether a public address is kept for the server itself. */
export const isReservedSlug = (slug: string): boolean => reserved.has(slug)

const letters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' }

/** A public address out of a name: `Café Zoë & Co.` becomes `cafe-zoe-co`. Names without Latin letters become `desk`. */
export function slugFrom(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[ßæøœđðþłı]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  const slug = plain === '' ? 'desk' : plain
  return isReservedSlug(slug) ? `${slug}-desk` : slug
}
