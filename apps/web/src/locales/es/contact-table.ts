import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/contact-table.ts'

export const words = {
  table: 'Personas, en una tabla',
  columns: 'Columnas',
  columnsHint:
    'Arrastra el borde de un título para cambiar el ancho; sobre un título, Alt y las flechas hacen lo mismo, y con Mayús lo mueven.',
  usual: 'Las columnas de siempre',
  earlier: 'Mover {column} hacia delante',
  later: 'Mover {column} hacia atrás',
  total: { one: '{count} persona', other: '{count} personas' },
  toStart: 'A la primera fila',
  toEnd: 'A la última fila',
  loading: 'Cargando…',
  failed: 'No se pudieron cargar estas filas. {reason}',
  again: 'Intentar de nuevo',
  selectRow: 'Elegir a {name}',
  choose: 'Elegir',
  'column/name': 'Nombre',
  'column/givenName': 'Nombre de pila',
  'column/familyName': 'Apellidos',
  'column/email': 'Correo',
  'column/phone': 'Teléfono',
  'column/company': 'Empresa',
  'column/owner': 'A cargo de',
  'column/tags': 'Etiquetas',
  'column/activity': 'Última actividad',
  'column/created': 'Añadido',
} as const satisfies Translation<typeof en>
