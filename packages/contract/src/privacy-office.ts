import { z } from 'zod'
import { idOf } from './ids.ts'
import { BusinessRegion, RequestKind } from './privacy-request-terms.ts'
import { EmailAddress, Text } from './values.ts'

/** How the office is reached. */
export const OfficeAddress = {
  /** Where people write to, as the public pages show it; the business's own where none is given. */
  publishedEmail: EmailAddress.nullable(),
  publishedAddress: Text(500).nullable(),
  /** An OpenPGP public key for confidential mail. */
  pgpKey: Text(20_000).nullable(),
  region: BusinessRegion.nullable(),
} as const

/** Who looks after requests and complaints here. Without a choice it is the first owner. */
export const PrivacyOffice = z
  .object({
    officerMemberId: idOf('member').nullable(),
    officerName: z.string().nullable(),
    /** Whether somebody was chosen. */
    chosen: z.boolean(),
    /** Who may be chosen and may look after a case: owners and privacy officers. */
    able: z.array(z.object({ memberId: idOf('member'), name: z.string() })),
    appealDays: z.int(),
    ...OfficeAddress,
    /** The country of the business, whose regions can be chosen. */
    country: z.string().nullable(),
    /** The path of the public portal. */
    portalPath: z.string(),
    /** An address of this server at which every mail opens a case; null where no mail comes in. */
    mailbox: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'PrivacyOffice' })
export type PrivacyOffice = z.output<typeof PrivacyOffice>

/** What a year of requests came to (11 CCR 7102 asks large businesses to publish it). */
export const RequestFigures = z
  .object({
    year: z.int(),
    kinds: z.array(
      z.object({
        kind: RequestKind,
        received: z.int(),
        complied: z.int(),
        refused: z.int(),
        open: z.int(),
        /** Median days from receipt to the answer; null where none was answered. */
        medianDays: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'RequestFigures' })
