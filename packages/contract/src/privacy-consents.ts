import { z } from 'zod'
import { idOf } from './ids.ts'
import { ContactChannel } from './privacy-channel.ts'
import { fileToSave, routes } from './routes.ts'
import { Instant, Line, Locale, Text } from './values.ts'

/** The ready wordings of the consent kit, in the order in which they are offered. */
export const kitKeys = ['mail_offers', 'texts_bookings', 'texts_offers', 'ai_calls_bookings', 'ai_calls_offers', 'calls_offers'] as const
export const KitKey = z.enum(kitKeys).meta({ id: 'KitKey' })
export type KitKey = z.output<typeof KitKey>

/** What a consent can be for; one to offers covers the others on the same way. */
export const ConsentPurpose = z.enum(['service', 'feedback', 'marketing']).meta({ id: 'ConsentPurpose' })

/** Given by word of mouth, expressly, or in writing with a signature. */
export const ConsentLevel = z.enum(['pec_oral', 'pec', 'pewc']).meta({ id: 'ConsentLevel' })

/** How a consent came to the business; `told`: she told somebody that she takes it back. */
export const ConsentHow = z
  .enum(['booking_page', 'counter', 'spoken', 'paper', 'mail', 'preference_page', 'form', 'text', 'told'])
  .meta({ id: 'ConsentHow' })

/** One entry of the ledger. Nothing in it ever changes; taking back is an entry of its own. */
export const ConsentEntry = z
  .object({
    id: z.uuid(),
    action: z.enum(['given', 'withdrawn']),
    channel: ContactChannel,
    purpose: ConsentPurpose,
    level: ConsentLevel.nullable(),
    /** The wording names machines: artificial voices, automatic dialing or texts. */
    automated: z.boolean(),
    how: ConsentHow,
    /** When she agreed or took it back. */
    at: Instant,
    /** When it was written down. */
    recordedAt: Instant,
    recordedBy: z.object({ kind: z.string(), id: z.string().nullable() }),
    expiresAt: Instant.nullable(),
    place: z.string().nullable(),
    signedName: z.string().nullable(),
    wording: z.object({ key: z.string(), edition: z.string(), locale: z.string(), words: z.string(), sha256: z.string() }).nullable(),
    hasProof: z.boolean(),
    /** The address or number it is for; null where the channel has none, or where it is not on file any more. */
    pointId: idOf('contact_point').nullable(),
    /** Whether it counts now: given, not taken back, not run out, for an address that is on file. */
    stands: z.boolean(),
  })
  .meta({ id: 'ConsentEntry' })
export type ConsentEntry = z.output<typeof ConsentEntry>

/** What a wording must say to be worth anything: who asks, by which way and for what, how to stop, that nothing hangs on it, and, where it is so, that machines call or write and that messages may cost. */
export const wordingElements = ['seller', 'way', 'purpose', 'stop', 'free', 'automatic', 'artificial', 'rates'] as const
export const WordingElement = z.enum(wordingElements).meta({ id: 'WordingElement' })
export type WordingElement = z.output<typeof WordingElement>

/** The languages that wordings are written in. */
export const WordingLocale = z.enum(['en', 'es', 'fr'])
export type WordingLocale = z.output<typeof WordingLocale>

/** A wording in both forms, with `{business}` where the name and number of the business stand. */
const WordingTexts = z.object({ written: z.string(), spoken: z.string() })

/** A wording of the kit with the business's name and number filled in. */
export const KitWording = z
  .object({
    key: KitKey,
    edition: z.string(),
    channel: ContactChannel,
    purpose: ConsentPurpose,
    level: ConsentLevel,
    automated: z.boolean(),
    /** To be shown or printed, for her to tick or sign. */
    written: z.string(),
    /** To be read to her. */
    spoken: z.string(),
    /** The same as it is edited. */
    texts: WordingTexts,
    /** The ready one, which is used where the business has none of its own. */
    ready: WordingTexts,
    /** The business's own: which edition, since when. */
    own: z.object({ edition: z.int(), since: Instant }).nullable(),
    /** What its own words have to say. */
    needs: z.array(WordingElement),
    /** What is missing until it can be used; the consent itself can be asked for already. */
    waitsFor: z.enum(['texts', 'calls']).nullable(),
  })
  .meta({ id: 'KitWording' })
export type KitWording = z.output<typeof KitWording>

/** Where the business asks. */
export const ConsentKitSettings = z.object({
  version: z.int(),
  /** Shown on the booking page, never ticked beforehand. */
  bookingPage: z.array(KitKey),
  /** Shown on the counter page. */
  counter: z.array(KitKey),
  /** The word to join by text. */
  keyword: z.string(),
})

export const ConsentKit = z
  .object({
    locale: z.string(),
    seller: z.object({ name: z.string(), phone: z.string().nullable() }),
    wordings: z.array(KitWording),
    settings: ConsentKitSettings,
    /** The words beside the keyword; null while the business gave no number. Texts themselves are not set up yet. */
    keywordText: z.string().nullable(),
    /** The page for a tablet at the counter or the QR code beside it. */
    counterUrl: z.string(),
  })
  .meta({ id: 'ConsentKit' })
export type ConsentKit = z.output<typeof ConsentKit>

