/** Parts of the shapes of scheduling; nobody else needs them. */
import { z } from 'zod'
import { EmailAddress, Line, Locale, Money, PhoneInput, Zone } from './values.ts'

/** A colour of the calendar: the hue on the OKLCH circle; lightness is fixed by the theme. */
export const Hue = z.int().min(0).max(359)

/** A length between two bounds. */
export const Minutes = (least: number, most: number) =>
  z.int().min(least, `At least ${least} minutes.`).max(most, `At most ${most} minutes.`)

export const Price = Money.refine((price) => !price.minor.startsWith('-'), { path: ['minor'], message: 'A price is not below zero.' })

/** Whether the customer is told by mail. */
export const notify = z.boolean().default(true)

/** A member may book outside of the offered times (hours, notice, step), but never over another booking or time off. */
export const outsideHours = z.boolean().default(false)

/** Somebody new; an existing contact with the same address or number is found by itself. */
export const NewContact = z
  .strictObject({
    name: Line(120),
    email: EmailAddress.optional(),
    phone: PhoneInput.optional(),
    locale: Locale.optional(),
    zone: Zone.optional(),
  })
  .refine((contact) => contact.email !== undefined || contact.phone !== undefined, {
    path: ['email'],
    message: 'Give an email address or a phone number.',
  })
