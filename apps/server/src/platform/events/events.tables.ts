import { type EventPayload, type EventType, events } from '@frontdesk/contract'
import type { Generated } from 'kysely'
import { type Field, inventoryOf, reference, system } from '../inventory/index.ts'

/** One event waiting for the relay, and afterwards the record `GET /events` reads. */
export type OutboxRow = {
  workspace_id: string
  id: string
  type: string
  payload: unknown
  at: Temporal.Instant
  /** When the relay handed it to its subscribers; null until then. */
  sent_at: Generated<Temporal.Instant | null>
  /** Its place in the order in which events became visible; null until sent. */
  position: Generated<number | null>
}

/** A subscriber that took an event, so that a repeated delivery does nothing. */
export type HandledEventRow = {
  workspace_id: string
  id: string
  subscriber: string
  handled_at: Temporal.Instant
}

declare module '../database/tables.ts' {
  interface Tables {
    outbox: OutboxRow
    handled_event: HandledEventRow
  }
}

/** The fields of every event: ids and states only. */
export const eventInventory: { readonly [Type in EventType]: { readonly [Key in keyof EventPayload<Type>]-?: Field } } = {
  'workspace.created': { workspaceId: system },
  'workspace.changed': { workspaceId: system },
  'workspace.closing': { workspaceId: system },
  'workspace.reopened': { workspaceId: system },
  'member.joined': { memberId: reference('member', 'detach'), role: system },
  'member.role_changed': { memberId: reference('member', 'detach'), role: system },
  'member.left': { memberId: reference('member', 'detach') },
  'member.deactivated': { memberId: reference('member', 'detach') },
  'member.reactivated': { memberId: reference('member', 'detach') },
  'opening_hours.changed': { workspaceId: system },
  'contact.created': { contactId: reference('contact', 'detach') },
  'contact.changed': { contactId: reference('contact', 'detach') },
  'company.changed': { companyId: reference('contact', 'detach') },
  'contact_field.changed': { fieldId: system },
  'contacts.changed': { runId: system, count: system },
  'import.changed': { importId: system, state: system },
  'import.finished': { importId: system },
  'segment.changed': { segmentId: system },
  'list.changed': { listId: system },
  'bulk_change.changed': { bulkChangeId: system, state: system },
  'bulk_change.finished': { bulkChangeId: system, count: system },
  'list_export.changed': { listExportId: system, state: system },
  'contact.merged': {
    contactId: reference('contact', 'detach'),
    mergedContactId: reference('contact', 'detach'),
    mergeId: reference('contact', 'detach'),
  },
  'contact.unmerged': {
    contactId: reference('contact', 'detach'),
    mergedContactId: reference('contact', 'detach'),
    mergeId: reference('contact', 'detach'),
  },
  'duplicates.found': { contactId: reference('contact', 'detach'), count: system },
  'contact.flagged': { contactId: reference('contact', 'detach') },
  'contact.restricted': { contactId: reference('contact', 'detach') },
  'contact.restriction_lifted': { contactId: reference('contact', 'detach') },
  'contact.erased': { contactId: reference('contact', 'detach'), erasureId: system },
  'erasure.finished': { erasureId: system },
  'workspace.exported': { exportId: system },
  'contact.exported': { contactId: reference('contact', 'detach'), exportId: system },
  'suppression.added': { suppressionId: system },
  'suppression.lifted': { suppressionId: system },
  'consent.given': { consentId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'consent.withdrawn': { consentId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'preference.changed': { contactId: reference('contact', 'detach') },
  'contact_policy.changed': { workspaceId: system },
  'registry.loaded': { snapshotId: system, state: system },
  'retention.changed': { workspaceId: system },
  'retention.run_finished': { runId: system },
  'sensitive_field.changed': { fieldId: system },
  'number.masked': { maskedId: system, contactId: reference('contact', 'detach') },
  'legal_hold.placed': { holdId: system },
  'legal_hold.released': { holdId: system },
  'request.received': { requestId: reference('contact', 'detach') },
  'request.changed': { requestId: reference('contact', 'detach'), state: system },
  'request.overdue': { requestId: reference('contact', 'detach') },
  'complaint.received': { requestId: reference('contact', 'detach') },
  'complaint.changed': { requestId: reference('contact', 'detach'), state: system },
  'complaint.overdue': { requestId: reference('contact', 'detach') },
  'processor.changed': { processorId: system },
  'counterparty.changed': { counterpartyId: system },
  'breach.reported': { breachId: system },
  'breach.changed': { breachId: system, state: system },
  'legal_request.received': { legalRequestId: system },
  'legal_request.changed': { legalRequestId: system, state: system },
  'ownership_change.changed': { changeId: system, state: system },
  'disclosure.recorded': { disclosureId: system },
  'privacy_office.changed': { workspaceId: system },
  'privacy_settings.changed': { workspaceId: system },
  'policy.published': { versionId: system },
  'policy.told': { versionId: system },
  'service.created': { serviceId: system },
  'service.changed': { serviceId: system },
  'staff.changed': { staffId: reference('member', 'detach') },
  'resource.changed': { resourceId: system },
  'time_off.changed': { timeOffId: system },
  'calendar_link.changed': { calendarId: system },
  'booking.held': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'hold.expired': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.restored': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.confirmed': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.rescheduled': {
    bookingId: reference('contact', 'detach'),
    previousBookingId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'booking.cancelled': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.attended': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.missed': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.requested': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.refused': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.lapsed': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.answered': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'waitlist.joined': { entryId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'waitlist.changed': { entryId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'waitlist.offered': {
    entryId: reference('contact', 'detach'),
    bookingId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'waitlist.answered': {
    entryId: reference('contact', 'detach'),
    bookingId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
    state: system,
  },
  'waitlist.left': { entryId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking.resources_changed': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'booking_page.changed': { workspaceId: system },
  'reminder_rule.changed': { ruleId: system },
  'reminders.planned': { bookingId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'reminder.sent': {
    reminderId: reference('contact', 'detach'),
    bookingId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'reminder.skipped': {
    reminderId: reference('contact', 'detach'),
    bookingId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'reminder.answered': {
    reminderId: reference('contact', 'detach'),
    bookingId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
    state: system,
  },
  'message.queued': {
    messageId: reference('contact', 'detach'),
    conversationId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'message.sent': {
    messageId: reference('contact', 'detach'),
    conversationId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'message.refused': {
    messageId: reference('contact', 'detach'),
    conversationId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'message.failed': {
    messageId: reference('contact', 'detach'),
    conversationId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'message.received': {
    messageId: reference('contact', 'detach'),
    conversationId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
  },
  'conversation.changed': { conversationId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'delivery.bounced': { messageId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'pipeline.changed': { pipelineId: system },
  'lead.created': { leadId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'lead.changed': { leadId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'lead.won': { leadId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'lead.lost': { leadId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'lead.reopened': { leadId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'lead.removed': { leadId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'lead.moved': { leadId: reference('contact', 'detach'), contactId: reference('contact', 'detach'), stageId: system },
  'form.changed': { formId: system },
  'form.submitted': {
    formId: system,
    submissionId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
    leadId: reference('contact', 'detach'),
  },
  'form.held': { formId: system, submissionId: reference('contact', 'detach') },
  'form.discarded': { formId: system, submissionId: reference('contact', 'detach') },
  'lead.assigned': {
    leadId: reference('contact', 'detach'),
    contactId: reference('contact', 'detach'),
    memberId: reference('member', 'detach'),
  },
  'task.created': { taskId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'task.changed': { taskId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'task.completed': { taskId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'task.reopened': { taskId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'task.removed': { taskId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'task.restored': { taskId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'task.reminded': { taskId: reference('contact', 'detach'), contactId: reference('contact', 'detach') },
  'mail.changed': { mailId: system },
  'job.failed': { jobId: system },
  'webhook_endpoint.changed': { endpointId: system },
  'webhook_endpoint.disabled': { endpointId: system, state: system },
  'webhook_endpoint.tested': { endpointId: system },
}

/** Every event type there is, for tests that walk them. */
export const eventTypes = Object.keys(events) as readonly EventType[]

export const eventsInventory = [
  inventoryOf<OutboxRow>('outbox', {
    // Ids and states only, for 30 days.
    subjects: [{ root: 'contact', mentionedIn: 'payload' }],
    columns: {
      workspace_id: system,
      id: system,
      type: system,
      payload: reference('contact'),
      at: system,
      sent_at: system,
      position: system,
    },
  }),
  inventoryOf<HandledEventRow>('handled_event', {
    subjects: [{ root: 'none', why: 'Holds ids of events and names of subscribers, for 30 days.' }],
    columns: { workspace_id: system, id: system, subscriber: system, handled_at: system },
  }),
]
