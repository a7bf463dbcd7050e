import { type Locale, languageName, locales } from '@frontdesk/i18n'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../lib/api.ts'
import { useReader } from '../lib/i18n.tsx'
import { type Me, meQuery } from '../lib/session.ts'

/** The full tag of a language: with the reader's own region where her browser names one, so that dates stay hers. */
export function tagFor(locale: Locale, wanted: readonly string[]): string {
  return wanted.find((tag) => tag === locale || tag.startsWith(`${locale}-`)) ?? locale
}

/** The languages one can choose, by their own names, and how to choose. Somebody who is signed in also gets her mail in it. */
export function useLanguages(): {
  readonly choices: readonly { readonly value: Locale; readonly label: string; readonly lang: string }[]
  readonly choose: (locale: Locale) => void
} {
  const { speak } = useReader()
  const queries = useQueryClient()
  return {
    choices: locales.map((locale) => ({ value: locale, label: capital(languageName(locale)), lang: locale })),
    choose: (locale) => {
      const tag = tagFor(locale, navigator.languages)
      speak(tag)
      const me = queries.getQueryData<Me>(meQuery.queryKey)
      // Here it is already shown and kept; the profile follows when it can, and a refusal leaves it as it was.
      if (me)
        void call('PATCH /me', { body: { locale: tag }, version: me.user.version })
          .finally(() => queries.invalidateQueries(meQuery))
          .catch(() => {})
    },
  }
}

const capital = (name: string): string => name.charAt(0).toLocaleUpperCase() + name.slice(1)
