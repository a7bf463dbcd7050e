import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type Asker, cookieNotice, legalFacts } from '../../privacy/index.ts'
import { framingSites } from '../embed/framing-sites.ts'
import type { Visit } from './visit.ts'

/** Adds what the page says about cookies and documents. Only the pages on which nothing personal stands load anything of others, and only for readers who agreed. */
export async function noticing(tx: WorkspaceTx, asker: Asker, visit: Visit, path: string): Promise<Visit> {
  const { business, locale, link } = visit
  // Tags of others would see what stands in the address, and a frame of another site is that site's own affair.
  const open =
    path.startsWith('/b/') &&
    !path.endsWith('/details') &&
    !path.endsWith('/me') &&
    !path.endsWith('/waitlist') &&
    !visit.framed &&
    Object.keys(visit.prefill).length === 0
  return {
    ...visit,
    // Forms may stand on any site.
    ...(path.startsWith('/f/') ? {} : { framedBy: await framingSites(tx) }),
    legal: await legalFacts(tx),
    notice: await cookieNotice(tx, asker, { business: business.name, slug: business.slug, locale, back: link(path), open }),
  }
}
