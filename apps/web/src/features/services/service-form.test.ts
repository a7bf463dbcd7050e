import { translator } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { words } from '../../locales/en/services.ts'
import type { Service } from './queries.ts'
import { serviceBody, serviceFaults, valuesOf, withCurrent } from './service-form.ts'

const t = translator({ en: words }, 'en')
const cut: Service = {
  id: 'cut' as Service['id'],
  name: 'Cut',
  slug: 'cut',
  description: '',
  durationMinutes: 45,
  price: { minor: '6050', currency: 'USD' },
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 10,
  noticeMinutes: 120,
  horizonDays: 60,
  stepMinutes: 15,
  changeNoticeMinutes: 1440,
  place: { kind: 'video', detail: 'https://meet.example/x' },
  hue: 10,
  phone: 'optional',
  choosePerson: true,
  discreet: false,
  approval: false,
  answerMinutes: 1440,
  waitlist: true,
  offerMinutes: 60,
  afterBookingUrl: null,
  active: true,
  needs: [],
  staffIds: ['ann' as Service['staffIds'][number]],
  position: 0,
  ownHours: false,
  bookingUrl: 'https://desk.example/book/a/cut',
  archivedAt: null,
  createdAt: '2026-11-01T10:00:00Z',
  version: 1,
}
const values = valuesOf(cut)

describe('what is wrong', () => {
  it.each([
    ['name', { name: ' ' }],
    ['minutes', { minutes: '3' }],
    ['minutes', { minutes: '12.5' }],
    ['minutes', { minutes: '' }],
    ['price', { price: 'cheap' }],
    ['placeDetail', { placeDetail: 'meet.example' }],
    ['slug', { slug: 'Cut it' }],
  ] as const)('is said beside %s', (field, change) => {
    expect(Object.keys(serviceFaults({ ...values, ...change }, 'USD', t))).toEqual([field])
  })

  it('is nothing where nothing is', () => {
    expect(serviceFaults(values, 'USD', t)).toEqual({})
    expect(serviceFaults({ ...values, price: '', placeDetail: '' }, 'USD', t)).toEqual({})
  })
})

describe('what is sent', () => {
  it('is only what changed', () => {
    expect(serviceBody(values, [], 'USD')).toEqual({})
    expect(serviceBody({ ...values, minutes: '60', price: '' }, ['minutes', 'price'], 'USD')).toEqual({ durationMinutes: 60, price: null })
    expect(serviceBody(values, ['price'], 'USD')).toEqual({ price: { minor: '6050', currency: 'USD' } })
  })

  it('is the whole place, whichever part of it changed', () => {
    expect(serviceBody({ ...values, placeKind: 'phone', placeDetail: ' ' }, ['placeKind'], 'USD')).toEqual({
      place: { kind: 'phone', detail: null },
    })
    expect(serviceBody({ ...values, placeKind: 'at_customer' }, ['placeKind'], 'USD')).toEqual({
      place: { kind: 'at_customer', detail: null },
    })
  })
})

it('offers the length that is set, even where it is an unusual one', () => {
  expect(withCurrent([0, 30, 60], '45')).toEqual(['0', '30', '45', '60'])
  expect(withCurrent([0, 30, 60], '30')).toEqual(['0', '30', '60'])
})
