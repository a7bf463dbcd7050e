/** Where anybody reports that data of a child are kept. */
export const childPath = (slug: string): string => `/child/${slug}`
