/** Where anybody stops an address or number: no account, no proof, no reason, no script. */
export const publicStopPath = (slug: string): string => `/do-not-contact/${slug}`
