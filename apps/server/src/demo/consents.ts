import type { ContactId, KitKey, Principal } from '@frontdesk/contract'
import { contactFacts } from '../modules/contacts/index.ts'
import {
  agreeAsVisitor,
  arrangeKit,
  confirmConsent,
  kitSettings,
  noteUnderAge,
  recordConsent,
  recordWithdrawal,
  writtenWording,
} from '../modules/privacy/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import { clinic } from './harbor-dental.ts'
import type { Moment, Patients } from './privacy-life.ts'
import { signedPaper } from './signed-paper.ts'

type Owner = Principal & { readonly kind: 'member' }
type Asked = {
  readonly key: KitKey
  readonly way: 'booking_page' | 'counter' | 'spoken' | 'paper'
  /** A mail address waits for a click: days ago of that; left out, it still waits. */
  readonly confirmed?: number
  /** What she took back, and days ago of that. */
  readonly withdrawn?: number
}

/** What was asked and how: on the booking page, on the tablet at the counter, on paper, on the telephone. A mail address counts once it was confirmed by its own click. */
const asked: readonly Asked[] = [
  { key: 'mail_offers', way: 'booking_page', confirmed: 16.8, withdrawn: 5 },
  { key: 'texts_bookings', way: 'counter' },
  { key: 'mail_offers', way: 'booking_page', confirmed: 13.9 },
  { key: 'ai_calls_bookings', way: 'paper' },
  { key: 'texts_offers', way: 'counter' },
  { key: 'mail_offers', way: 'counter' },
  { key: 'calls_offers', way: 'spoken' },
  { key: 'texts_bookings', way: 'paper' },
  { key: 'mail_offers', way: 'spoken' },
]

/** Whom the clinic asked, and what came of it. */
export function consents(by: Owner): readonly Moment[] {
  return [
    { daysAgo: 18.2, live: (tx) => arrange(tx, by) },
    ...asked.flatMap((one, index) => stepsOf(by, one, index)),
    {
      daysAgo: 4,
      live: async (tx, patients) => noteUnderAge(tx, by, { contactId: patients[24 % patients.length] as ContactId, underAge: true }),
    },
  ]
}

async function arrange(tx: WorkspaceTx, by: Owner): Promise<void> {
  const { keyword, version } = await kitSettings(tx)
  await arrangeKit(tx, by, { bookingPage: ['mail_offers'], counter: ['mail_offers', 'texts_bookings', 'texts_offers'], keyword, version })
}

function stepsOf(by: Owner, one: Asked, index: number): readonly Moment[] {
  const made: { contactId?: ContactId } = {}
  const { confirmed, withdrawn } = one
  return [
    {
      daysAgo: 17 - index * 1.5,
      live: async (tx, patients) => {
        const contactId = await withPointFor(tx, patients, index + 14, one.key === 'mail_offers' ? 'email' : 'phone')
        if (contactId === undefined) return
        made.contactId = contactId
        await agree(tx, by, contactId, one)
      },
    },
    ...(confirmed === undefined
      ? []
      : [{ daysAgo: confirmed, live: async (tx: WorkspaceTx) => made.contactId && confirm(tx, made.contactId) }]),
    ...(withdrawn === undefined
      ? []
      : [
          {
            daysAgo: withdrawn,
            live: async (tx: WorkspaceTx) => made.contactId && recordWithdrawal(tx, by, { contactId: made.contactId, channel: 'email' }),
          },
        ]),
  ]
}

async function agree(tx: WorkspaceTx, by: Owner, contactId: ContactId, { key, way }: Asked): Promise<void> {
  const { name, points } = await contactFacts(tx, contactId)
  const wording = { key, locale: 'en' } as const
  if (way === 'spoken') return void (await recordConsent(tx, by, { contactId, how: way, wording, place: 'On the telephone' }))
  if (way === 'paper') {
    const words = await writtenWording(tx, key, 'en')
    const day = tx.now.toZonedDateTimeISO(clinic.zone).toPlainDate().toLocaleString(clinic.locale, { dateStyle: 'long' })
    const scan = signedPaper({ business: `${clinic.name}, ${clinic.address.replace('\n', ', ')}`, words, name, day })
    const proof = { name: 'Consent form.pdf', content: scan.toString('base64') }
    return void (await recordConsent(tx, by, { contactId, how: way, wording, signedName: name, place: 'Front desk', proof }))
  }
  const idOf = (kind: 'email' | 'phone') => points.find((point) => point.kind === kind)?.id ?? null
  const visitor: Principal = { kind: 'visitor', workspaceId: tx.workspaceId }
  await agreeAsVisitor(tx, visitor, {
    contactId,
    emailPointId: idOf('email'),
    phonePointId: idOf('phone'),
    keys: [key],
    locale: 'en',
    how: way,
    signedName: name,
  })
}

/** She presses the button behind the link in the mail that asked her. */
async function confirm(tx: WorkspaceTx, contactId: ContactId): Promise<void> {
  const waiting = await tx.db
    .selectFrom('consent_invitation')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  if (waiting) await confirmConsent(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { invitationId: waiting.id, signedName: null })
}

/** The first patient from a place in the list on who can be reached that way. */
async function withPointFor(tx: WorkspaceTx, patients: Patients, from: number, kind: 'email' | 'phone'): Promise<ContactId | undefined> {
  for (const id of patients.slice(from)) if ((await contactFacts(tx, id)).points.some((point) => point.kind === kind)) return id
  return undefined
}
