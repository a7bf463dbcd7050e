import type { Rule } from '../rulebook.ts'
import { offers, row } from './rule-row.ts'

/** Electronic messages in the United States. Canada’s are in `canada.ts`; where the country is not known both hold, so the stricter one. */
export const usMessages: readonly Rule[] = [
  row(
    'us.email.form',
    'US',
    { law: 'CAN-SPAM, 15 U.S.C. 7704; 16 CFR 316', certainty: 'K' },
    {
      kind: 'require',
      applies: { channels: ['email'], purposes: offers },
      codes: ['name_sender', 'honest_subject', 'postal_address', 'unsubscribe_link'],
      params: { works_for_days: '30' },
      does: 'Each mail with an offer names its sender with a postal address, has an honest subject, and an unsubscribe link that works for at least 30 days.',
    },
  ),
  row(
    'us.messengers',
    'US',
    { law: 'Terms of the messengers', certainty: 'K' },
    {
      kind: 'consent',
      applies: { channels: ['chat', 'whatsapp', 'messenger', 'instagram', 'push'], purposes: ['marketing'] },
      level: 'pec',
      does: 'Offers by messenger, chat or push go only to people who asked for them.',
      strict: 'No statute was found; the operators ask for an opt-in, and so does Frontdesk.',
    },
  ),
]
