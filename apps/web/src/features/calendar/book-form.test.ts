import { translator } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { words as acts } from '../../locales/en/booking-acts.ts'
import { words } from '../../locales/en/calendar.ts'
import { bookingBody, bookingFaults, emptyBooking } from './book-form.ts'

const t = translator({ en: { ...words, ...acts } }, 'en')
const empty = emptyBooking('2026-11-19')

describe('what is missing', () => {
  it('is said field by field', () => {
    expect(Object.keys(bookingFaults(empty, t))).toEqual(['contactId', 'serviceId', 'start'])
    expect(Object.keys(bookingFaults({ ...empty, isNew: true, name: '  ' }, t))).toEqual(['name', 'email', 'serviceId', 'start'])
  })

  it('is nothing with a number instead of a mail address', () => {
    const full = { ...empty, isNew: true, name: 'Ann', phone: '1', serviceId: 's', start: 'now' }
    expect(bookingFaults(full, t)).toEqual({})
  })
})

describe('the request', () => {
  it('names somebody known, and whoever is free', () => {
    const body = bookingBody({ ...empty, contactId: 'c', name: 'left over', serviceId: 's', start: '2026-11-19T10:00:00Z' })
    expect(body).toEqual({
      serviceId: 's',
      start: '2026-11-19T10:00:00Z',
      contactId: 'c',
      note: null,
      placeDetail: null,
      notify: true,
      outsideHours: false,
      holdMinutes: null,
      answers: {},
    })
  })

  it('names somebody new by what was typed, trimmed', () => {
    const body = bookingBody({
      ...empty,
      isNew: true,
      name: ' Ann ',
      email: ' ',
      phone: ' 1 ',
      staffId: 'p',
      holdMinutes: '60',
      note: ' x ',
    })
    expect(body).toMatchObject({ contact: { name: 'Ann', phone: '1' }, staffId: 'p', holdMinutes: 60, note: 'x' })
    expect(body).not.toHaveProperty('contactId')
  })
})
