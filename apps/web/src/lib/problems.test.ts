import { translator } from '@frontdesk/i18n'
import { beforeAll, describe, expect, it } from 'vitest'
import { words as enFailures } from '../locales/en/failures.ts'
import { words as en } from '../locales/en/problems.ts'
import { words as esFailures } from '../locales/es/failures.ts'
import { words as es } from '../locales/es/problems.ts'
import { ApiProblem } from './api.ts'
import { explain, learnRefusals } from './problems.ts'

const english = translator({ en: enFailures }, 'en-US')
const spanish = translator({ en: enFailures, es: esFailures }, 'es-MX')
const refusal = (slug: string, more: object = {}) =>
  new ApiProblem({ type: `/api/problems/${slug}`, title: 'The time was just taken', status: 409, ...more })

describe('before the words of refusals are there', () => {
  it('says what the server said, in whichever language', () => {
    expect(explain(refusal('scheduling/slot-taken', { detail: 'Choose another.' }), spanish, undefined).message).toBe(
      'The time was just taken. Choose another.',
    )
    expect(explain(refusal('scheduling/slot-taken'), english, undefined).message).toBe('The time was just taken')
  })
})

describe('an error in words', () => {
  beforeAll(async () => {
    await learnRefusals({ locale: 'en', tag: 'en-US' })
    await learnRefusals({ locale: 'es', tag: 'es-MX' })
  })

  it('says of a lost line that nothing typed is gone, and of a mistake of ours the same', () => {
    expect(explain(new TypeError('Failed to fetch'), english)).toMatchObject({ slug: 'network/lost', message: enFailures['network/lost'] })
    expect(explain(new Error('x is undefined'), english)).toMatchObject({ slug: 'app/unexpected', message: enFailures['app/unexpected'] })
  })

  it('says in English what the server said: what happened, then what to do', () => {
    expect(explain(refusal('scheduling/slot-taken', { detail: 'Choose another.' }), english).message).toBe(
      'The time was just taken. Choose another.',
    )
    expect(explain(refusal('scheduling/slot-taken'), english).message).toBe(en['scheduling/slot-taken'])
  })

  it('says it in the reader’s language where we know the refusal', () => {
    expect(explain(refusal('scheduling/slot-taken', { detail: 'Choose another.' }), spanish).message).toBe(es['scheduling/slot-taken'])
    expect(explain(refusal('moon/full', { detail: 'Wait.' }), spanish).message).toBe('The time was just taken. Wait.')
  })

  it('puts faults beside their fields, and keeps the reference', () => {
    const faults = [
      { path: 'body.email', code: 'invalid_format', message: 'This is not an email address.' },
      { path: 'body.points.0.value', code: 'moonshine', message: 'Unknown.' },
    ]
    const problem = refusal('http/invalid-request', { detail: 'body.email: no. Nothing was saved.', faults, reference: '1a2b' })
    expect(explain(problem, english)).toEqual({
      slug: 'http/invalid-request',
      message: en['http/invalid-request'],
      reference: '1a2b',
      faults: { email: 'This is not an email address.', 'points.0.value': 'Unknown.' },
    })
    expect(explain(problem, spanish).faults.email).toBe(es['fault/invalid_format'])
  })
})
