import { z } from 'zod'

const id = z.uuid()

/**
 * Every event of the house: `noun.verb_in_past`, ids and states only, no free text. The same shape travels through the outbox, to browsers, to webhooks and
 * to `GET /events`. A payload only ever gains optional fields; anything else is a new name.
 */
export const events = {
  'workspace.created': z.strictObject({ workspaceId: id }),
  'workspace.changed': z.strictObject({ workspaceId: id }),
  'workspace.closing': z.strictObject({ workspaceId: id }),
  'workspace.reopened': z.strictObject({ workspaceId: id }),
  'member.joined': z.strictObject({ memberId: id, role: z.string() }),
  'member.role_changed': z.strictObject({ memberId: id, role: z.string() }),
  'member.left': z.strictObject({ memberId: id }),
  'member.deactivated': z.strictObject({ memberId: id }),
  'member.reactivated': z.strictObject({ memberId: id }),
  'opening_hours.changed': z.strictObject({ workspaceId: id }),
  'contact.created': z.strictObject({ contactId: id }),
  'contact.changed': z.strictObject({ contactId: id }),
  'company.changed': z.strictObject({ companyId: id }),
  'contact_field.changed': z.strictObject({ fieldId: id }),
  'contacts.changed': z.strictObject({ runId: id, count: z.int() }),
  'import.changed': z.strictObject({ importId: id, state: z.string() }),
  'import.finished': z.strictObject({ importId: id }),
  'segment.changed': z.strictObject({ segmentId: id }),
  'list.changed': z.strictObject({ listId: id }),
  'bulk_change.changed': z.strictObject({ bulkChangeId: id, state: z.string() }),
  'bulk_change.finished': z.strictObject({ bulkChangeId: id, count: z.int() }),
  'list_export.changed': z.strictObject({ listExportId: id, state: z.string() }),
  'contact.merged': z.strictObject({ contactId: id, mergedContactId: id, mergeId: id }),
  'contact.unmerged': z.strictObject({ contactId: id, mergedContactId: id, mergeId: id }),
  'task.created': z.strictObject({ taskId: id, contactId: id }),
  'task.changed': z.strictObject({ taskId: id, contactId: id }),
  'task.completed': z.strictObject({ taskId: id, contactId: id }),
  'task.reopened': z.strictObject({ taskId: id, contactId: id }),
  'task.removed': z.strictObject({ taskId: id, contactId: id }),
  'task.restored': z.strictObject({ taskId: id, contactId: id }),
  'task.reminded': z.strictObject({ taskId: id, contactId: id }),
  'duplicates.found': z.strictObject({ contactId: id, count: z.int() }),
  'contact.flagged': z.strictObject({ contactId: id }),
  'contact.restricted': z.strictObject({ contactId: id }),
  'contact.restriction_lifted': z.strictObject({ contactId: id }),
  'contact.erased': z.strictObject({ contactId: id, erasureId: id }),
  'erasure.finished': z.strictObject({ erasureId: id }),
  'workspace.exported': z.strictObject({ exportId: id }),
  'contact.exported': z.strictObject({ contactId: id, exportId: id }),
  'suppression.added': z.strictObject({ suppressionId: id }),
  'suppression.lifted': z.strictObject({ suppressionId: id }),
  'consent.given': z.strictObject({ consentId: id, contactId: id }),
  'consent.withdrawn': z.strictObject({ consentId: id, contactId: id }),
  'preference.changed': z.strictObject({ contactId: id }),
  'contact_policy.changed': z.strictObject({ workspaceId: id }),
  'registry.loaded': z.strictObject({ snapshotId: id, state: z.enum(['ready', 'failed']) }),
  'retention.changed': z.strictObject({ workspaceId: id }),
  'retention.run_finished': z.strictObject({ runId: id }),
  'sensitive_field.changed': z.strictObject({ fieldId: id }),
  'number.masked': z.strictObject({ maskedId: id, contactId: id.optional() }),
  'legal_hold.placed': z.strictObject({ holdId: id }),
  'legal_hold.released': z.strictObject({ holdId: id }),
  'request.received': z.strictObject({ requestId: id }),
  'request.changed': z.strictObject({ requestId: id, state: z.string() }),
  'request.overdue': z.strictObject({ requestId: id }),
  'complaint.received': z.strictObject({ requestId: id }),
  'complaint.changed': z.strictObject({ requestId: id, state: z.string() }),
  'complaint.overdue': z.strictObject({ requestId: id }),
  'processor.changed': z.strictObject({ processorId: id }),
  'breach.reported': z.strictObject({ breachId: id }),
  'breach.changed': z.strictObject({ breachId: id, state: z.string() }),
  'legal_request.received': z.strictObject({ legalRequestId: id }),
  'legal_request.changed': z.strictObject({ legalRequestId: id, state: z.string() }),
  'ownership_change.changed': z.strictObject({ changeId: id, state: z.string() }),
  'disclosure.recorded': z.strictObject({ disclosureId: id }),
  'counterparty.changed': z.strictObject({ counterpartyId: id }),
  'privacy_office.changed': z.strictObject({ workspaceId: id }),
  'privacy_settings.changed': z.strictObject({ workspaceId: id }),
  'policy.published': z.strictObject({ versionId: id }),
  'policy.told': z.strictObject({ versionId: id }),
  'service.created': z.strictObject({ serviceId: id }),
  'service.changed': z.strictObject({ serviceId: id }),
  'staff.changed': z.strictObject({ staffId: id }),
  'time_off.changed': z.strictObject({ timeOffId: id }),
  'calendar_link.changed': z.strictObject({ calendarId: id }),
  'booking.held': z.strictObject({ bookingId: id, contactId: id }),
  'hold.expired': z.strictObject({ bookingId: id, contactId: id }),
  'booking.restored': z.strictObject({ bookingId: id, contactId: id }),
  'booking.confirmed': z.strictObject({ bookingId: id, contactId: id }),
  'booking.rescheduled': z.strictObject({ bookingId: id, previousBookingId: id, contactId: id }),
  'booking.cancelled': z.strictObject({ bookingId: id, contactId: id }),
  'booking.attended': z.strictObject({ bookingId: id, contactId: id }),
  'booking.missed': z.strictObject({ bookingId: id, contactId: id }),
  'pipeline.changed': z.strictObject({ pipelineId: id }),
  'lead.created': z.strictObject({ leadId: id, contactId: id }),
  'lead.changed': z.strictObject({ leadId: id, contactId: id }),
  'lead.moved': z.strictObject({ leadId: id, contactId: id, stageId: id }),
  'lead.won': z.strictObject({ leadId: id, contactId: id }),
  'lead.lost': z.strictObject({ leadId: id, contactId: id }),
  'lead.reopened': z.strictObject({ leadId: id, contactId: id }),
  'lead.removed': z.strictObject({ leadId: id, contactId: id }),
  'lead.assigned': z.strictObject({ leadId: id, contactId: id, memberId: id.nullable() }),
  'form.changed': z.strictObject({ formId: id }),
  'form.submitted': z.strictObject({ formId: id, submissionId: id, contactId: id, leadId: id }),
  'form.held': z.strictObject({ formId: id, submissionId: id }),
  'form.discarded': z.strictObject({ formId: id, submissionId: id }),
  'message.queued': z.strictObject({ messageId: id, conversationId: id, contactId: id }),
  'message.sent': z.strictObject({ messageId: id, conversationId: id, contactId: id }),
  'message.refused': z.strictObject({ messageId: id, conversationId: id, contactId: id }),
  'message.failed': z.strictObject({ messageId: id, conversationId: id, contactId: id }),
  'message.received': z.strictObject({ messageId: id, conversationId: id, contactId: id }),
  'conversation.changed': z.strictObject({ conversationId: id, contactId: id }),
  'delivery.bounced': z.strictObject({ messageId: id, contactId: id }),
  'mail.changed': z.strictObject({ mailId: id }),
  'job.failed': z.strictObject({ jobId: id }),
  'webhook_endpoint.changed': z.strictObject({ endpointId: id }),
  'webhook_endpoint.disabled': z.strictObject({ endpointId: id, state: z.enum(['gone', 'failing']) }),
  'webhook_endpoint.tested': z.strictObject({ endpointId: id }),
} as const satisfies Record<`${string}.${string}`, z.ZodObject>

export type EventType = keyof typeof events

/** The name of one kind of event. */
export const EventKind = z.enum(Object.keys(events) as [EventType, ...EventType[]]).meta({ id: 'EventKind' })
export type EventPayload<Type extends EventType> = z.infer<(typeof events)[Type]>

/** One event as it is stored and sent. */
export type FrontdeskEvent<Type extends EventType = EventType> = {
  [T in Type]: {
    readonly id: string
    readonly type: T
    readonly workspaceId: string
    readonly at: string
    readonly payload: EventPayload<T>
  }
}[Type]
