import type { RateLimit } from '../../platform/http/index.ts'

/** Passwords and codes, per address of the network. Guessing at one account is bounded apart from this, wherever it comes from. */
export const guessLimit: RateLimit = { name: 'sign-in', requests: 30, seconds: 60, shared: true }
/** Links hold 128 random bits or more: nobody guesses them, and a whole team opens its invitations at once. */
export const linkLimit: RateLimit = { name: 'links', requests: 120, seconds: 60, shared: true }
/** What makes a mail to an address that somebody typed. */
export const mailLimit: RateLimit = { name: 'account-mail', requests: 20, seconds: 600, shared: true }
