import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/ownership.ts'

/** Words of changes of ownership. */
export const words = {
  title: 'Changement de propriétaire',
  intro:
    'Quand l’entreprise, et ses données avec elle, passe à quelqu’un d’autre : les personnes joignables sont prévenues avant et peuvent s’y opposer.',
  empty: 'Aucun changement prévu.',
  plan: 'Prévoir un changement',
  successor: 'Nouveau propriétaire',
  effectiveOn: 'Quel jour',
  noticeDays: 'Combien de jours avant prévenir',
  daysWrong: 'De 14 à 180.',
  note: 'Ce qui change pour les personnes',
  noteHint: 'Figure dans l’e-mail, après qui reprend et quand.',
  'state/planned': 'Prévu',
  'state/telling': 'Envoi en cours',
  'state/told': 'Annoncé',
  'state/cancelled': 'Annulé',
  on: 'le {date}',
  tellBy: 'Prévenez avant le {date}',
  people: { one: '{count} personne', other: '{count} personnes' },
  sent: { one: '{count} a reçu un e-mail', other: '{count} ont reçu un e-mail' },
  unreachable: { one: '{count} n’a aucune adresse qui marche', other: '{count} n’ont aucune adresse qui marche' },
  objections: { one: '{count} opposition', other: '{count} oppositions' },
  tell: 'Prévenir tout le monde',
  tellAsk: 'Écrire à tout le monde maintenant ?',
  tellText: 'Chaque contact non archivé reçoit un e-mail avec un lien pour s’opposer, quoi qu’il ait refusé. C’est irréversible.',
  cancel: 'Annuler le changement',
  cancelAsk: 'Annuler le changement ?',
  cancelText: 'C’est à vous de le dire aux personnes déjà prévenues.',
  showObjections: 'Qui s’oppose',
  somebody: 'Une personne effacée',
  planned: 'Prévu. Prévenez à temps.',
} as const satisfies Translation<typeof en>
