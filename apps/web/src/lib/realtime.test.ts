import { events } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { keysTouched, readNotice } from './realtime.ts'

describe('the live stream', () => {
  it.each(['', 'hello', '7', 'null', '[]', '{"id":"x"}', '{"type":7}'])('takes no notice of %j', (text) => {
    expect(readNotice(text)).toBeUndefined()
  })

  it('reads what happened to which rows', () => {
    expect(readNotice('{"eventId":"e","workspaceId":"w","type":"booking.confirmed","ids":{"bookingId":"b"}}')).toMatchObject({
      type: 'booking.confirmed',
      ids: { bookingId: 'b' },
    })
  })

  it('refreshes the room of an event, and the rooms that show it', () => {
    expect(keysTouched('booking.confirmed')).toEqual(['scheduling', 'contacts'])
    expect(keysTouched('message.received')).toContain('conversations')
    expect(keysTouched('poem.written')).toEqual(['poem'])
  })

  it('knows the noun of every event there is', () => {
    const unknown = Object.keys(events).filter(
      (type) => keysTouched(type)[0] === type.split('.')[0] && !['contacts', 'workspace'].includes(keysTouched(type)[0] ?? ''),
    )
    expect(unknown).toEqual([])
  })
})
