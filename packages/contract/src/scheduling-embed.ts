/** Which other sites may show the booking pages in a frame. */
import { z } from 'zod'
import { routes } from './routes.ts'

/** An origin as `frame-ancestors` takes it: `https://example.com`, `https://*.example.com`, and this machine's own for trying it out. Lower case, without a path. */
const siteForm = /^(?:https:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+|https?:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/

export const FramingSite = z
  .string()
  .max(200)
  .regex(siteForm, 'Write it like https://example.com, without a path.')
  .meta({ id: 'FramingSite', examples: ['https://example.com'] })
export type FramingSite = z.output<typeof FramingSite>

/** How the booking pages may stand on other sites. */
export const BookingPageSettings = z
  .object({
    version: z.int(),
    /** Who may frame `/b/…` and the pages that follow a booking. None: only this house itself. */
    sites: z.array(FramingSite),
    /** The script that puts the pages on another site. It never changes at this address. */
    script: z.object({ path: z.string(), integrity: z.string() }),
  })
  .meta({ id: 'BookingPageSettings' })
export type BookingPageSettings = z.output<typeof BookingPageSettings>

const BookingPageBody = z
  .strictObject({
    sites: z
      .array(FramingSite)
      .max(50, 'At most 50 sites.')
      .refine((sites) => new Set(sites).size === sites.length, { message: 'Each site can stand here once.' }),
  })
  .meta({ examples: [{ sites: ['https://example.com'] }] })

export const embedRoutes = routes({
  'GET /booking-page': {
    summary: 'Which sites may show the booking pages in a frame, and the script for it',
    access: 'member',
    answer: BookingPageSettings,
  },
  'PUT /booking-page': {
    summary: 'Say which sites may show the booking pages in a frame; whole',
    access: 'member',
    body: BookingPageBody,
    ifMatch: true,
    answer: BookingPageSettings,
  },
})