/** A file that proves it: a photo of the paper, a clip of the call. */
const Proof = z.strictObject({
  name: Line(200),
  /** The bytes in base64. */
  content: z.base64().max(7_000_000, 'Files of up to 5 MB are taken here.'),
})

const contactParams = z.strictObject({ contactId: idOf('contact') })

const wordingParams = z.strictObject({ key: KitKey, locale: WordingLocale })

export const consentRoutes = routes({
  'GET /consent-kit': {
    summary: 'Ready wordings to ask for consent, with the name and number of the business',
    access: 'member',
    query: z.strictObject({ locale: Locale.optional() }),
    answer: ConsentKit,
  },
  'PUT /consent-kit': {
    summary: 'Where the business asks: on the booking page, at the counter',
    access: 'member',
    ifMatch: true,
    body: z.strictObject({
      bookingPage: z.array(KitKey).max(kitKeys.length),
      counter: z.array(KitKey).max(kitKeys.length),
      keyword: z
        .string()
        .regex(/^[A-Z]{3,12}$/, 'Three to twelve capital letters, like JOIN.')
        .meta({ examples: ['JOIN'] }),
    }),
    answer: ConsentKitSettings,
  },
  'PUT /consent-kit/wordings/{key}/{locale}': {
    summary: 'Use own words for a consent, in one language',
    description:
      'They become a new edition; what was agreed to before keeps the words it was given in. Words that leave out what the law asks for are refused, and what is missing is named. The version is the edition in use, 0 for the ready one.',
    access: 'member',
    ifMatch: true,
    params: wordingParams,
    body: z.strictObject({ written: Text(1000).min(1), spoken: Text(1000).min(1) }),
    answer: KitWording,
    refusals: ['privacy/wording-incomplete'],
  },
  'DELETE /consent-kit/wordings/{key}/{locale}': {
    summary: 'Go back to the ready words of a consent, in one language',
    access: 'member',
    ifMatch: true,
    params: wordingParams,
    answer: KitWording,
  },
  'POST /consent-kit/renew-counter': {
    summary: 'A new address for the counter page; the old one stops working',
    access: 'member',
    answer: z.object({ counterUrl: z.string() }),
  },
  'GET /contacts/{contactId}/consents': {
    summary: 'What a contact agreed to and took back, newest first',
    access: 'member',
    params: contactParams,
    answer: z.object({ items: z.array(ConsentEntry) }),
  },
  'POST /contacts/{contactId}/consents': {
    summary: 'Record a consent: spoken to somebody here, or on paper',
    description:
      'A spoken one is recorded with the words that were read to her; one on paper needs its photo or scan. It is written into the ledger for good.',
    access: 'member',
    maxBodyBytes: 7_100_000,
    params: contactParams,
    body: z.strictObject({
      how: z.enum(['spoken', 'paper']),
      /** A wording of the kit: as it was read to her, or as it stands on the paper. */
      wording: z.strictObject({ key: KitKey, locale: Locale }),
      /** The address or number it is for; the preferred one unless given. */
      pointId: idOf('contact_point').optional(),
      /** When she agreed; now unless given. */
      at: Instant.optional(),
      expiresAt: Instant.optional(),
      place: Line(200).optional(),
      signedName: Line(200).optional(),
      proof: Proof.optional(),
    }),
    status: 201,
    answer: ConsentEntry,
    refusals: ['privacy/proof-missing', 'privacy/no-point', 'files/refused'],
  },
  'POST /contacts/{contactId}/consents/invite': {
    summary: 'Ask a contact by mail whether she agrees; nothing stands until she presses the button behind its link',
    access: 'member',
    params: contactParams,
    body: z.strictObject({ key: KitKey, locale: Locale, pointId: idOf('contact_point').optional() }),
    status: 202,
    answer: z.object({ sentTo: idOf('contact') }),
    refusals: ['privacy/refused', 'privacy/no-point'],
  },
  'POST /contacts/{contactId}/consents/withdraw': {
    summary: 'Take a consent back, because she said so',
    access: 'member',
    params: contactParams,
    body: z.strictObject({
      channel: ContactChannel,
      /** All of them unless given. */
      purpose: ConsentPurpose.optional(),
      /** Of this address or number; of all of hers unless given. */
      pointId: idOf('contact_point').optional(),
    }),
    answer: z.object({ items: z.array(ConsentEntry) }),
  },
  'POST /contacts/{contactId}/inquiries': {
    summary: 'Note that she called and reached nobody, or asks to be called',
    description: 'Until telephones are connected a member notes it: it may be answered, and the clock of the inquiry starts.',
    access: 'member',
    params: contactParams,
    body: z.strictObject({ kind: z.enum(['missed_call', 'callback']), at: Instant.optional() }),
    status: 201,
    answer: z.object({ id: z.uuid() }),
  },
  'DELETE /contacts/{contactId}/inquiries/{inquiryId}': {
    summary: 'Take back what was noted by a slip',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact'), inquiryId: z.uuid() }),
    status: 204,
    answer: z.undefined(),
  },
  'GET /consents/{consentId}/proof': {
    summary: 'The file that proves a consent',
    access: 'member',
    params: z.strictObject({ consentId: z.uuid() }),
    answer: fileToSave,
    download: true,
  },
})
