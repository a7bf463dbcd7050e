import type { Translation } from '@frontdesk/i18n'
import type { words as english } from '../en/intake.ts'

export const words = {
  title: 'Preguntas',
  intro:
    'Se preguntan al reservar. Las respuestas quedan con la cita; el cliente puede cambiarlas con su enlace hasta que empiece la cita.',
  questions: 'Preguntas',
  add: 'Añadir una pregunta',
  question: 'Pregunta',
  kind: 'Tipo de respuesta',
  'kind/text': 'Texto',
  'kind/choice': 'Una de varias',
  'kind/yes_no': 'Sí o no',
  'kind/number': 'Un número',
  'kind/date': 'Un día',
  help: 'Una pista debajo',
  choices: 'Qué se puede elegir, una opción por línea',
  required: 'Necesita respuesta',
  labelMissing: 'Escribe la pregunta o quítala.',
  choicesMissing: 'Da al menos dos opciones, una por línea.',
  save: 'Guardar preguntas',
  saved: 'Guardadas. Se preguntan desde ahora.',
  failed: 'No se han podido cargar las preguntas. {reason}',
  again: 'Intentarlo de nuevo',
  sensitive:
    '«{word}» suena a datos que necesitan protección. Las respuestas se guardan a la vista, como las notas; para lo que necesita protección, declara un campo protegido.',
  declare: 'Declarar un campo protegido',
  notSensitive: 'No lo es: pregúntalo tal como está',
  choose: 'Sin respuesta',
  yes: 'Sí',
  no: 'No',
  answers: 'Respuestas',
  answersFailed: 'No se han podido cargar las respuestas. {reason}',
} satisfies Translation<typeof english>
