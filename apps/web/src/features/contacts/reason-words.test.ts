import { formats, translator } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { words } from '../../locales/en/may-contact.ts'
import { reasonWords, stepWords, tellingReasons } from './reason-words.ts'

const t = translator({ en: words }, 'en')
const write = formats('en-US', 'UTC')
const reason = (code: string, params: Record<string, string> = {}, effect: 'blocks' | 'allows' | 'notes' | 'defers' = 'blocks') => ({
  code,
  effect,
  params,
  authority: null,
})
const said = (code: string, params?: Record<string, string>) => reasonWords(t, write, reason(code, params), 'Ann')

describe('a reason', () => {
  it('is named by its code as long as it has no words', () => {
    expect(said('moon_is_full')).toBe('A rule stands in the way: moon_is_full.')
    expect(said('other')).toBe('A rule stands in the way: other.')
  })

  it('is a sentence with what belongs to it', () => {
    expect(said('suppressed', { scope: 'marketing', since: '2026-10-02T08:00:00Z', cause: 'link' })).toBe(
      'Since Oct 2, 2026: no offers. It was asked for by the link in a mail.',
    )
    expect(said('subject_closed', { type: 'booking' })).toBe('The booking it would be about is closed.')
    expect(said('subject_closed', { type: 'hovercraft' })).toBe('The matter it would be about is closed.')
    expect(said('channel_not_set_up', { channel: 'sms' })).toBe('Text is not set up yet.')
    expect(said('contact_did_not_start_it', { type: 'conversation' })).toBe('Ann has not written to us.')
  })
})

it('says the way out, where there is one', () => {
  expect(stepWords(t, { remedy: null, channel: 'email' }, 'Ann')).toBeUndefined()
  expect(stepWords(t, { remedy: 'pray', channel: 'email' }, 'Ann')).toBeUndefined()
  expect(stepWords(t, { remedy: 'set_up_channel', channel: 'call' }, 'Ann')).toBeUndefined()
  expect(stepWords(t, { remedy: 'add_contact_point', channel: 'email' }, 'Ann')).toBe('Add an address or a number.')
  expect(stepWords(t, { remedy: 'ask_her_to_opt_in', channel: 'email' }, 'Ann')).toBe('Only Ann can allow it again.')
})

it('tells what carries the answer', () => {
  const reasons = [reason('a', {}, 'allows'), reason('b', {}, 'blocks'), reason('c', {}, 'notes'), reason('d', {}, 'defers')]
  expect(tellingReasons({ allowed: true, reasons }).map(({ code }) => code)).toEqual(['a', 'c'])
  expect(tellingReasons({ allowed: false, reasons }).map(({ code }) => code)).toEqual(['b', 'd'])
})
