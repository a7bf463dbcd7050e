/** What the server takes as a logo; `logoRule` of the contract says the same. */
export const logoTypes = ['image/png', 'image/jpeg', 'image/webp'] as const
const largestBytes = 2_000_000

/** Why a file is no logo: the word that says so. */
export type LogoFault = 'logoWrong' | 'logoTooLarge' | 'logoEmpty'

/** What can be told before anything is sent. A browser goes by the ending of the name; the server looks inside. */
export function faultOfLogo({ type, size }: { readonly type: string; readonly size: number }): LogoFault | undefined {
  if (size === 0) return 'logoEmpty'
  if (!logoTypes.some((one) => one === type)) return 'logoWrong'
  return size > largestBytes ? 'logoTooLarge' : undefined
}

/** What a refusal of the server means for a logo; undefined for any other. */
export const faultOfRefusal = (slug: string | undefined): LogoFault | undefined =>
  slug === 'files/refused' ? 'logoWrong' : slug === 'http/too-large' ? 'logoTooLarge' : undefined
