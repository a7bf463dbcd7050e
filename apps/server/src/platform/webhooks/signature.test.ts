import { describe, expect, it } from 'vitest'
import { newSecret, signedHeaders } from './signature.ts'

describe('the signature of Standard Webhooks', () => {
  // The example of the specification and of its reference libraries (standard-webhooks/standard-webhooks, libraries/python/tests).
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: Temporal.Instant.fromEpochMilliseconds(1_614_265_330_000),
    body: '{"test": 2432232314}',
  }

  it('is the published one for the published secret, id, moment and body', () => {
    expect(signedHeaders([secret], message)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('is two, separated by a space, while two secrets count', () => {
    const other = newSecret()
    const [first, second] = signedHeaders([other, secret], message)['webhook-signature']?.split(' ') ?? []
    expect(second).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
    expect(first).toBe(signedHeaders([other], message)['webhook-signature'])
  })

  it('is made with secrets of 32 random bytes', () => {
    const made = newSecret()
    expect(made).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(newSecret()).not.toBe(made)
  })
})
