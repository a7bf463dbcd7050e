/** Code of others that tests declare for the booking pages. */
import { declareTag, removeTag } from '../../apps/server/src/modules/privacy/cookies/page-tags.ts'
import type { TestSite } from './site.ts'

/** Code of others that counts visits. */
export const statistics = {
  name: 'Counter',
  provider: 'Counting Ltd',
  host: 'stats.example',
  script: '/count.js',
  class: 'statistics',
  purpose: 'Counts visits of this page.',
  cookies: [{ name: '_count', days: 30 }],
} as const
/** Code of others that advertises. */
export const advertising = {
  name: 'Reach',
  provider: 'Reach Inc',
  host: 'ads.example',
  script: '/reach.js',
  class: 'marketing',
  purpose: 'Shows our offers on other sites.',
  cookies: [],
} as const

/** Declares tags for one test. */
export async function withTags(
  { shop }: Pick<TestSite, 'shop'>,
  tags: readonly (typeof statistics | typeof advertising)[],
  work: () => Promise<void>,
): Promise<void> {
  const declared: string[] = []
  for (const tag of tags) declared.push((await shop.inside((tx) => declareTag(tx, shop.owner, tag))).id)
  try {
    await work()
  } finally {
    for (const id of declared) await shop.inside((tx) => removeTag(tx, shop.owner, id))
  }
}
