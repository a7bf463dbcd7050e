import { expect, it } from 'vitest'
import type { Booking, Service } from '../../calendar/queries.ts'
import { standFor } from './other-resources.ts'
import type { Resource } from './queries.ts'

const resource = (id: string, kind: Resource['kind'] = 'room', active = true): Resource =>
  ({ id, name: id, kind, active, ownHours: false, serviceIds: [], archivedAt: null, createdAt: '', version: 1 }) as unknown as Resource
const held = { id: 'room1', name: 'room1', kind: 'room' } as Booking['resources'][number]
const all = [resource('room1'), resource('room2'), resource('room3', 'room', false), resource('room4'), resource('laser', 'equipment')]
const needs = [{ resourceIds: ['room1', 'room2', 'room3'], required: 1 }] as unknown as Service['needs']

it('offers those of the same need that are in use, what it has first', () => {
  expect(standFor(held, needs, all).map(({ id }) => id)).toEqual(['room1', 'room2'])
})

it('offers all of its kind where no need names it any more', () => {
  expect(standFor(held, [], all).map(({ id }) => id)).toEqual(['room1', 'room2', 'room4'])
})
