import { defineWords } from '@frontdesk/i18n'

/** The mails to whoever has something to do for a contact. */
export const taskWords = defineWords(
  {
    dueSubject: 'To do for {name}: {task}',
    due: 'This is still to be done for {name}.',
    givenSubject: 'A task for you: {task}',
    given: 'Somebody gave you a task for {name}.',
    until: 'Due: {when}.',
    noDay: 'It has no day.',
    open: 'To the card of {name}:',
  },
  {
    es: {
      dueSubject: 'Pendiente para {name}: {task}',
      due: 'Esto está aún por hacer para {name}.',
      givenSubject: 'Una tarea para ti: {task}',
      given: 'Alguien te dio una tarea para {name}.',
      until: 'Vence: {when}.',
      noDay: 'No tiene fecha.',
      open: 'A la ficha de {name}:',
    },
    fr: {
      dueSubject: 'À faire pour {name}\u202f: {task}',
      due: 'Ceci reste à faire pour {name}.',
      givenSubject: 'Une tâche pour vous\u202f: {task}',
      given: 'Quelqu’un vous a confié une tâche pour {name}.',
      until: 'Échéance\u202f: {when}.',
      noDay: 'Elle n’a pas de date.',
      open: 'Vers la fiche de {name}\u202f:',
    },
  },
)
