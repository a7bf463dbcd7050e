import { isCommon } from './common-passwords.ts'

/** Shortest password when it is all that guards an account (NIST SP 800-63B-4 §3.1.1.2). */
export const shortestAlone = 15
/** Shortest password beside a second factor. */
export const shortestWithSecondFactor = 8
/** Longest password in code points: hashing more would let strangers spend our CPU. */
export const longestPassword = 1024

/** What is known about who chooses. */
export type PasswordCircumstances = {
  /** Whether the account also has a passkey or one-time codes. */
  readonly hasSecondFactor: boolean
  /** The person's name, mail address, company: nobody's password may be made of these alone. */
  readonly about: readonly string[]
}

/** Why a password is refused; `least` and `most` count characters. */
export type PasswordObjection =
  | { readonly reason: 'too_short'; readonly least: number }
  | { readonly reason: 'too_long'; readonly most: number }
  | { readonly reason: 'unreadable' }
  | { readonly reason: 'common' }
  | { readonly reason: 'about_you' }

export type PasswordVerdict =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly objections: readonly [PasswordObjection, ...PasswordObjection[]] }

/** One spelling for what looks the same on every keyboard: NFKC. Undefined for what is too long or no valid text. */
export function normalPassword(password: string): string | undefined {
  if (password.length > 2 * longestPassword || [...password].length > longestPassword || !password.isWellFormed()) return undefined
  return password.normalize('NFKC')
}

const wordsOf = (about: readonly string[]) =>
  about
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .map((word) => word.normalize('NFKC').toLowerCase())
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length)

/** What is left of a password without the words an acquaintance would try first. */
function withoutWords(password: string, words: readonly string[]): string {
  return words.reduce((rest, word) => rest.replaceAll(word, ''), password.normalize('NFKC').toLowerCase())
}

/** Whether a new password is good enough: length, not among the first to be tried, not made of the person's own names. No rules about kinds of characters. */
export function judgePassword(password: string, circumstances: PasswordCircumstances): PasswordVerdict {
  const least = circumstances.hasSecondFactor ? shortestWithSecondFactor : shortestAlone
  const normal = normalPassword(password)
  if (normal === undefined) {
    const objection: PasswordObjection = password.isWellFormed() ? { reason: 'too_long', most: longestPassword } : { reason: 'unreadable' }
    return { accepted: false, objections: [objection] }
  }

  const objections: PasswordObjection[] = []
  if ([...normal].length < least) objections.push({ reason: 'too_short', least })
  const words = wordsOf([...circumstances.about, 'frontdesk'])
  const rest = withoutWords(normal, words)
  if (rest.length < normal.length && rest.length < shortestWithSecondFactor) objections.push({ reason: 'about_you' })
  else if (isCommon(normal)) objections.push({ reason: 'common' })
  const [first, ...more] = objections
  return first ? { accepted: false, objections: [first, ...more] } : { accepted: true }
}
