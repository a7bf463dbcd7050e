import { describe, expect, it } from 'vitest'
import type { OptOutScope } from './opt-out.ts'
import { readOptOut } from './read-opt-out.ts'
import type { Channel } from './touch.ts'

const scope = (text: string, locale = 'en', channel: Channel = 'sms') => {
  const read = readOptOut(text, locale, channel)
  return read?.wish === 'stop' ? read.scope : (read?.wish ?? null)
}

describe('no opt-out is', () => {
  it.each([
    'Can I stop by tomorrow?',
    'I will stop by at 5',
    'where is the bus stop',
    "please don't stop, this is great",
    "don't cancel my appointment",
    'cancel my appointment on Friday please',
    'can we cancel tomorrow',
    'The end of the week works',
    'I quit my job, need an earlier slot',
    'see you at the shop',
    'shop',
    'step',
    'quite',
    'quiet',
    'yes',
    'ok thanks',
    "don't call me before 5 pm",
    'please do not call until Monday',
    "don't call me today, tomorrow is fine",
    "don't hesitate to call me",
    'Call me',
    'Please text me the address',
    'I can not make it',
    'stopped by but nobody was there',
    'the message was fine',
    "Please don't ring the bell, the baby sleeps",
    'Please do not send the invoice to my old address',
    'You never called me back',
    "you don't call back, do you?",
    'I never text and drive',
    'remove me from the waiting list for Monday',
    'I want to stop by on Monday',
    'check your spam folder',
    "I'm not interested in the 5pm slot, is 6 free?",
    "You don't offer massages any more?",
    'can you get me from the airport',
    '',
    '???',
    '👍',
    '2',
  ])('%j', (text) => expect(readOptOut(text, 'en')).toBeNull())

  it.each([
    ['es', 'no me llamen antes de las cinco'],
    ['es', 'no pares, me gusta'],
    ['es', 'quiero cancelar mi cita'],
    ['es', 'para mañana está bien'],
    ['es', '¿a qué hora es la cita?'],
    ['es', 'llámenme'],
    ['es', 'no me llamaron ayer'],
    ['es', 'no me envíen la factura por correo, paso yo'],
    ['fr', 'je ne m’appelle pas Anne'],
    ['fr', 'vous ne m’avez pas envoyé l’adresse'],
    ['fr', 'ne m’envoyez pas la facture, je passe'],
    ['fr', 'ne m’appelez pas avant 17 h'],
    ['fr', 'n’arrêtez pas'],
    ['fr', 'je veux annuler mon rendez-vous'],
    ['fr', 'appelez-moi'],
    ['fr', 'à quel arrêt de bus ?'],
  ])('%s: %j', (locale, text) => expect(readOptOut(text, locale)).toBeNull())
})

describe('by text these stop texts and machines', () => {
  it.each([
    ...[
      'STOP',
      'stop',
      'Stop.',
      'STOP!!!',
      '  stop \n',
      'S T O P',
      's.t.o.p',
      '"stop"',
      'st0p',
      'STOP STOP STOP',
      'Stop please',
      'please stop now',
      'STOP 🛑',
      'ok stop',
    ],
    ...['QUIT', 'END', 'Revoke', 'OPT OUT', 'opt-out', 'optout', 'Cancel', 'UNSUBSCRIBE', 'stopall', 'stop all', 'Remove'],
    ...['stpo', 'sotp', 'stopp', 'stp', 'sstop', 'unsubcribe', 'unsuscribe', 'unsubscirbe', 'UNSUSBCRIBE', 'cancle', 'revoek'],
    ...[
      'stop texting me',
      'Please stop sending me texts',
      "don't text me",
      'dont text me anymore',
      'no more messages',
      'remove me from your list',
      'take me off this list',
    ],
    ...[
      'remove my number',
      'I want to opt out',
      'opt me out',
      'i revoke my consent',
      'please unsubscribe me',
      "I don't want these messages",
      'quit texting',
    ],
    ...['wrong number', 'Sorry, wrong person'],
  ])('%j', (text) => expect(scope(text)).toBe('texts'))

  it.each([
    ...['PARAR', 'pare', 'Alto', 'BAJA', 'basta', 'dar de baja', 'Darme de baja por favor', 'cancelar', 'para', 'fin'],
    ...[
      'no me escriban más',
      'No me manden mensajes',
      'no más mensajes',
      'dejen de enviarme textos',
      'quítenme de la lista',
      'borren mi número',
      'no quiero recibir más mensajes',
    ],
    ...['número equivocado', 'stop por favor', 'BAAJA'],
  ])('Spanish: %j', (text) => expect(scope(text, 'es')).toBe('texts'))

  it.each([
    ...['ARRET', 'ARRÊT', 'Arrêter', 'arrêtez svp', 'stop', 'désabonner', 'désinscrire', 'annuler', 'arrret'],
    ...[
      'ne m’écrivez plus',
      'ne m’envoyez plus de messages',
      'arrêtez de m’envoyer des SMS',
      'plus de sms',
      'retirez-moi de votre liste',
      'désabonnez-moi',
      'supprimez mon numéro',
    ],
    ...['mauvais numéro', 'je ne veux plus recevoir vos messages'],
  ])('French: %j', (text) => expect(scope(text, 'fr')).toBe('texts'))
})

