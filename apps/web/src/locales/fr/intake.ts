import type { Translation } from '@frontdesk/i18n'
import type { words as english } from '../en/intake.ts'

export const words = {
  title: 'Questions',
  intro:
    'Posées à la réservation. Les réponses restent avec le rendez-vous ; le client peut les changer par son lien jusqu’au début du rendez-vous.',
  questions: 'Questions',
  add: 'Ajouter une question',
  question: 'Question',
  kind: 'Type de réponse',
  'kind/text': 'Texte',
  'kind/choice': 'Une parmi plusieurs',
  'kind/yes_no': 'Oui ou non',
  'kind/number': 'Un nombre',
  'kind/date': 'Un jour',
  help: 'Une indication en dessous',
  choices: 'Ce qu’on peut choisir, un choix par ligne',
  required: 'Réponse nécessaire',
  labelMissing: 'Écrivez la question, ou retirez-la.',
  choicesMissing: 'Donnez au moins deux choix, un par ligne.',
  save: 'Enregistrer les questions',
  saved: 'Enregistré. Elles sont posées dès maintenant.',
  failed: 'Les questions n’ont pas pu être chargées. {reason}',
  again: 'Réessayer',
  sensitive:
    'Le mot {word} évoque des données à protéger. Les réponses sont gardées en clair, comme les notes ; pour ce qui doit être protégé, déclarez un champ protégé.',
  declare: 'Déclarer un champ protégé',
  notSensitive: 'Ce n’en est pas : poser la question telle quelle',
  choose: 'Sans réponse',
  yes: 'Oui',
  no: 'Non',
  answers: 'Réponses',
  answersFailed: 'Les réponses n’ont pas pu être chargées. {reason}',
} satisfies Translation<typeof english>
