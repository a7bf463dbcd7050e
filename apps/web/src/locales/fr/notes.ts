import type { Translation } from '@frontdesk/i18n'
import type { words as english } from '../en/notes.ts'

export const words = {
  audience: 'Qui la voit',
  'audience/everybody': 'Tous ceux qui voient ce contact',
  'audience/leads': 'Propriétaires, administrateurs et responsables, et vous',
  'audience/author': 'Vous seul',
  'seen/leads': 'Responsables et au-dessus',
  'seen/author': 'Vous seul',
  audienceHint: 'La personne concernée la reçoit dans une copie de ses données, quels que soient ceux qui la voient ici.',
  mentionHint: 'Écrivez @ et un nom pour prévenir un collègue.',
  mentionWho: 'Qui est concerné',
  mentionCount: { one: 'Un nom. Entrée l’écrit.', other: '{count} noms. Les flèches choisissent, Entrée écrit.' },
  tells: 'Prévient {names}.',
} satisfies Translation<typeof english>
