import type { Translation } from '@frontdesk/i18n'
import type { words as english } from '../en/notes.ts'

export const words = {
  audience: 'Quién la ve',
  'audience/everybody': 'Todos los que ven este contacto',
  'audience/leads': 'Propietarios, administradores y responsables, y tú',
  'audience/author': 'Solo tú',
  'seen/leads': 'Responsables y superiores',
  'seen/author': 'Solo tú',
  audienceHint: 'La persona de quien trata la recibe en una copia de sus datos, la vea quien la vea aquí.',
  mentionHint: 'Escribe @ y un nombre para avisar a un compañero.',
  mentionWho: 'A quién te refieres',
  mentionCount: { one: 'Un nombre. Intro lo escribe.', other: '{count} nombres. Las flechas eligen, Intro escribe.' },
  tells: 'Avisa a {names}.',
} satisfies Translation<typeof english>
