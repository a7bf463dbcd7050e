import { defineWords } from '@frontdesk/i18n'

/**
 * The ready wordings. They name the seller and the number, say that machines are used where they are, how to stop, and that nothing hangs on it: what 47 CFR
 * 64.1200(f)(9) asks of a written consent and CASL s. 10 of an express one. A changed text needs a new edition in kit.ts; a test holds it.
 */
export const kitWords = defineWords(
  {
    mail_offers:
      'Yes, {business} may send me news and offers by mail. I can stop this at any time with the link in every mail. I do not have to agree in order to book or buy anything.',
    texts_bookings:
      'Yes, {business} may send texts about my bookings to the number I give here, also automatically. Message and data rates may apply. I can answer STOP at any time, or HELP for help. I do not have to agree in order to book or buy anything.',
    texts_offers:
      'Yes, {business} may send texts with offers to the number I give here, also automatically. Message and data rates may apply. I can answer STOP at any time, or HELP for help. I do not have to agree in order to book or buy anything.',
    ai_calls_bookings:
      'Yes, {business} may call me about my bookings at the number I give here, also with automatic dialing and with an artificial voice (an AI). I can say stop at any time. I do not have to agree in order to book or buy anything.',
    ai_calls_offers:
      'Yes, {business} may call me with offers at the number I give here, also with automatic dialing, a recorded voice or an artificial voice (an AI), even if my number is on a do-not-call list. I can say stop at any time. I do not have to agree in order to book or buy anything.',
    calls_offers:
      'Yes, somebody from {business} may call me with offers at the number I give here, even if it is on a do-not-call list. I can say stop at any time. I do not have to agree in order to book or buy anything.',
    'mail_offers/spoken':
      'May we, {business}, send you news and offers by mail? You can stop it at any time, and you do not have to agree in order to book or buy anything.',
    'texts_bookings/spoken':
      'May we, {business}, text you about your bookings at this number, also automatically? Message and data rates may apply. You can answer STOP at any time, and you do not have to agree in order to book or buy anything.',
    'texts_offers/spoken':
      'May we, {business}, text you offers at this number, also automatically? Message and data rates may apply. You can answer STOP at any time, and you do not have to agree in order to book or buy anything.',
    'ai_calls_bookings/spoken':
      'May we, {business}, call you about your bookings at this number, also with automatic dialing and an artificial voice, an AI? You can say stop at any time, and you do not have to agree in order to book or buy anything.',
    'ai_calls_offers/spoken':
      'May we, {business}, call you with offers at this number, also with automatic dialing and an artificial voice, an AI? You can say stop at any time, and you do not have to agree in order to book or buy anything.',
    'calls_offers/spoken':
      'May somebody from {business} call you with offers at this number, even if it is on a do-not-call list? You can say stop at any time, and you do not have to agree in order to book or buy anything.',
    keyword:
      'Text {keyword} to {number} to get offers from {business} by text, sent automatically. Message and data rates may apply. Answer STOP to end, HELP for help. You do not have to join in order to book or buy anything.',
    named: '{name} ({number})',
  },
  {
    es: {
      mail_offers:
        'Sí, {business} puede enviarme novedades y ofertas por correo. Puedo dejar de recibirlas en cualquier momento con el enlace de cada correo. No tengo que aceptar para reservar ni comprar nada.',
      texts_bookings:
        'Sí, {business} puede enviar mensajes de texto sobre mis citas al número que doy aquí, también de forma automática. Pueden aplicarse tarifas de mensajes y datos. Puedo responder STOP en cualquier momento, o HELP para pedir ayuda. No tengo que aceptar para reservar ni comprar nada.',
      texts_offers:
        'Sí, {business} puede enviar mensajes de texto con ofertas al número que doy aquí, también de forma automática. Pueden aplicarse tarifas de mensajes y datos. Puedo responder STOP en cualquier momento, o HELP para pedir ayuda. No tengo que aceptar para reservar ni comprar nada.',
      ai_calls_bookings:
        'Sí, {business} puede llamarme sobre mis citas al número que doy aquí, también con marcación automática y con una voz artificial (una IA). Puedo decir «alto» en cualquier momento. No tengo que aceptar para reservar ni comprar nada.',
      ai_calls_offers:
        'Sí, {business} puede llamarme con ofertas al número que doy aquí, también con marcación automática, una voz grabada o una voz artificial (una IA), aunque mi número esté en una lista de no llamar. Puedo decir «alto» en cualquier momento. No tengo que aceptar para reservar ni comprar nada.',
      calls_offers:
        'Sí, alguien de {business} puede llamarme con ofertas al número que doy aquí, aunque esté en una lista de no llamar. Puedo decir «alto» en cualquier momento. No tengo que aceptar para reservar ni comprar nada.',
      'mail_offers/spoken':
        '¿Podemos, {business}, enviarte novedades y ofertas por correo? Puedes dejar de recibirlas en cualquier momento, y no tienes que aceptar para reservar ni comprar nada.',
      'texts_bookings/spoken':
        '¿Podemos, {business}, enviarte mensajes de texto sobre tus citas a este número, también de forma automática? Pueden aplicarse tarifas de mensajes y datos. Puedes responder STOP en cualquier momento, y no tienes que aceptar para reservar ni comprar nada.',
      'texts_offers/spoken':
        '¿Podemos, {business}, enviarte ofertas por mensaje de texto a este número, también de forma automática? Pueden aplicarse tarifas de mensajes y datos. Puedes responder STOP en cualquier momento, y no tienes que aceptar para reservar ni comprar nada.',
      'ai_calls_bookings/spoken':
        '¿Podemos, {business}, llamarte sobre tus citas a este número, también con marcación automática y con una voz artificial, una IA? Puedes decir «alto» en cualquier momento, y no tienes que aceptar para reservar ni comprar nada.',
      'ai_calls_offers/spoken':
        '¿Podemos, {business}, llamarte con ofertas a este número, también con marcación automática y con una voz artificial, una IA? Puedes decir «alto» en cualquier momento, y no tienes que aceptar para reservar ni comprar nada.',
      'calls_offers/spoken':
        '¿Puede alguien de {business} llamarte con ofertas a este número, aunque esté en una lista de no llamar? Puedes decir «alto» en cualquier momento, y no tienes que aceptar para reservar ni comprar nada.',
      keyword:
        'Envía {keyword} al {number} para recibir ofertas de {business} por mensaje de texto, enviadas de forma automática. Pueden aplicarse tarifas de mensajes y datos. Responde STOP para terminar, HELP para pedir ayuda. No tienes que apuntarte para reservar ni comprar nada.',
      named: '{name} ({number})',
    },
    fr: {
      mail_offers:
        'Oui, {business} peut m’envoyer des nouvelles et des offres par courriel. Je peux arrêter à tout moment avec le lien de chaque courriel. Je n’ai pas à accepter pour réserver ou acheter quoi que ce soit.',
      texts_bookings:
        'Oui, {business} peut envoyer des SMS à propos de mes rendez-vous au numéro que je donne ici, aussi de façon automatique. Des frais de message et de données peuvent s’appliquer. Je peux répondre STOP ou ARRET à tout moment, ou AIDE pour de l’aide. Je n’ai pas à accepter pour réserver ou acheter quoi que ce soit.',
      texts_offers:
        'Oui, {business} peut envoyer des SMS avec des offres au numéro que je donne ici, aussi de façon automatique. Des frais de message et de données peuvent s’appliquer. Je peux répondre STOP ou ARRET à tout moment, ou AIDE pour de l’aide. Je n’ai pas à accepter pour réserver ou acheter quoi que ce soit.',
      ai_calls_bookings:
        'Oui, {business} peut m’appeler à propos de mes rendez-vous au numéro que je donne ici, aussi avec une composition automatique et une voix artificielle (une IA). Je peux dire stop à tout moment. Je n’ai pas à accepter pour réserver ou acheter quoi que ce soit.',
      ai_calls_offers:
        'Oui, {business} peut m’appeler avec des offres au numéro que je donne ici, aussi avec une composition automatique, une voix enregistrée ou une voix artificielle (une IA), même si mon numéro est sur une liste d’exclusion. Je peux dire stop à tout moment. Je n’ai pas à accepter pour réserver ou acheter quoi que ce soit.',
      calls_offers:
        'Oui, quelqu’un de {business} peut m’appeler avec des offres au numéro que je donne ici, même s’il est sur une liste d’exclusion. Je peux dire stop à tout moment. Je n’ai pas à accepter pour réserver ou acheter quoi que ce soit.',
      'mail_offers/spoken':
        'Pouvons-nous, {business}, vous envoyer des nouvelles et des offres par courriel ? Vous pouvez arrêter à tout moment, et vous n’avez pas à accepter pour réserver ou acheter quoi que ce soit.',
      'texts_bookings/spoken':
        'Pouvons-nous, {business}, vous envoyer des SMS à propos de vos rendez-vous à ce numéro, aussi de façon automatique ? Des frais de message et de données peuvent s’appliquer. Vous pouvez répondre STOP à tout moment, et vous n’avez pas à accepter pour réserver ou acheter quoi que ce soit.',
      'texts_offers/spoken':
        'Pouvons-nous, {business}, vous envoyer des offres par SMS à ce numéro, aussi de façon automatique ? Des frais de message et de données peuvent s’appliquer. Vous pouvez répondre STOP à tout moment, et vous n’avez pas à accepter pour réserver ou acheter quoi que ce soit.',
      'ai_calls_bookings/spoken':
        'Pouvons-nous, {business}, vous appeler à propos de vos rendez-vous à ce numéro, aussi avec une composition automatique et une voix artificielle, une IA ? Vous pouvez dire stop à tout moment, et vous n’avez pas à accepter pour réserver ou acheter quoi que ce soit.',
      'ai_calls_offers/spoken':
        'Pouvons-nous, {business}, vous appeler avec des offres à ce numéro, aussi avec une composition automatique et une voix artificielle, une IA ? Vous pouvez dire stop à tout moment, et vous n’avez pas à accepter pour réserver ou acheter quoi que ce soit.',
      'calls_offers/spoken':
        'Quelqu’un de {business} peut-il vous appeler avec des offres à ce numéro, même s’il est sur une liste d’exclusion ? Vous pouvez dire stop à tout moment, et vous n’avez pas à accepter pour réserver ou acheter quoi que ce soit.',
      keyword:
        'Envoyez {keyword} au {number} pour recevoir par SMS les offres de {business}, envoyées de façon automatique. Des frais de message et de données peuvent s’appliquer. Répondez STOP pour arrêter, AIDE pour de l’aide. Vous n’avez pas à vous inscrire pour réserver ou acheter quoi que ce soit.',
      named: '{name} ({number})',
    },
  },
)
