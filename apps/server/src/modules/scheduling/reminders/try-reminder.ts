import { type Principal, type ReminderLocale, type ReminderPreview, type ReminderRuleDraft, reminderLocales } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { mailMember, mailSettings } from '../../../platform/mail/index.ts'
import { bookAgainUrl, managePath } from '../booking-link.ts'
import type { ComposedMail } from '../booking-mail.ts'
import { changeableUntil } from '../change-deadline.rules.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { surroundings } from '../surroundings.ts'
import { composeReminder } from './compose-reminder.ts'
import { sampleAppointment } from './sample-appointment.ts'

/** How a reminder that is being written would read in each language. Nothing is kept. */
export async function previewReminder(
  tx: WorkspaceTx,
  by: Principal,
  draft: ReminderRuleDraft,
): Promise<z.output<typeof ReminderPreview>[]> {
  schedulingPolicy.require(by, 'services.manage')
  const previews: z.output<typeof ReminderPreview>[] = []
  for (const locale of reminderLocales) {
    const { subject, text } = await tried(tx, draft, locale)
    previews.push({ locale, subject, text })
  }
  return previews
}

/** Sends a reminder that is being written to the member who writes it. */
export async function testReminder(
  tx: WorkspaceTx,
  by: Principal,
  { rule, locale }: { readonly rule: ReminderRuleDraft; readonly locale: ReminderLocale },
): Promise<{ sentTo: string }> {
  schedulingPolicy.require(by, 'services.manage')
  if (by.kind !== 'member')
    throw new Refusal('http/not-allowed', { detail: 'A test goes to the member who asks for it, so it takes somebody who is signed in.' })
  const member = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'email'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', by.memberId)
    .executeTakeFirstOrThrow()
  const mail = await tried(tx, rule, locale)
  const queued = await mailMember(tx, {
    memberId: member.id,
    news: 'bookings_mine',
    to: { name: member.name, address: member.email },
    ...mail,
  })
  if (queued === null)
    throw new Refusal('http/conflict', {
      detail: 'You have settled to get no mail about bookings, so no test was sent. Settings, Your account changes that.',
    })
  return { sentTo: member.email }
}

async function tried(tx: WorkspaceTx, draft: ReminderRuleDraft, locale: ReminderLocale): Promise<ComposedMail> {
  const facts = await sampleAppointment(tx, draft, locale)
  const origin = surroundings.get().publicUrl()
  return composeReminder({
    moment: draft.moment,
    facts,
    texts: draft.texts,
    manageUrl: `${origin}${managePath('example')}`,
    bookAgainUrl: bookAgainUrl(origin, facts),
    changeableUntil: changeableUntil(facts.service, facts.booking, tx.now),
    answersArrive: mailSettings.get().replies !== undefined,
  })
}
