import { z } from 'zod'

/** The ways to reach somebody. */
export const ContactChannel = z
  .enum(['email', 'sms', 'call', 'chat', 'whatsapp', 'messenger', 'instagram', 'push'])
  .meta({ id: 'ContactChannel' })
