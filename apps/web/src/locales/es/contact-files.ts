import type { Translation } from '@frontdesk/i18n'
import type { words as english } from '../en/contact-files.ts'

export const words = {
  files: 'Archivos',
  add: 'Añadir un archivo',
  hint: 'Hasta 25 MB cada uno, guardados con cifrado. Suelta aquí los archivos o elígelos.',
  choose: 'Elegir archivos para {name}',
  sending: 'Enviando {name}',
  added: '{name} está en la ficha.',
  removed: '{name} ya no está en la ficha.',
  save: 'Guardar {name}, {facts}',
  remove: 'Quitar {name} de la ficha',
  empty: 'Aquí estarán los archivos sobre {name}: un papel firmado, un plan, una foto.',
  addedBy: 'Añadido {when} por {who}',
  addedAt: 'Añadido {when}',
  somebody: 'alguien que se fue',
} satisfies Translation<typeof english>
