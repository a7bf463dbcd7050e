/** Rooms and equipment: what a booking takes beside a person. */
import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf } from './values.ts'

/** A room, or a device that only one can use at a time. */
export const ResourceKind = z.enum(['room', 'equipment']).meta({ id: 'ResourceKind' })
export type ResourceKind = z.output<typeof ResourceKind>

/** Rooms or devices of which so many are needed at once: "one of these rooms", "this device". A resource fills one need of a booking only. */
export const ServiceNeed = z
  .strictObject({
    resourceIds: z.array(idOf('resource')).min(1, 'Choose at least one.').max(50),
    required: z.literal('all').or(z.int().min(1).max(50)),
  })
  .refine(({ resourceIds }) => new Set(resourceIds).size === resourceIds.length, {
    path: ['resourceIds'],
    message: 'Each can stand here once.',
  })
  .refine(({ resourceIds, required }) => required === 'all' || required <= resourceIds.length, {
    path: ['required'],
    message: 'More are needed than stand here.',
  })
  .meta({ id: 'ServiceNeed' })
export type ServiceNeed = z.output<typeof ServiceNeed>

const resourceFields = { name: Line(80), kind: ResourceKind, active: z.boolean() }

export const ResourceDraft = z.strictObject({
  ...resourceFields,
  kind: resourceFields.kind.default('room'),
  active: resourceFields.active.default(true),
})

export const ResourcePatch = z.strictObject(resourceFields).partial()

/** A room or a device. Without hours of its own it can be had whenever the people can. */
export const Resource = z
  .object({
    ...resourceFields,
    id: idOf('resource'),
    ownHours: z.boolean(),
    /** The services that need it, or one like it. */
    serviceIds: z.array(idOf('service')),
    archivedAt: Instant.nullable(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Resource' })
export type Resource = z.output<typeof Resource>

/** A room or a device as it stands with a booking. */
export const BookedResource = z.object({ id: idOf('resource'), name: z.string(), kind: ResourceKind }).meta({ id: 'BookedResource' })

const resourcePath = z.strictObject({ resourceId: idOf('resource') })
const bool = z.enum(['true', 'false']).transform((value) => value === 'true')

/** What members do with rooms and equipment. Their hours stand beside those of people (scheduling.ts). */
export const resourceRoutes = routes({
  'GET /resources': {
    summary: 'Rooms and equipment, by name',
    access: 'member',
    query: PageQuery.extend({ archived: bool.optional() }),
    answer: pageOf(Resource),
  },
  'POST /resources': {
    summary: 'Add a room or a device',
    access: 'member',
    body: ResourceDraft.meta({ examples: [{ name: 'Room 2', kind: 'room' }] }),
    status: 201,
    answer: Resource,
  },
  'GET /resources/{resourceId}': { summary: 'One room or device', access: 'member', params: resourcePath, answer: Resource },
  'PATCH /resources/{resourceId}': {
    summary: 'Change a room or a device',
    access: 'member',
    params: resourcePath,
    body: ResourcePatch,
    ifMatch: true,
    answer: Resource,
  },
  'DELETE /resources/{resourceId}': {
    summary: 'Put a room or a device away that no booking ahead has and that services can do without',
    access: 'member',
    params: resourcePath,
    ifMatch: true,
    answer: Resource,
    refusals: ['scheduling/resource-has-bookings', 'scheduling/resource-needed'],
  },
  'POST /resources/{resourceId}/restore': {
    summary: 'Take a room or a device out of the archive',
    access: 'member',
    params: resourcePath,
    answer: Resource,
  },
  'POST /resources/{resourceId}/move-bookings': {
    summary: 'Move the bookings ahead of one room or device into another, as far as that is free',
    description: 'Times and people stay. `movedIds` names what has the other one now, `leftIds` what could not move.',
    access: 'member',
    params: resourcePath,
    body: z.strictObject({
      toResourceId: idOf('resource'),
      /** Only these; left out: all that lie ahead. */
      bookingIds: z.array(idOf('booking')).max(1000).optional(),
    }),
    answer: z.object({ movedIds: z.array(idOf('booking')), leftIds: z.array(idOf('booking')) }),
  },
})
