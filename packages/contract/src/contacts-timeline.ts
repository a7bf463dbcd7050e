import { z } from 'zod'

/** Who did something: `id` names a member, an API key or the contact. */
export const TimelineActor = z
  .object({ kind: z.enum(['member', 'api_key', 'contact_link', 'visitor', 'operator', 'system']), id: z.string().nullable() })
  .meta({ id: 'TimelineActor' })
