import { type OptOutReading, readOptOut } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type MailArrival, normalizeAddress } from '../../platform/mail/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import type { ContactFacts } from '../contacts/index.ts'
import { optInAgain, recordOptOut } from '../privacy/index.ts'
import { optOutWords } from './opt-out.words.ts'
import { sendEmail } from './send-email.ts'

type Told = { readonly contact: ContactFacts; readonly arrival: Pick<MailArrival, 'from' | 'subject' | 'text'> }

/**
 * Acts at once on what she writes about being written to: STOP, "leave me alone", START, in any wording and language we read. Confirmed once, by mail, where something
 * changed. A doubtful wording is heeded too: the conversation is open, and a person sees it (47 CFR 64.1200(a)(10)).
 */
export async function heedOptOut(tx: WorkspaceTx, { contact, arrival }: Told): Promise<void> {
  const business = await workspaceFacts(tx)
  const locale = contact.locale ?? business.locale
  const reading = wishOf(arrival, locale)
  if (!reading || reading.wish === 'help') return
  const by = { kind: 'contact_link', workspaceId: tx.workspaceId, contactId: contact.contactId } as const
  const point = arrival.from ? ({ kind: 'email', value: normalizeAddress(arrival.from.address) } as const) : undefined
  const pointId = point && contact.points.find(({ kind, value }) => kind === point.kind && value === point.value)?.id
  const t = translator(optOutWords, locale)
  const facts = { business: business.name }

  if (reading.wish === 'start') {
    const [first] = await optInAgain(tx, by, { contactId: contact.contactId, ...(point ? { point } : {}) })
    if (first)
      await confirm(tx, {
        contactId: contact.contactId,
        pointId,
        suppressionId: first.id,
        subject: t('startedSubject'),
        text: t('started', facts),
      })
    return
  }
  const { scope } = reading
  const { rows, isNew } = await recordOptOut(tx, by, {
    contactId: contact.contactId,
    scope,
    channel: scope === 'channel' ? 'email' : undefined,
    point,
    cause: 'message',
  })
  const [first] = rows
  if (!isNew || !first) return
  const text = [t(`stopped/${scope}`, facts), t('back'), t('once')].join('\n\n')
  await confirm(tx, { contactId: contact.contactId, pointId, suppressionId: first.id, subject: t('stoppedSubject'), text })
}

/** What her own words ask for; the subject is read where she wrote nothing else. */
function wishOf({ text, subject }: Told['arrival'], locale: string): OptOutReading | null {
  if (text.trim() !== '') return readOptOut(text, locale, 'email')
  return /^(re|fwd?|aw|rv|tr)\s*:/i.test(subject.trim()) ? null : readOptOut(subject, locale, 'email')
}

type Receipt = {
  readonly contactId: ContactId
  readonly pointId: ContactPointId | undefined
  readonly suppressionId: string
  readonly subject: string
  readonly text: string
}

/** Goes to the address she wrote from, past every stop: the law lets us say once that we heard. */
const confirm = (tx: WorkspaceTx, { suppressionId, ...mail }: Receipt) =>
  sendEmail(
    tx,
    { kind: 'system', workspaceId: tx.workspaceId, job: 'conversations.heed-opt-out' },
    { ...mail, about: { type: 'suppression', id: suppressionId } },
  )
