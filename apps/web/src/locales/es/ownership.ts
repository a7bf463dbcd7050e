import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/ownership.ts'

/** Words of changes of ownership. */
export const words = {
  title: 'Cambio de titular',
  intro: 'Cuando el negocio, y con él sus datos, pasa a otras manos: se avisa antes a quienes se pueda y pueden oponerse.',
  empty: 'No hay ningún cambio previsto.',
  plan: 'Planear un cambio',
  successor: 'Nuevo titular',
  effectiveOn: 'Qué día',
  noticeDays: 'Con cuántos días se avisa',
  daysWrong: 'De 14 a 180.',
  note: 'Qué cambia para las personas',
  noteHint: 'Va en el correo, después de quién lo toma y cuándo.',
  'state/planned': 'Previsto',
  'state/telling': 'Avisando',
  'state/told': 'Avisado',
  'state/cancelled': 'Cancelado',
  on: 'el {date}',
  tellBy: 'Avisa antes del {date}',
  people: { one: '{count} persona', other: '{count} personas' },
  sent: { one: 'se ha escrito a {count}', other: 'se ha escrito a {count}' },
  unreachable: { one: '{count} no tiene dirección que funcione', other: '{count} no tienen dirección que funcione' },
  objections: { one: '{count} se opone', other: '{count} se oponen' },
  tell: 'Avisar a todos',
  tellAsk: '¿Escribir ahora a todos?',
  tellText:
    'Cada contacto que no esté archivado recibe un correo con un enlace para oponerse, aunque se haya dado de baja. No se puede deshacer.',
  cancel: 'Cancelar el cambio',
  cancelAsk: '¿Cancelar el cambio?',
  cancelText: 'A quienes ya se escribió tienes que decírselo tú.',
  showObjections: 'Quién se opone',
  somebody: 'Alguien a quien se borró',
  planned: 'Previsto. Avisa a tiempo.',
} as const satisfies Translation<typeof en>
