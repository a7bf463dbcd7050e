import { defineWords, translator } from '@frontdesk/i18n'
import { policyWordsEs } from './policy.words.es.ts'
import { policyWordsFr } from './policy.words.fr.ts'

/** The sentences of the policy pages. `is/<setting>/<value>` says what holds under a setting; every other sentence rests on a behaviour. No security is promised absolutely. */
export const policyWordsEn = {
  'kind/privacy': 'Privacy notice',
  'kind/cookies': 'Cookie statement',
  'kind/california': 'Notice for California',
  'kind/terms': 'Terms',
  'kind/retention': 'How long data are kept',
  'kind/dpa': 'Data-processing addendum',
  precedence: 'The short lines beside the sections help you to find your way. Where one differs from its section, the section counts.',
  // ---- what holds under each setting
  'is/age.min/18': 'Only people of 18 or older have an account here or book for themselves.',
  'is/age.min/16': 'Only people of 16 or older have an account here or book for themselves.',
  'is/age.min/13': 'Only people of 13 or older have an account here or book for themselves.',
  'is/age.scope/signup+booking': 'The age is asked when somebody signs up or books for herself; the date of birth is not kept.',
  'is/age.scope/site': 'The age is asked before any page is shown; the date of birth is not kept.',
  'is/age.scope/voice': 'The age is asked only for calls with an artificial voice; the date of birth is not kept.',
  'is/age.guardian/none': 'Younger people are not taken in by themselves, also not with a guardian. An adult may book for a child.',
  'is/age.guardian/allowed': 'Younger people are taken in with a guardian who agreed and whose yes is on record.',
  'is/geo.mode/US_CA_only': 'Accounts are for people in the United States and Canada.',
  'is/geo.mode/open': 'Accounts are for people everywhere, with the rights of the place where they live.',
  'is/geo.mode/custom_list': 'Accounts are for people in these countries: {countries}.',
  'is/geo.contact_screening/off': 'Data of people from elsewhere are handled like those of anybody else.',
  'is/geo.contact_screening/quarantine':
    'Data of people from places that are not served are set aside and deleted unless somebody lets them in.',
  'is/geo.contact_screening/reject': 'Data of people from places that are not served are not taken in.',
  'is/geo.region/US': 'Your data are kept in the United States.',
  'is/geo.region/CA': 'Your data are kept in Canada.',
  'is/geo.region/EU': 'Your data are kept in the European Union.',
  'is/geo.region/GB': 'Your data are kept in the United Kingdom.',
  'is/geo.region/other': 'Your data are kept outside the United States, Canada, the European Union and the United Kingdom.',
  'is/transfer.consent_required/false': 'Whoever lives elsewhere is told so before giving data.',
  'is/transfer.consent_required/true':
    'Whoever lives elsewhere and is invited to work here is told so and asked to agree to it separately; without that she cannot join.',
  'is/signals.gpc/honor':
    'Global Privacy Control, sent by your browser, counts as your no to selling, sharing and targeted advertising, wherever you live.',
  'is/signals.gpc/ignore':
    'Global Privacy Control, sent by your browser, counts as your no to selling, sharing and targeted advertising only where a law says so.',
  'is/signals.dnt/ignore': 'Do Not Track, sent by your browser, changes nothing here.',
  'is/signals.dnt/honor': 'Do Not Track, sent by your browser, counts as your no to statistics and marketing.',
  'is/sharing.third_party_marketing/off': 'Nobody else gets your data to advertise to you.',
  'is/sharing.third_party_marketing/opt_in': 'Others get your data to advertise to you only if you said yes to it.',
  'is/sharing.third_party_marketing/opt_out':
    'Others may get your data to advertise to you once you were asked, unless you say no; you can say no at any time.',
  'is/tax_id.collect/off': 'Tax numbers are not collected.',
  'is/tax_id.collect/on_when_required': 'A tax number is collected only where a tax law asks for it, and is kept encrypted.',
  'is/policy.notice/email+banner':
    'If something important changes, everybody who can be written to gets a mail, and a notice stands on these pages.',
  'is/policy.notice/banner': 'If something important changes, a notice stands on these pages.',
  'is/policy.notice/post_only': 'If something changes, the new page stands here with its new date.',
  'is/policy.new_use/opt_in':
    'If your data are to be used for something new, you are asked first; until you say yes they are not used for it.',
  'is/policy.new_use/opt_out':
    'If your data are to be used for something new, you are told first and can say no; then they are not used for it.',
  'is/legal.notify_subject/when_permitted':
    'If a court or an authority asks for your data, the request is checked, as little as possible is handed over, and you are told unless that is forbidden.',
  'is/legal.notify_subject/never':
    'If a court or an authority asks for your data, the request is checked and as little as possible is handed over; you may not be told.',
  'is/rights.extend_to_all/true': 'These rights are yours wherever you live:',
  'is/rights.extend_to_all/by_location': 'Which of these rights you have depends on the law where you live:',
  'is/client.removal_default/ask':
    'When you stop being a customer, it is decided case by case whether your data are deleted or made anonymous.',
  'is/client.removal_default/delete': 'When you are removed as a customer, your data are deleted.',
  'is/client.removal_default/anonymize':
    'When you are removed as a customer, your data are made anonymous: counts stay, nothing leads to you.',
  // ---- privacy
  'privacy/who/title': 'Who is responsible',
  'privacy/who/short': '{business} decides. You reach whoever looks after privacy without an account.',
  'privacy/who/controller': '{business} decides why and how your personal data are used.',
  'privacy/who/address': 'Address: {address}.',
  'privacy/who/officer': '{officer} looks after privacy here and answers confidentially.',
  'privacy/who/contact': 'Ask, correct, delete or complain without an account: {rightsPage}',
  'privacy/who/email': 'By mail: {email}.',
  'privacy/what/title': 'What is kept about you',
  'privacy/what/short': 'What you give when you book, write or agree to something.',
  'privacy/what/category': '{category}: {purposes}.',
  'privacy/what/source':
    'Data come from you when you book, write, fill in a form or come by. Where somebody else gave them, it is recorded from where, and you can ask.',
  'privacy/what/cards': 'Card numbers are not kept.',
  'privacy/why/title': 'Why, and on what ground',
  'privacy/why/short': 'Each purpose has its legal ground.',
  'privacy/why/purpose': '{purpose}: {bases}.',
  'privacy/why/human': 'No machine alone decides anything about you that has a legal or similar effect. You can ask for a person to look.',
  'privacy/contact/title': 'How you are contacted',
  'privacy/contact/short': 'Never against your stop.',
  'privacy/contact/gate':
    'Before each message it is checked whether you agreed, what you stopped, and whether the hour is right; the reason is kept.',
  'privacy/contact/offers': 'Offers come only where you agreed or the law allows them, and each says how to end them.',
  'privacy/contact/stop': 'You can stop every contact, without an account and without a reason: {stopPage}',
  'privacy/contact/service': 'Messages about what you booked or asked come also after you ended offers.',
  'privacy/sharing/title': 'Who else gets your data',
  'privacy/sharing/short': 'Your data are not sold.',
  'privacy/sharing/noSale': 'Your data are not sold.',
  'privacy/sharing/processors': 'These services help, each with what its task needs and no more:',
  'privacy/sharing/processor': '{processor}: {receives}.',
  'privacy/sharing/none':
    'No other service is entered as helping with your data. Mail travels through the mail servers of sender and receiver.',
  'privacy/where/title': 'Where your data are',
  'privacy/where/short': 'The place is named on forms.',
  'privacy/keep/title': 'How long',
  'privacy/keep/short': 'As long as needed, then they go.',
  'privacy/keep/rules': 'Each kind of data has its period, after which it goes by itself: {retentionPage}',
  'privacy/rights/title': 'Your rights',
  'privacy/rights/short': 'Free of charge, and without an account.',
  'privacy/rights/access': 'A copy of your data, also in a form that another provider can read.',
  'privacy/rights/rectification': 'Having your data corrected.',
  'privacy/rights/erasure': 'Having your data deleted or made anonymous, but for what a law makes us keep.',
  'privacy/rights/restriction': 'Having your data kept but not used.',
  'privacy/rights/objection': 'Objecting, to offers always with effect at once.',
  'privacy/rights/withdrawal': 'Taking back what you agreed to, as easily as you gave it, for the time from then on.',
  'privacy/rights/answer':
    'You get an answer within the time that the law sets. A complaint is answered within 10 business days and settled within 25 days.',
  'privacy/rights/appeal':
    'If you are not satisfied, somebody else looks at it again, and you can go to the authority for data protection where you live.',
  'privacy/rights/noPenalty': 'Nobody is treated worse for using a right.',
  'privacy/children/title': 'Children',
  'privacy/children/short': 'There is a youngest age.',
  'privacy/children/report':
    'If you learn that a child’s data are here without its guardian’s yes, tell us; they are deleted as fast as possible: {rightsPage}',
  'privacy/signals/title': 'Signals of your browser',
  'privacy/signals/short': 'What your browser says for you.',
  'privacy/signals/cookies': 'Which cookies there are stands here: {cookiesPage}',
  'privacy/security/title': 'How your data are protected',
  'privacy/security/short': 'With care, and no measure is perfect.',
  'privacy/security/measures': 'Passwords are kept as slow hashes, files and sensitive fields encrypted, and who did what is recorded.',
  'privacy/security/roles': 'People who work here see what their role needs.',
  'privacy/security/limits':
    'No security measure is perfect. If something happens that puts you at risk, you are told what it was and what helps.',
  'privacy/changes/title': 'When this notice changes',
  'privacy/changes/short': 'The date on top is the day of the change.',
  'privacy/changes/versions': 'The new text counts from the moment it stands here. Every earlier version keeps its address.',
  'privacy/changes/collected': 'Your data stay under the version under which they were collected, until you agree to another one.',
  // ---- cookies
  'cookies/what/title': 'Which cookies there are',
  'cookies/what/short': 'Needed ones, and others only with your yes.',
  'cookies/what/before': 'Before you choose, only needed cookies are set. You can say no to all others and still use these pages.',
  'cookies/what/cookie': '{cookie} ({cookieClass}): {cookieFor} {cookieLasts}',
  'cookies/what/none': 'These pages set no cookies.',
  'cookies/what/first': 'All are set by this server itself; no other company can read them.',
  'cookies/what/log': 'The server counts visits without your name and with a shortened address.',
  // ---- california
  'california/collect/title': 'What is collected',
  'california/collect/short': 'The kinds of data of the last twelve months.',
  'california/collect/twelve':
    'In the last twelve months these kinds of personal information were collected, from you and from whoever gave them for you:',
  'california/sell/title': 'Selling and sharing',
  'california/sell/short': 'Nothing is sold.',
  'california/sell/none': 'Personal information is not sold, and in the last twelve months none was.',
  'california/sell/minors': 'That is so for people under 16 as well.',
  'california/rights/title': 'Your rights in California',
  'california/rights/short': 'To know, delete, correct, limit, and not to be treated worse.',
  'california/rights/list':
    'You may know what is kept and get a copy, have it deleted or corrected, limit the use of sensitive information, and say no to selling and sharing.',
  'california/rights/how': 'Ask here, yourself or through somebody you authorized: {rightsPage}',
  'california/rights/verify': 'It is checked that it is you by writing to the address on file; a no to selling and sharing needs no proof.',
  'california/rights/time':
    'You get a confirmation within 10 business days and an answer within 45 days; where more time is needed you are told, and it is 90 days at most.',
  'california/rights/noPenalty': 'Nobody is treated worse, and no price changes, because somebody used a right.',
  'california/keep/title': 'How long',
  'california/keep/short': 'By kind of data.',
  // ---- terms
  'terms/what/title': 'What these terms are about',
  'terms/what/short': 'Using the pages and booking with {business}.',
  'terms/what/parties': 'They are between you and {business}, and are about these pages, about accounts, and about bookings made here.',
  'terms/what/decline': 'If you do not agree, do not sign up and do not book. A form that you do not send leaves nothing here.',
  'terms/book/title': 'Bookings',
  'terms/book/short': 'What was confirmed counts.',
  'terms/book/confirmed': 'A booking stands once it is confirmed. Until when it can be moved or cancelled stands on its page.',
  'terms/book/own': 'Prices are those shown when you book.',
  'terms/use/title': 'Fair use',
  'terms/use/short': 'Be fair.',
  'terms/use/fair': 'Do not try to get at data of others, to overload the server, or to book without meaning it.',
  'terms/use/privacy': 'How your data are used stands in the privacy notice: {privacyPage}',
  'terms/changes/title': 'When these terms change',
  'terms/changes/short': 'Every version keeps its address.',
  // ---- retention
  'retention/rules/title': 'What ends by itself',
  'retention/rules/short': 'A period for each kind.',
  'retention/rules/rule': { one: '{rule}: {count} day. {criterion}', other: '{rule}: {count} days. {criterion}' },
  'retention/rules/law': '{law} ({source}, as of {asOf}).',
  'retention/rules/confirmed': 'What has had its time goes at night.',
  'retention/rules/unconfirmed': 'Until somebody responsible has looked at what would go, it stays.',
  'retention/other/title': 'What ends otherwise',
  'retention/other/short': 'With what it belongs to.',
  'retention/other/end': '{category}: {ends}',
  'retention/hold/title': 'What stays longer',
  'retention/hold/short': 'Disputes, and backups for a while.',
  'retention/hold/holds':
    'What may be needed in a dispute stays until the dispute is over. Who keeps it back, why and until when is recorded.',
  'retention/hold/backups': 'Backups end by their age. What was deleted is deleted again before a restored backup is used.',
  // ---- dpa
  'dpa/roles/title': 'Roles and instructions',
  'dpa/roles/short': 'The business decides; the operator carries out.',
  'dpa/roles/roles':
    '{business} decides about the data of its customers. Whoever runs this server processes them on its behalf and on its documented instructions, which are its settings and its acts here, and for nothing else.',
  'dpa/roles/subjects': 'The data are about customers of {business}, those who ask, and people named by them:',
  'dpa/roles/duration': 'It lasts as long as the workspace exists.',
  'dpa/duty/title': 'What the operator does',
  'dpa/duty/short': 'Confidential, secured, with help for rights.',
  'dpa/duty/access':
    'The operator gets into a workspace only with the permission of its owner, for a limited time, and every act is recorded where the business sees it.',
  'dpa/duty/security':
    'Workspaces are kept apart in the database, sensitive fields and files are encrypted, keys are kept apart from data, backups are encrypted.',
  'dpa/duty/rights':
    'The operator hands requests of people to the business and helps to answer them; the business has the tools for it here.',
  'dpa/duty/breach': 'If data are lost, changed or seen by somebody who should not, the operator tells the business without delay.',
  'dpa/duty/sub': 'Other processors take part only if they are entered in the register, with what they receive:',
  'dpa/duty/subNone': 'No other processor is entered in the register.',
  'dpa/end/title': 'The end, and proof',
  'dpa/end/short': 'Everything can be taken along, then it is deleted.',
  'dpa/end/return':
    'The business can take all its data along. When a workspace is closed, its data are deleted after the time of grace that is shown there.',
  'dpa/end/audit': 'The record of acts can be checked for completeness by the business at any time.',
} as const

/** The policy pages in every language. */
export const policyWords = defineWords(policyWordsEn, { es: policyWordsEs, fr: policyWordsFr })
/** Says the sentences of the documents in the reader's language. */
export const policyTranslator = (tag: string) => translator(policyWords, tag)
export type PolicyTranslator = ReturnType<typeof policyTranslator>
export type PolicyWord = keyof typeof policyWordsEn
