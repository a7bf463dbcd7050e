import { describe, expect, it } from 'vitest'
import { escapedUser, parseUri, sameUri, uriParameter, writeUri } from './uri.ts'

const uri = (text: string) => parseUri(text, 'URI')

describe('a URI, §19.1', () => {
  it.each([
    '',
    'alice',
    'sip:',
    'sip:@host',
    'sip:alice@',
    'sip:alice@host:0',
    'sip:alice@host:65536',
    'sip:alice@host:5060:1',
    'sip:alice@bob@host',
    'sip:al ice@host',
    'sip:al"ice@host',
    'sip:alice%4@host',
    'sip:alice@[::1',
    'sip:alice@[1::2::3]',
    'sip:alice@300.1.1.1',
    'sip:alice@-host',
    'sip:host;',
    'sip:host;a=1;A=2',
    'sip:host;lr=',
    'sip:host?a',
    'sip:host\r\n',
    'tel:',
    'tel:+1 555',
    '1tel:5',
  ])('refuses %j', (text) => {
    expect(() => uri(text)).toThrow(/./)
  })

  it.each([
    'sip:alice@atlanta.com',
    'sip:alice:secretword@atlanta.com;transport=tcp',
    'sips:alice@atlanta.com?subject=project%20x&priority=urgent',
    'sip:+1-212-555-1212:1234@gateway.com;user=phone',
    'sips:1212@gateway.com',
    'sip:alice@192.0.2.4',
    'sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com',
    'sip:alice;day=tuesday@atlanta.com',
    'sip:[2001:db8::10]:5070;lr',
    'sip:[::ffff:192.0.2.1]',
    'tel:+12125551212;phone-context=+1',
    'urn:service:sos',
  ])('reads and writes %s of §19.1.3 as it is', (text) => {
    expect(writeUri(uri(text))).toBe(text)
  })

  it('takes parameters by name in any case', () => {
    expect(uriParameter(uri('sip:host;Transport=TLS;lr'), 'transport')).toBe('TLS')
    expect(uriParameter(uri('sip:host;Transport=TLS;lr'), 'lr')).toBe('')
    expect(uriParameter(uri('sip:host'), 'lr')).toBeUndefined()
  })

  it('escapes what a user part cannot hold, and refuses to send it as it is', () => {
    expect(escapedUser('j.d@x y+1;z')).toBe('j.d%40x%20y+1;z')
    expect(() => writeUri({ scheme: 'sip', user: 'a b', host: 'h', parameters: [], headers: [] })).toThrow('must be escaped')
    expect(() => writeUri({ scheme: 'sip', host: 'h\r\nVia: x', parameters: [], headers: [] })).toThrow('is no host')
  })
})

describe('two URIs, §19.1.4', () => {
  it.each([
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;newparam=5'],
    [
      'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
      'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
    ],
    ['sip:alice@atlanta.com?subject=project%20x&priority=urgent', 'sip:alice@atlanta.com?priority=urgent&subject=project%20x'],
  ])('%s is %s', (one, other) => {
    expect(sameUri(uri(one), uri(other))).toBe(true)
  })

  it.each([
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com:6000;transport=tcp', 'sip:bob@biloxi.com'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
    ['sip:carol@chicago.com;maddr=192.0.2.1', 'sip:carol@chicago.com'],
    ['sips:carol@chicago.com', 'sip:carol@chicago.com'],
  ])('%s is not %s', (one, other) => {
    expect(sameUri(uri(one), uri(other))).toBe(false)
  })
})
