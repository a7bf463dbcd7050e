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
