import type { Translation } from '@frontdesk/i18n'
import type { words as english } from '../en/contact-files.ts'

export const words = {
  files: 'Fichiers',
  add: 'Ajouter un fichier',
  hint: 'Jusqu’à 25\u202fMo chacun, gardés chiffrés. Déposez des fichiers ici, ou choisissez-les.',
  choose: 'Choisir des fichiers pour {name}',
  sending: 'Envoi de {name}',
  added: '{name} est sur la fiche.',
  removed: '{name} n’est plus sur la fiche.',
  save: 'Enregistrer {name}, {facts}',
  remove: 'Retirer {name} de la fiche',
  empty: 'Les fichiers concernant {name} seront ici\u202f: un papier signé, un plan, une photo.',
  addedBy: 'Ajouté {when} par {who}',
  addedAt: 'Ajouté {when}',
  somebody: 'quelqu’un qui est parti',
} satisfies Translation<typeof english>
