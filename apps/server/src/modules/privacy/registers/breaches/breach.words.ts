import { defineWords, type Locale, translator } from '@frontdesk/i18n'
import { breachWordsEs } from './breach.words.es.ts'
import { breachWordsFr } from './breach.words.fr.ts'

/** Notices to people who are affected, and mails to whoever decides. */
export const breachWordsEn = {
  'notice/subject': 'About your data at {business}',
  'notice/hello': 'Hello {name},',
  'notice/what': 'something happened at {business} that concerns your data. We noticed it on {detected}.',
  'notice/when': 'It happened on {began}.',
  'notice/whenRange': 'It happened between {began} and {ended}.',
  'notice/story': 'What happened: {what}',
  'notice/data': 'These kinds of your data were there: {data}.',
  'notice/measures': 'What we did: {measures}',
  'notice/advice':
    'What you can do: be wary of messages and calls that refer to your data, do not give away codes or passwords, and tell us if something seems odd. In the United States you may also ask the credit bureaus Equifax, Experian and TransUnion for a fraud alert or a security freeze, free of charge.',
  'notice/contact': 'Questions? {officer} answers them: {contact}.',
  'notice/authority': 'You may also complain to the data protection authority, or to the attorney general of your state.',
  'notice/regards': 'We are sorry.\n{business}',
  'member/subject': 'About your account at {business}',
  'member/data': 'Your name, your mail address and what belongs to your account were there: how you sign in, when, and from which devices.',
  'member/advice':
    'What you should do now: choose a new password, and another one wherever you used the same; look at Settings, Where you are signed in, and end what you do not know; set up a second factor or a passkey. Be wary of messages that refer to your account, and do not give away codes.',
  'data/name': 'your name',
  'data/contact_details': 'your addresses and numbers',
  'data/identifier': 'identifiers',
  'data/credential': 'ways to sign in',
  'data/preference': 'your wishes',
  'data/appointment': 'your appointments',
  'data/communication': 'messages with us',
  'data/behaviour': 'what you did here',
  'data/device': 'devices',
  'data/location': 'places',
  'data/financial': 'amounts',
  'data/free_text': 'notes',
  'data/proof': 'what you agreed to or asked for',
  'office/reportedSubject': 'Incident {number}: please look at it now',
  'office/reported':
    'Somebody reported an incident with personal data at {business}:\n\n{what}\n\nThe clocks of the law are running. Look at it, say how bad it is, and decide whom to tell.',
  'office/byOperatorSubject': 'Incident {number}: the operator of the server reports it',
  'office/byOperator':
    'Whoever runs the server of {business} reports an incident that touches its data:\n\n{what}\n\nThe clocks of the law are running from now on. Look at it, say how bad it is, and decide whom to tell.',
  'office/dueSoonSubject': 'Incident {number}: {duty} is due soon',
  'office/dueSoon': 'Less than a day is left for this duty: {duty}.',
  'office/overdueSubject': 'Incident {number}: {duty} is overdue',
  'office/overdue': 'The time for this duty is over and nobody wrote down that it was done: {duty}.',
} as const

const breachWords = defineWords(breachWordsEn, { es: breachWordsEs, fr: breachWordsFr })

/** The `t` of one language. */
export const breachTranslator = (locale: Locale) => translator(breachWords, locale)
