import { defineWords } from '@frontdesk/i18n'

/** What a person reads who opened a page that cannot be shown. */
export const errorWords = defineWords(
  {
    notFoundTitle: 'There is nothing here',
    notFound: 'The address may be mistyped, or what was here is gone.',
    tooManyTitle: 'A little slower, please',
    tooMany: 'Too many requests came from your connection. Wait a minute and load the page again.',
    refusedTitle: 'This could not be done',
    refused: 'The request could not be read. Nothing was saved. Go back and try again.',
    unavailableTitle: 'Back in a moment',
    unavailable: 'The server is restarting. Nothing was lost. Load the page again in a few seconds.',
    brokenTitle: 'Something broke on our side',
    broken: 'It was logged under {reference}. Nothing was changed. Load the page again, and tell the business if it stays.',
  },
  {
    es: {
      notFoundTitle: 'Aquí no hay nada',
      notFound: 'Puede que la dirección esté mal escrita o que lo que había aquí ya no exista.',
      tooManyTitle: 'Un poco más despacio, por favor',
      tooMany: 'Han llegado demasiadas peticiones desde tu conexión. Espera un minuto y vuelve a cargar la página.',
      refusedTitle: 'No se ha podido hacer',
      refused: 'No se ha podido leer la petición. No se ha guardado nada. Vuelve atrás e inténtalo de nuevo.',
      unavailableTitle: 'Volvemos enseguida',
      unavailable: 'El servidor se está reiniciando. No se ha perdido nada. Vuelve a cargar la página en unos segundos.',
      brokenTitle: 'Algo ha fallado por nuestra parte',
      broken: 'Ha quedado registrado como {reference}. No se ha cambiado nada. Vuelve a cargar la página y avisa al negocio si continúa.',
    },
    fr: {
      notFoundTitle: 'Il n’y a rien ici',
      notFound: 'L’adresse est peut-être mal saisie, ou ce qui se trouvait ici n’existe plus.',
      tooManyTitle: 'Un peu moins vite, s’il vous plaît',
      tooMany: 'Trop de requêtes sont venues de votre connexion. Attendez une minute et rechargez la page.',
      refusedTitle: 'Cela n’a pas pu être fait',
      refused: 'La requête n’a pas pu être lue. Rien n’a été enregistré. Revenez en arrière et réessayez.',
      unavailableTitle: 'De retour dans un instant',
      unavailable: 'Le serveur redémarre. Rien n’est perdu. Rechargez la page dans quelques secondes.',
      brokenTitle: 'Quelque chose s’est cassé de notre côté',
      broken: 'C’est consigné sous {reference}. Rien n’a été modifié. Rechargez la page et prévenez l’établissement si cela persiste.',
    },
  },
)
