import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { MailId } from '@frontdesk/contract'
import { afterAll, describe, expect, it } from 'vitest'
import { openKeys } from '../crypto/index.ts'
import { orderedId } from '../ids/index.ts'
import { addressToken, doorAddress, doorOfAddress, mailOfAddress, mailsNamedIn, readAddressToken, replyAddress } from './address-token.ts'
import type { MailSettings } from './settings.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-token-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const now = Temporal.Instant.from('2027-01-04T14:00:00Z')
const keys = openKeys(path.join(folder, 'a'), now)
const otherKeys = openKeys(path.join(folder, 'b'), now)
const newId = (): MailId => orderedId(now.epochMilliseconds)
const settings: MailSettings = {
  smtpUrl: undefined,
  from: { name: undefined, address: 'desk@example.com' },
  replies: { local: 'desk', domain: 'example.com', plus: true },
}

describe('address tokens', () => {
  it('refuses a token of another server, a changed one and what is none', () => {
    const token = addressToken(keys, newId())
    expect(readAddressToken(otherKeys, token)).toBeUndefined()
    for (let at = 0; at < token.length - 1; at++) {
      const changed = token.slice(0, at) + (token[at] === 'b' ? 'c' : 'b') + token.slice(at + 1)
      expect(readAddressToken(keys, changed), `letter ${at}`).toBeUndefined()
    }
    for (const nonsense of ['', 'x', 'a'.repeat(43), `${token}a`, token.slice(1), `${token.slice(0, -1)}!`])
      expect(readAddressToken(keys, nonsense)).toBeUndefined()
  })

  it('refuses our token at another domain or mailbox', () => {
    const address = replyAddress(settings, keys, newId()) ?? ''
    expect(mailOfAddress(settings, keys, address.replace('example.com', 'example.org'))).toBeUndefined()
    expect(mailOfAddress(settings, keys, address.replace('desk+', 'other+'))).toBeUndefined()
    expect(mailOfAddress(settings, keys, 'desk@example.com')).toBeUndefined()
  })

  it('leads back to the mail, also after a mail server changed the case, and after the key was rotated', () => {
    const mailId = newId()
    const address = replyAddress(settings, keys, mailId) ?? ''
    expect(address.slice(0, address.indexOf('@')).length).toBeLessThanOrEqual(64)
    expect(mailOfAddress(settings, keys, address)).toBe(mailId)
    expect(mailOfAddress(settings, keys, address.toUpperCase())).toBe(mailId)
    keys.rotate('link', now)
    expect(mailOfAddress(settings, keys, address)).toBe(mailId)
    expect(replyAddress(settings, keys, mailId)).not.toBe(address)
  })

  it('tells the office of a workspace from its inbox, and both from mails', () => {
    const workspaceId = newId() as never
    const [office, inbox] = (['office', 'inbox'] as const).map((kind) => doorAddress(settings, keys, { kind, workspaceId }) ?? '')
    expect([office, inbox].map((address) => doorOfAddress(settings, keys, address ?? ''))).toEqual([
      { kind: 'office', workspaceId },
      { kind: 'inbox', workspaceId },
    ])
    expect([
      mailOfAddress(settings, keys, inbox ?? ''),
      doorOfAddress(settings, keys, replyAddress(settings, keys, newId()) ?? ''),
    ]).toEqual([undefined, undefined])
    for (const replies of [
      { local: 'desk', domain: 'example.com', plus: false },
      { local: 'desk', domain: 'frontdesk.invalid', plus: true },
    ])
      expect(doorAddress({ ...settings, replies }, keys, { kind: 'inbox', workspaceId })).toBeUndefined()
  })

  it('has no address where nothing comes in, and a plain one where there is no room or no way for a token', () => {
    expect(replyAddress({ ...settings, replies: undefined }, keys, newId())).toBeUndefined()
    expect(replyAddress({ ...settings, replies: { local: 'desk', domain: 'example.com', plus: false } }, keys, newId())).toBe(
      'desk@example.com',
    )
    const long = { local: 'appointments.and.questions', domain: 'example.com', plus: true }
    expect(replyAddress({ ...settings, replies: long }, keys, newId())).toBe('appointments.and.questions@example.com')
  })

  it('finds the mails that an answer names, once each, and no other id', () => {
    const [first, second] = [newId(), newId()]
    const header = `<abc@gmail.com> <${first}@example.com>\r\n <${second}@EXAMPLE.com> <${first}@example.com> <8d7bd4ae-5b2e-4f6e-9d7e-0f3f0a1b2c3d@other.com>`
    expect(mailsNamedIn(header)).toEqual([first, second])
    expect(mailsNamedIn(undefined)).toEqual([])
  })
})
