import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/contact-table.ts'

export const words = {
  table: 'Les personnes, en tableau',
  columns: 'Colonnes',
  columnsHint:
    'Faites glisser le bord d’un titre pour changer sa largeur ; sur un titre, Alt et les flèches font de même, et avec Maj elles le déplacent.',
  usual: 'Les colonnes habituelles',
  earlier: 'Avancer {column}',
  later: 'Reculer {column}',
  total: { one: '{count} personne', other: '{count} personnes' },
  toStart: 'À la première ligne',
  toEnd: 'À la dernière ligne',
  loading: 'Chargement…',
  failed: 'Ces lignes n’ont pas pu être chargées. {reason}',
  again: 'Réessayer',
  selectRow: 'Choisir {name}',
  choose: 'Choisir',
  'column/name': 'Nom',
  'column/givenName': 'Prénom',
  'column/familyName': 'Nom de famille',
  'column/email': 'E-mail',
  'column/phone': 'Téléphone',
  'column/company': 'Entreprise',
  'column/owner': 'Responsable',
  'column/tags': 'Étiquettes',
  'column/activity': 'Dernière activité',
  'column/created': 'Ajouté',
} as const satisfies Translation<typeof en>
