/** What a cookie is there for. Only `needed` ones come without a decision of the reader. */
export type CookieClass = 'needed' | 'preferences' | 'statistics' | 'marketing'

/** One cookie of this server. */
export type CookieFacts = {
  readonly name: string
  readonly class: CookieClass
  /** How long a browser keeps it; null: until it is closed. */
  readonly seconds: number | null
}

const DAY = 86_400

/**
 * Every cookie this server can set. All of them are ours (first party), and no page can read them by script. Over https their names begin with `__Host-`, so that the browser
 * itself keeps them from other hosts, paths and plain http (RFC 6265bis §4.1.3.2). A cookie that is not listed here cannot be set.
 */
export const cookieRegister = {
  /** Who is signed in. */
  session: { name: 'frontdesk', class: 'needed', seconds: 90 * DAY },
  /** The browser that asked for an account, so that another one cannot be talked into confirming it. */
  signUp: { name: 'frontdesk-sign-up', class: 'needed', seconds: 2 * DAY },
  /** The way to another sign-in and back, and to what somebody new is asked then. */
  elsewhere: { name: 'frontdesk-elsewhere', class: 'needed', seconds: 600 },
  /** What the reader decided about cookies, under a random id of its own. */
  choices: { name: 'frontdesk-choices', class: 'needed', seconds: 180 * DAY },
  /** The answer to an age screen: old enough, or not. Never an age. */
  age: { name: 'frontdesk-age', class: 'needed', seconds: null },
  /** The language she chose on a public page. */
  language: { name: 'frontdesk-language', class: 'preferences', seconds: 365 * DAY },
} as const satisfies Record<string, CookieFacts>

export type CookieName = keyof typeof cookieRegister

/** What our pages keep in a browser besides cookies; the same rules hold for it (as remembered from Directive 2002/58/EC Art. 5(3); counsel must check). `*` stands for what follows. */
export const storageRegister = [
  { name: 'frontdesk.theme', where: 'local', class: 'preferences' },
  { name: 'frontdesk.locale', where: 'local', class: 'preferences' },
  { name: 'frontdesk.single-keys', where: 'local', class: 'preferences' },
  { name: 'frontdesk.draft.*', where: 'local', class: 'needed' },
  { name: 'frontdesk.draft.*', where: 'session', class: 'needed' },
] as const satisfies readonly { readonly name: string; readonly where: 'local' | 'session'; readonly class: CookieClass }[]
