import { events } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { eventInventory, eventTypes } from './index.ts'

describe('every event', () => {
  it.each(eventTypes.map((type) => [type]))('%s declares exactly the fields it carries', (type) => {
    expect(Object.keys(eventInventory[type]).sort()).toEqual(Object.keys(events[type].shape).sort())
  })

  it.each(eventTypes.map((type) => [type]))('%s refuses a field that it does not list', (type) => {
    const { error } = events[type].safeParse({ note: 'free text' })
    expect(error?.issues).toContainEqual(expect.objectContaining({ code: 'unrecognized_keys', keys: ['note'] }))
  })

  it('carries ids, states and numbers of bounded length only', () => {
    for (const type of eventTypes) for (const field of Object.keys(events[type].shape)) expect(field).toMatch(/Id$|^role$|^count$|^state$/)
  })
})
