import { noOwnRules } from '@frontdesk/contract'
import { expect, it } from 'vitest'
import { ownRulesBody, ownRulesFaults, ownRulesValues } from './own-rules-form.ts'

const start = ownRulesValues(noOwnRules)

it('changes nothing that was not touched, also what it does not show', () => {
  const rules = {
    ...noOwnRules,
    channelsOff: ['whatsapp' as const, 'sms' as const],
    hours: [{ weekdays: [1, 2], fromMinute: 540, toMinute: 1440 }],
    quiet: [{ weekdays: [5], fromMinute: 0, toMinute: 60 }],
    caps: [{ count: 3, hours: 72 }],
    registeredIn: ['US-TX'],
  }
  expect(ownRulesBody(ownRulesValues(rules), rules)).toEqual(rules)
  expect(ownRulesBody(start, noOwnRules)).toEqual(noOwnRules)
})

it('says what is wrong before it is sent', () => {
  expect(Object.values(ownRulesFaults(start)).filter(Boolean)).toEqual([])
  expect(ownRulesFaults({ ...start, timed: true, weekdays: [], from: '18:00', until: '09:00' })).toMatchObject({
    weekdays: 'daysMissing',
    until: 'untilWrong',
  })
  expect(ownRulesFaults({ ...start, capped: true, capCount: '0', capDays: '40' })).toMatchObject({
    capCount: 'capWrong',
    capDays: 'capWrong',
  })
  expect(ownRulesFaults({ ...start, registeredIn: 'us-tx, Florida' })).toMatchObject({ registeredIn: 'placesWrong' })
})
