import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/contacts.ts'

/** Words of the contacts room. */
export const contactsWords = featureWords(words, {
  es: () => import('../../locales/es/contacts.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/contacts.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type ContactsTranslator = TranslatorOf<typeof contactsWords>
/** The keys of these words. */
export type ContactsKey = keyof typeof words
/** Whether there is a word under a key that is put together. */
export const hasContactsWord = (key: string): key is ContactsKey => Object.hasOwn(words, key)

/** What is wrong by field, in words. */
export const sayFaults = <Field extends string>(
  faults: { readonly [F in Field]?: ContactsKey },
  t: ContactsTranslator,
): { readonly [F in Field]?: string } =>
  Object.fromEntries(
    Object.entries<ContactsKey | undefined>(faults).flatMap(([field, key]) => (key ? [[field, t(key as 'countryMissing')]] : [])),
  ) as {
    readonly [F in Field]?: string
  }
