import type { HandleChannel } from '@frontdesk/contract'
import { expect, it } from 'vitest'
import { joinHandle, numberOfHandle, readHandle, splitHandle } from './handle.rules.ts'

it.each<[HandleChannel, string, string | undefined]>([
  ['instagram', '@Maria.Lopez_', 'maria.lopez_'],
  ['instagram', 'https://www.instagram.com/Maria.Lopez/?hl=en', 'maria.lopez'],
  ['instagram', 'ig.me/m/maria', 'maria'],
  ['instagram', 'maria lopez', undefined],
  ['instagram', '.maria', undefined],
  ['instagram', 'https://elsewhere.example/maria', undefined],
  ['telegram', 'https://t.me/maria_l', 'maria_l'],
  ['telegram', '@abc', undefined],
  ['messenger', 'm.me/maria.lopez.1', 'maria.lopez.1'],
  ['facebook', 'https://www.facebook.com/profile.php?id=100012345678901', '100012345678901'],
  ['linkedin', 'https://es.linkedin.com/in/maría-lópez-1a2b/', 'maría-lópez-1a2b'],
  ['youtube', 'https://www.youtube.com/@MariaBakes/videos', 'mariabakes'],
  ['tiktok', 'https://www.tiktok.com/@maria', 'maria'],
  ['x', 'https://twitter.com/Maria', 'maria'],
  ['x', 'a_name_that_is_too_long', undefined],
  ['whatsapp', '(207) 555-0118', '+12075550118'],
  ['whatsapp', 'https://wa.me/12075550118', '+12075550118'],
  ['whatsapp', 'https://api.whatsapp.com/send?phone=12075550118', '+12075550118'],
  ['whatsapp', '12', undefined],
  ['signal', '+33 1 23 45 67 89', '+33123456789'],
  ['website', 'https://WWW.Example.com/Team/', 'example.com/Team'],
  ['website', 'bücher.example', 'xn--bcher-kva.example'],
  ['website', 'javascript:alert(1)', undefined],
  ['website', 'https://user:pass@example.com', undefined],
  ['website', 'localhost', undefined],
  ['website', 'http://10.0.0.1/', undefined],
])('reads on %s %s as %s', (channel, typed, value) => {
  expect(readHandle(channel, typed, 'US')).toBe(value)
})

it('keeps a handle with its channel, and knows which are numbers', () => {
  expect(splitHandle(joinHandle('website', 'example.com:8080/a'))).toEqual({ channel: 'website', value: 'example.com:8080/a' })
  expect(numberOfHandle('whatsapp:+12075550118')).toBe('+12075550118')
  expect(numberOfHandle('telegram:maria')).toBeUndefined()
})
