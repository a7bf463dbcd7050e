import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/ages.ts'

/** Words of age and place on a contact’s card, in French. */
export const words: Translation<typeof en> = {
  known: 'Ce que nous avons appris',
  age: 'Âge',
  place: 'Où vit la personne',
  ageTitle: 'L’âge de {name}',
  ageText: 'Aucun âge et aucune date de naissance ne sont gardés, seulement ce qui en découle.',
  isOfAge: '{limit} ans ou plus',
  isOfAgeNote: 'La mention disparaît\u202f; tout redevient comme d’habitude.',
  isUnderAge: 'Moins de {limit} ans, et un parent ou tuteur a accepté',
  isUnderAgeNote: 'Plus aucune publicité ne lui parvient. Rendez-vous, rappels et réponses continuent.',
  askGuardian: 'Un enfant\u202f: demander au parent ou tuteur',
  askGuardianNote:
    'Un courriel pose la question. Tant que personne n’a accepté, les données sont seulement gardées, pas utilisées. Sans réponse, tout est effacé au bout de sept jours, rendez-vous à venir compris.',
  isChild: 'Un enfant, et personne n’a accepté',
  isChildNote:
    'Dès maintenant, les données sont seulement gardées, pas utilisées. Dans les 24 heures, tout est effacé, rendez-vous à venir compris.',
  guardianOff: 'Demander par courriel à un parent ou tuteur est désactivé dans les réglages de vie privée.',
  guardianName: 'Nom du parent ou tuteur',
  guardianEmail: 'Adresse électronique du parent ou tuteur',
  nameMissing: 'Écrivez le nom.',
  emailWrong: 'Écrivez l’adresse comme ana@example.com.',
  'do/of_age': 'Retirer la mention',
  'do/under_age': 'Le noter',
  'do/guardian': 'Demander par courriel',
  'do/child': 'Mettre à part et effacer',
  'do/served': 'Terminé',
  notedUnderAge: 'Noté\u202f: aucune publicité ne parvient à {name}.',
  notedOfAge: 'La mention sur l’âge de {name} a disparu.',
  asked: 'La question est en route. Les données de {name} sont mises à part jusqu’à un accord, au plus tard le {when}.',
  apart: 'Les données de {name} sont mises à part et effacées le {when}.',
  apartElse:
    'Les données de {name} sont mises à part et effacées le {when}. La direction ou le responsable de la protection des données peut dire avant que c’était une erreur.',
  apartAlready: 'Les données de {name} sont déjà mises à part comme celles d’un enfant. Ce qui figure en tête de la fiche reste valable.',
  slip: 'Annulé aussitôt.',
  placeTitle: 'Où vit {name}',
  placeText: 'Seul compte si vous servez ce pays. Si oui, rien n’en est gardé.',
  country: 'Pays',
  countryMissing: 'Choisissez un pays.',
  everywhere:
    'Vous servez des personnes partout\u202f: rien ne découle donc de l’endroit où vit quelqu’un. Cela se règle dans les réglages de vie privée.',
  served: 'Vous servez ce pays\u202f: {country}. Rien n’en est gardé.',
  notServed:
    'Vous ne servez pas ce pays\u202f: {country}. Dès maintenant, les données sont seulement gardées, pas utilisées. Dans les 24 heures, tout est effacé, rendez-vous à venir compris, sauf si la direction ou le responsable de la protection des données dit que c’était une erreur.',
  isServed: 'Vous servez ce pays\u202f: {country}. Rien n’a été gardé.',
  cancel: 'Annuler',
  close: 'Fermer',
  apartChild:
    'Mis à part depuis le {since}\u202f: un enfant sans l’accord d’un parent ou tuteur. Effacé le {due}, sauf si c’était une erreur.',
  apartAsked:
    'Mis à part depuis le {since}\u202f: un enfant dont le parent ou tuteur a reçu la question. Effacé le {due} si personne n’accepte.',
  apartPlace:
    'Mis à part depuis le {since}\u202f: vit là où vous ne servez personne ({country}). Effacé le {due}, sauf si c’était une erreur.',
  whoReleases: 'La direction ou le responsable de la protection des données peut dire que c’était une erreur.',
  release: 'C’était une erreur',
  releaseTitle: '{name} ne doit pas être effacé',
  releaseText: 'Les données sont de nouveau utilisées dès maintenant. Ce que vous écrivez est gardé avec votre nom.',
  because: 'Pourquoi c’était une erreur',
  becauseMissing: 'Dites pourquoi en quelques mots.',
  released: 'Les données de {name} sont de nouveau utilisées.',
  underAge: 'Moins de {limit} ans\u202f: pas de publicité.',
  agreed: 'Moins de {limit} ans\u202f: pas de publicité. Un parent ou tuteur a accepté le {when}.',
  change: 'Modifier',
}
