import { describe, expect, it } from 'vitest'
import { amountFits, bodyOf, faultyLocale, newRule, textFault, valuesOf } from './rule-form.ts'

describe('a reminder as it is filled in', () => {
  it.each([
    ['', 'days', false],
    ['0', 'days', false],
    ['1.5', 'hours', false],
    ['61', 'days', false],
    ['60', 'days', true],
    ['999', 'hours', true],
    ['30', 'minutes', true],
  ] as const)('%s %s', (amount, unit, fits) => {
    expect(amountFits({ amount, unit })).toBe(fits)
  })

  it('is sent with every language in order, and comes back as it was', () => {
    const typed = { ...newRule('before'), texts: { ...newRule('before').texts, es: { subject: ' Hola ', body: '' } } }
    const body = bodyOf(typed)
    expect(body).toMatchObject({ moment: 'before', amount: 1, unit: 'days', serviceIds: null })
    expect(body.texts).toEqual([
      { locale: 'en', subject: null, body: null },
      { locale: 'es', subject: 'Hola', body: null },
      { locale: 'fr', subject: null, body: null },
    ])
    expect(bodyOf(valuesOf({ ...body, id: 'x', version: 1 }))).toEqual(body)
  })

  it('leads a fault back to its language', () => {
    const faults = { 'texts.1.body': 'There is nothing that stands for {nmae}.' }
    expect([faultyLocale(faults), textFault(faults, 'es', 'body'), textFault(faults, 'en', 'body')]).toEqual([
      'es',
      faults['texts.1.body'],
      undefined,
    ])
    expect(faultyLocale({ amount: 'x' })).toBeUndefined()
  })
})