describe('further or less far reach', () => {
  it.each<[string, string, OptOutScope]>([
    ['en', "Don't call me", 'calls'],
    ['en', 'STOP CALLING ME!!', 'calls'],
    ['en', 'stop calling', 'calls'],
    ['en', 'no more calls please', 'calls'],
    ['en', 'put me on your do not call list', 'calls'],
    ['es', 'no me llamen más', 'calls'],
    ['es', '¡Dejen de llamarme!', 'calls'],
    ['es', 'no más llamadas', 'calls'],
    ['fr', 'Ne m’appelez plus', 'calls'],
    ['fr', 'arrêtez de m’appeler', 'calls'],
    ['fr', 'plus d’appels svp', 'calls'],
    ['en', 'Leave me alone', 'all'],
    ['en', 'leave me the hell alone', 'all'],
    ['en', 'Do not contact me again', 'all'],
    ['en', 'stop contacting me', 'all'],
    ['en', 'stop calling and texting me', 'all'],
    ['en', "don't call or text me", 'all'],
    ['en', 'lose my number', 'all'],
    ['en', 'leave me allone', 'all'],
    ['en', 'dont conatct me', 'all'],
    ['en', 'Stop contacting', 'all'],
    ['en', 'dont cal me', 'calls'],
    ['en', 'pls remove my nubmer', 'texts'],
    ['en', 'stop sending mesages', 'texts'],
    ['en', 'I said STOP', 'texts'],
    ['es', 'no mas mensages', 'texts'],
    ['es', 'desuscribir', 'texts'],
    ['fr', 'Désabonnement', 'texts'],
    ['es', 'déjenme en paz', 'all'],
    ['es', 'no me contacten', 'all'],
    ['es', 'no me molesten más', 'all'],
    ['fr', 'laissez-moi tranquille', 'all'],
    ['fr', 'fichez-moi la paix', 'all'],
    ['fr', 'ne me contactez plus', 'all'],
    ['en', 'no more offers', 'marketing'],
    ['en', 'please stop sending me promotions', 'marketing'],
    ['en', 'unsubscribe me from the newsletter', 'marketing'],
    ['en', 'no marketing please', 'marketing'],
    ['en', 'not interested', 'marketing'],
    ['es', 'no quiero más publicidad', 'marketing'],
    ['es', 'basta de ofertas', 'marketing'],
    ['fr', 'plus de publicité', 'marketing'],
    ['fr', 'stop pub', 'marketing'],
    ['fr', 'je ne veux plus recevoir vos offres', 'marketing'],
  ])('%s: %j', (locale, text, expected) => expect(scope(text, locale)).toBe(expected))
})

describe('the channel', () => {
  it('of a mail: the newsletter ends with a word for leaving it, everything with STOP', () => {
    expect(scope('Unsubscribe', 'en', 'email')).toBe('marketing')
    expect(scope('STOP', 'en', 'email')).toBe('channel')
    expect(scope('désinscrire', 'fr', 'email')).toBe('marketing')
    expect(scope('leave me alone', 'en', 'email')).toBe('all')
  })

  it('of a mail: what was quoted does not count', () => {
    expect(readOptOut('See you then!\n> Reply STOP\n> unsubscribe me', 'en', 'email')).toBeNull()
  })

  it('of a call: stop means the machines', () => {
    expect(scope('stop', 'en', 'call')).toBe('texts')
    expect(scope('please stop calling me', 'en', 'call')).toBe('calls')
  })
})

describe('other wishes', () => {
  it.each(['START', 'start!', 'unstop', 'Strat', 'ALTA', 'commencer', 'Iniciar'])('%j starts again', (text) =>
    expect(scope(text)).toBe('start'),
  )
  it.each(['HELP', 'help?', 'hlep', 'info', 'AYUDA', 'aide'])('%j asks for help', (text) => expect(scope(text)).toBe('help'))
})

it('is unsure where a person should look', () => {
  const sure = (text: string, locale = 'en') => {
    const read = readOptOut(text, locale)
    return read?.wish === 'stop' && read.sure
  }
  for (const text of ['STOP', 'cancel', 'leave me alone', 'unsubcribe', 'arret']) expect(sure(text)).toBe(true)
  for (const text of ['stpo', 'wrong number', 'not interested', 'pare']) expect(sure(text)).toBe(false)
  expect(sure('cancelar', 'es')).toBe(false)
  expect(sure('baja', 'es')).toBe(true)
})
