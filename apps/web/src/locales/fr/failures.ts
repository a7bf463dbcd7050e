import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/failures.ts'

export const words = {
  'network/lost': 'La connexion a été perdue. Rien de ce que vous avez saisi n’est perdu ; vous pouvez renvoyer.',
  'app/unexpected': 'Un problème est survenu dans cette fenêtre. Votre saisie est conservée ; réessayez ou rechargez la page.',
  'app/invalid': 'Certains champs sont à revoir. Rien n’a encore été envoyé.',
} as const satisfies Translation<typeof en>
