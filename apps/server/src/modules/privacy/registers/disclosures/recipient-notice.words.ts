import { defineWords } from '@frontdesk/i18n'

/** The letter to whoever received data that were corrected, erased or restricted since. */
export const noticeWords = defineWords(
  {
    opening: 'To {recipient}',
    received: '{business} gave you data about one person on {day}.',
    receivedMany: '{business} gave you data about several people on {day}, one of them this person.',
    'since/rectified': 'They were corrected since, at the person’s request. This is right:',
    'since/restricted': 'Since then they are only kept and not used, as this person has a right to by law. It is about:',
    'since/restriction_ended':
      'We told you that they were only kept and not used. That has ended, and they may be used again. It is about:',
    'since/erased': 'They have been erased here since, as this person has a right to by law. It is about:',
    'please/rectified':
      'Please correct it as well, and tell whoever you gave it to (GDPR Art. 16 and 19). A short answer that it is done is enough.',
    'please/restricted':
      'Please keep them only, too, until you hear from us again, and tell whoever you gave them to (GDPR Art. 18 and 19). A short answer that it is done is enough.',
    'please/restriction_ended': 'Please tell whoever you gave them to (GDPR Art. 18 and 19).',
    'please/erased':
      'Please erase them as well, unless a law has you keep them, and tell whoever you gave them to (GDPR Art. 17 and 19). A short answer that it is done is enough. Please erase this letter then, too.',
  },
  {
    es: {
      opening: 'A {recipient}',
      received: '{business} te dio datos de una persona el {day}.',
      receivedMany: '{business} te dio datos de varias personas el {day}, entre ellas esta.',
      'since/rectified': 'Desde entonces se corrigieron a petición suya. Lo correcto es:',
      'since/restricted': 'Desde entonces solo se guardan, sin usarse, porque la ley da ese derecho a esta persona. Se trata de:',
      'since/restriction_ended': 'Te escribimos que solo se guardaban, sin usarse. Eso terminó y pueden volver a usarse. Se trata de:',
      'since/erased': 'Desde entonces se borraron aquí, porque la ley da ese derecho a esta persona. Se trata de:',
      'please/rectified':
        'Corrígelo también y avisa a quien se lo hayas dado (RGPD art. 16 y 19). Basta una respuesta breve de que está hecho.',
      'please/restricted':
        'Guárdalos tú también sin usarlos hasta que volvamos a escribirte y avisa a quien se los hayas dado (RGPD art. 18 y 19). Basta una respuesta breve de que está hecho.',
      'please/restriction_ended': 'Avisa a quien se los hayas dado (RGPD art. 18 y 19).',
      'please/erased':
        'Bórralos también, salvo que una ley te obligue a guardarlos, y avisa a quien se los hayas dado (RGPD art. 17 y 19). Basta una respuesta breve de que está hecho. Después borra también esta carta.',
    },
    fr: {
      opening: 'À {recipient}',
      received: '{business} vous a transmis des données d’une personne le {day}.',
      receivedMany: '{business} vous a transmis des données de plusieurs personnes le {day}, dont celle-ci.',
      'since/rectified': 'Elles ont été rectifiées depuis, à sa demande. Ce qui est exact :',
      'since/restricted':
        'Depuis, elles sont seulement conservées, sans servir, comme la loi en donne le droit à cette personne. Il s’agit de :',
      'since/restriction_ended':
        'Nous vous avions écrit qu’elles étaient seulement conservées, sans servir. C’est terminé, et elles peuvent de nouveau servir. Il s’agit de :',
      'since/erased': 'Elles ont été effacées ici depuis, comme la loi en donne le droit à cette personne. Il s’agit de :',
      'please/rectified':
        'Veuillez les rectifier aussi et prévenir ceux à qui vous les avez transmises (RGPD art. 16 et 19). Une brève réponse disant que c’est fait suffit.',
      'please/restricted':
        'Veuillez les conserver seulement, vous aussi, jusqu’à ce que nous vous écrivions, et prévenir ceux à qui vous les avez transmises (RGPD art. 18 et 19). Une brève réponse disant que c’est fait suffit.',
      'please/restriction_ended': 'Veuillez prévenir ceux à qui vous les avez transmises (RGPD art. 18 et 19).',
      'please/erased':
        'Veuillez les effacer aussi, sauf si une loi vous oblige à les conserver, et prévenir ceux à qui vous les avez transmises (RGPD art. 17 et 19). Une brève réponse disant que c’est fait suffit. Ensuite, veuillez aussi effacer cette lettre.',
    },
  },
)
