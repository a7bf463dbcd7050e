import { judgePassword, type PasswordObjection, type Passwords, PasswordsBusy } from '../../platform/crypto/index.ts'
import { Refusal } from '../../platform/errors/index.ts'

const sentences = (objection: PasswordObjection): string => {
  switch (objection.reason) {
    case 'too_short':
      return `Use at least ${objection.least} characters; a few words in a row are easy to remember.`
    case 'too_long':
      return `Use at most ${objection.most} characters.`
    case 'unreadable':
      return 'Use characters that can be typed.'
    case 'common':
      return 'It is among those that are tried first.'
    case 'about_you':
      return 'It is made of your own name, address or company.'
  }
}

/** Hashes a new password. Throws `accounts/password-too-weak` with the objections, or `accounts/busy`. */
export async function hashNewPassword(
  passwords: Passwords,
  password: string,
  about: readonly (string | null | undefined)[],
  hasSecondFactor = false,
): Promise<string> {
  const verdict = judgePassword(password, { hasSecondFactor, about: about.filter((text) => typeof text === 'string') })
  if (!verdict.accepted) {
    throw new Refusal('accounts/password-too-weak', {
      detail: `${verdict.objections.map(sentences).join(' ')} Nothing was saved.`,
      objections: verdict.objections,
    })
  }
  return unlessBusy(() => passwords.hash(password))
}

/** Turns a full queue of the password pool into a refusal. */
export async function unlessBusy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PasswordsBusy)
      throw new Refusal('accounts/busy', { detail: 'Please try again in a few seconds. Nothing was changed.' })
    throw error
  }
}
