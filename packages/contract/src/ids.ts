import { z } from 'zod'

declare const brand: unique symbol

/** An ordered UUIDv7 that belongs to one noun, so that a contact's id cannot be passed where a booking's is meant. */
export type Id<Noun extends string> = string & { readonly [brand]: Noun }

export type WorkspaceId = Id<'workspace'>
export type UserId = Id<'user'>
export type MemberId = Id<'member'>
export type InvitationId = Id<'invitation'>
export type ApiKeyId = Id<'api_key'>
export type SessionId = Id<'session'>
export type LocationId = Id<'location'>
export type ContactId = Id<'contact'>
export type ContactPointId = Id<'contact_point'>
export type TimelineEventId = Id<'timeline_event'>
export type PermitId = Id<'permit'>
export type ConversationId = Id<'conversation'>
export type MessageId = Id<'message'>
export type ServiceId = Id<'service'>
export type StaffId = Id<'staff'>
export type ResourceId = Id<'resource'>
export type BookingId = Id<'booking'>
export type LeadId = Id<'lead'>
export type TaskId = Id<'task'>
export type ContactFileId = Id<'contact_file'>
export type FileId = Id<'file'>
export type MailId = Id<'mail'>
export type EventId = Id<'event'>

/** A zod schema for one noun's id: a lower-case UUID. */
export const idOf = <Noun extends string>(noun: Noun) =>
  z.uuid(`This is not the id of a ${noun.replaceAll('_', ' ')}.`).transform((value) => value.toLowerCase() as Id<Noun>)
