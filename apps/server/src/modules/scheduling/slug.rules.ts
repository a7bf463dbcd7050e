const longest = 60

/** Parts of addresses that are ours: `/b/<business>/with` is the team. */
export const reservedSlugs: ReadonlySet<string> = new Set(['with', 'me'])

/**
 * An address out of a name: lower-case letters, digits and hyphens. Accents go; a name in another script keeps nothing of itself, so it gets `fallback`.
 */
export function slugOf(name: string, fallback: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '')
  return slug === '' ? fallback : slug
}

/** The first of `slug`, `slug-2`, `slug-3` … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug
  for (let number = 2; ; number++) {
    const suffix = `-${number}`
    const candidate = `${slug.slice(0, longest - suffix.length).replace(/-+$/, '')}${suffix}`
    if (!taken.has(candidate)) return candidate
  }
}

/** Hues that lie far apart on the circle, so that neighbours in the calendar are told apart: each is the golden angle away from the one before. */
export const hueOf = (index: number): number => Math.round((255 + index * 137.508) % 360) % 360
