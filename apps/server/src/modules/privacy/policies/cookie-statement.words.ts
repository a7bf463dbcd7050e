import { defineWords, formats, translator } from '@frontdesk/i18n'
import type { Registered } from '../cookies/cookie-register.ts'
import type { CookieFacts } from './policy-facts.ts'

/** What each thing in a reader's browser is for, by the name that the register has. */
const words = defineWords(
  {
    'class/needed': 'needed',
    'class/preferences': 'preferences',
    'class/statistics': 'statistics',
    'class/marketing': 'marketing',
    'for/frontdesk': 'Keeps somebody signed in who has an account here.',
    'for/frontdesk-sign-up': 'Remembers the browser that asked for an account.',
    'for/frontdesk-elsewhere': 'Finds the way back from signing in with another service.',
    'for/frontdesk-choices': 'Remembers what you decided about cookies.',
    'for/frontdesk-age': 'Remembers whether you said that you are old enough, and no age.',
    'for/frontdesk-language': 'Remembers the language you chose.',
    'for/frontdesk.theme': 'Remembers light or dark.',
    'for/frontdesk.locale': 'Remembers the language you chose.',
    'for/frontdesk.single-keys': 'Remembers whether single keys are shortcuts.',
    'for/frontdesk.draft.*': 'Keeps what you have begun to write, until it is sent.',
    'for/other': 'Set by {provider} once you agreed.',
    'lasts/closed': 'Until the browser is closed.',
    'lasts/kept': 'In your browser, until it is cleared.',
    'lasts/days': { one: 'For {count} day.', other: 'For {count} days.' },
    'lasts/minutes': { one: 'For {count} minute.', other: 'For {count} minutes.' },
  },
  {
    es: {
      'class/needed': 'necesaria',
      'class/preferences': 'preferencias',
      'class/statistics': 'estadísticas',
      'class/marketing': 'marketing',
      'for/frontdesk': 'Mantiene la sesión de quien tiene aquí una cuenta.',
      'for/frontdesk-sign-up': 'Recuerda el navegador que pidió una cuenta.',
      'for/frontdesk-elsewhere': 'Encuentra el camino de vuelta al entrar con otro servicio.',
      'for/frontdesk-choices': 'Recuerda lo que decidiste sobre las cookies.',
      'for/frontdesk-age': 'Recuerda si dijiste que tienes la edad suficiente, y ninguna edad.',
      'for/frontdesk-language': 'Recuerda el idioma que elegiste.',
      'for/frontdesk.theme': 'Recuerda claro u oscuro.',
      'for/frontdesk.locale': 'Recuerda el idioma que elegiste.',
      'for/frontdesk.single-keys': 'Recuerda si las teclas sueltas son atajos.',
      'for/frontdesk.draft.*': 'Guarda lo que empezaste a escribir, hasta que se envía.',
      'for/other': 'La pone {provider} cuando aceptaste.',
      'lasts/closed': 'Hasta que se cierra el navegador.',
      'lasts/kept': 'En tu navegador, hasta que se vacía.',
      'lasts/days': { one: 'Durante {count} día.', other: 'Durante {count} días.' },
      'lasts/minutes': { one: 'Durante {count} minuto.', other: 'Durante {count} minutos.' },
    },
    fr: {
      'class/needed': 'nécessaire',
      'class/preferences': 'préférences',
      'class/statistics': 'statistiques',
      'class/marketing': 'marketing',
      'for/frontdesk': 'Garde connectée la personne qui a un compte ici.',
      'for/frontdesk-sign-up': 'Se souvient du navigateur qui a demandé un compte.',
      'for/frontdesk-elsewhere': 'Retrouve le chemin du retour après une connexion par un autre service.',
      'for/frontdesk-choices': 'Se souvient de ce que vous avez décidé sur les cookies.',
      'for/frontdesk-age': 'Se souvient si vous avez dit avoir l’âge requis, et d’aucun âge.',
      'for/frontdesk-language': 'Se souvient de la langue choisie.',
      'for/frontdesk.theme': 'Se souvient de clair ou sombre.',
      'for/frontdesk.locale': 'Se souvient de la langue choisie.',
      'for/frontdesk.single-keys': 'Se souvient si les touches seules sont des raccourcis.',
      'for/frontdesk.draft.*': 'Garde ce que vous avez commencé à écrire, jusqu’à l’envoi.',
      'for/other': 'Posé par {provider} une fois que vous avez accepté.',
      'lasts/closed': 'Jusqu’à la fermeture du navigateur.',
      'lasts/kept': 'Dans votre navigateur, jusqu’à ce qu’il soit vidé.',
      'lasts/days': { one: 'Pendant {count} jour.', other: 'Pendant {count} jours.' },
      'lasts/minutes': { one: 'Pendant {count} minute.', other: 'Pendant {count} minutes.' },
    },
  },
)

/** The words of the register, for tests. */
export const cookieStatementWords = words

type Purpose = Extract<keyof (typeof words)['en'], `for/${string}`>
const isPurpose = (name: string): name is Purpose => name in words.en

/** The register as the cookie statement says it. */
export function cookiesInWords(register: readonly Registered[], tag: string): readonly CookieFacts[] {
  const t = translator(words, tag)
  const { list } = formats(tag, 'UTC')
  const days = (seconds: number) => Math.round(seconds / 86_400)
  const shown = register.map(({ name, where, class: kind, seconds, provider }) => {
    const own = `for/${name}`
    return {
      cookie: name,
      cookieClass: list([t(`class/${kind}`)]),
      cookieFor: provider === null && isPurpose(own) ? t(own, { provider: '' }) : t('for/other', { provider: provider ?? '' }),
      cookieLasts:
        where === 'local'
          ? t('lasts/kept')
          : seconds === null
            ? t('lasts/closed')
            : seconds < 86_400
              ? t('lasts/minutes', { count: Math.round(seconds / 60) })
              : t('lasts/days', { count: days(seconds) }),
    }
  })
  return shown.filter(({ cookie }, index) => shown.findIndex((one) => one.cookie === cookie) === index)
}
