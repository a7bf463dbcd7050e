import type { ContactId, Principal } from '@frontdesk/contract'
import { contactFacts } from '../modules/contacts/index.ts'
import {
  acceptTerms,
  acknowledgePolicy,
  addCounterparty,
  addProcessor,
  answerRequest,
  changeOffice,
  changePrivacySettings,
  confirmRetention,
  decideOnCookies,
  declareField,
  declareTag,
  openRequest,
  policyDraft,
  previewRetention,
  publishFirst,
  publishPolicy,
  readTerms,
  receiveRequest,
  recordLegalRequest,
  recordValue,
  refuseRequest,
  removeTag,
  reportBreach,
  resolveComplaint,
  silentAsker,
  verifyRequest,
} from '../modules/privacy/index.ts'
import type { Database, WorkspaceTx } from '../platform/database/index.ts'
import { followClockBack } from '../platform/ids/index.ts'
import { type Chance, seeded } from './chance.ts'
import { consents } from './consents.ts'
import { markAsSent } from './correspondence.ts'
import { clinic } from './harbor-dental.ts'
import { type DemoCase, demoCases } from './privacy-cases.ts'

type Owner = Principal & { readonly kind: 'member' }
export type Patients = readonly ContactId[]
/** Something that happened, so many days before today. */
export type Moment = { readonly daysAgo: number; readonly live: (tx: WorkspaceTx, patients: Patients) => Promise<unknown> }

export type PrivacyLife = {
  readonly by: Owner
  readonly database: Database
  readonly setClock: (instant: Temporal.Instant) => void
  readonly today: Temporal.Instant
}

/** What the clinic did about privacy in its first weeks: documents, requests, consents, contracts, an incident. Each at its hour, by the use cases people use. */
export async function liveWithPrivacy({ by, database, setClock, today }: PrivacyLife): Promise<void> {
  const within = <T>(work: (tx: WorkspaceTx) => Promise<T>) => database.inWorkspace(by.workspaceId, work)
  const patients = await within(firstPatients)
  const moments = [
    ...office(by),
    ...protectedFields(by),
    ...consents(by),
    ...cookies(by, seeded(11)),
    ...rareEvents(by),
    ...demoCases.flatMap((one) => stepsOf(by, one)),
  ]
  let last = today.subtract({ hours: 24 * 22 })
  for (const [index, { daysAgo, live }] of moments.toSorted((a, b) => b.daysAgo - a.daysAgo).entries()) {
    last = atWork(today, daysAgo, index, last)
    setClock(last)
    // Lists are in the order of ids; what was done three weeks ago belongs there.
    followClockBack()
    await within(async (tx) => {
      await live(tx, patients)
      await markAsSent(tx)
    })
  }
  setClock(today)
  followClockBack()
}

/** An hour of work on that day, after what was done before. */
function atWork(today: Temporal.Instant, daysAgo: number, index: number, last: Temporal.Instant): Temporal.Instant {
  const day = today.toZonedDateTimeISO(clinic.zone).subtract({ days: Math.round(daysAgo) })
  const wished = day.with({ hour: 9 + (index % 7), minute: (index * 13) % 60, second: 0, millisecond: 0 }).toInstant()
  const earliest = last.add({ minutes: 6 })
  return Temporal.Instant.compare(wished, earliest) < 0 ? earliest : wished
}

/** Those who were here first, in the order in which they came. */
const firstPatients = async (tx: WorkspaceTx): Promise<Patients> =>
  (
    await tx.db
      .selectFrom('contact')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .orderBy('created_at')
      .orderBy('id')
      .limit(40)
      .execute()
  ).map(({ id }) => id)

const of = (patients: Patients, number: number): ContactId => {
  const id = patients[number % patients.length]
  if (!id) throw new Error('The demo has no patients yet.')
  return id
}

/** Documents and contracts: published on the first day, changed once, with the processors that they name. */
function office(by: Owner): readonly Moment[] {
  const contract = { connection: null, mechanism: 'none', adheres: false, ended: false } as const
  return [
    {
      daysAgo: 20.9,
      live: async (tx) => {
        await changeOffice(tx, by, { officerMemberId: by.memberId, appealDays: 45, publishedEmail: null, version: 1 })
        for (const { id } of await publishFirst(tx, by)) await acknowledgePolicy(tx, by, id)
        await acceptTerms(tx, by, await readTerms(tx, by))
      },
    },
    {
      daysAgo: 19.5,
      live: async (tx) => {
        await addProcessor(tx, by, {
          ...contract,
          name: 'Casco IT Support',
          kind: 'processor',
          purposes: ['operation'],
          categories: ['name', 'contact_details', 'appointment'],
          region: 'US',
          contractRef: 'Care plan 2026, annex on data',
          contractOn: '2026-03-02',
          policyUrl: 'https://casco-it.example/privacy',
        })
        await addProcessor(tx, by, {
          ...contract,
          name: 'Munjoy Accounting',
          kind: 'adviser',
          purposes: ['compliance'],
          categories: ['name', 'financial'],
          region: 'US',
          contractRef: 'Engagement letter of January 2026',
          contractOn: '2026-01-12',
          policyUrl: null,
        })
        await addCounterparty(tx, by, {
          name: 'Back Cove Dental Supply',
          representative: 'Nora Blake',
          email: 'nora@backcove.example',
          contractRef: 'Supply agreement 114',
          signedOn: '2026-02-16',
          endsOn: null,
        })
      },
    },
    {
      daysAgo: 11,
      live: (tx) => changePrivacySettings(tx, by, { changes: { 'signals.dnt': 'honor', 'age.guardian': 'allowed' }, version: 1 }),
    },
    { daysAgo: 10.5, live: async (tx) => confirmRetention(tx, by, (await previewRetention(tx, by)).id) },
    {
      daysAgo: 9,
      live: async (tx) => {
        for (const kind of ['privacy', 'cookies', 'retention', 'dpa'] as const) {
          const { seal } = await policyDraft(tx, kind)
          await publishPolicy(tx, by, { kind, weight: 'minor', seal })
        }
      },
    },
  ]
}

function protectedFields(by: Owner): readonly Moment[] {
  const values = [
    [6, 'ABX 4471 0193'],
    [7, 'MNE-2207-55'],
    [10, 'HPH 90 114 3'],
  ] as const
  return [
    {
      daysAgo: 18,
      live: async (tx, patients) => {
        const readers = ['owner', 'admin', 'manager'] as const
        const insurance = await declareField(tx, by, {
          kind: 'insurance_number',
          label: 'Insurance number',
          ground: 'contract',
          why: 'To settle visits with the dental insurance',
          readers,
        })
        await declareField(tx, by, {
          kind: 'health',
          label: 'Allergies and medication',
          ground: 'explicit_consent',
          why: 'So that nobody is given what they cannot take',
          readers,
        })
        for (const [number, value] of values) await recordValue(tx, by, { contactId: of(patients, number), fieldId: insurance.id, value })
      },
    },
  ]
}

/** A counter of visits that the clinic tried for a week, and what readers said to it. */
function cookies(by: Owner, chance: Chance): readonly Moment[] {
  const tag: { id?: string } = {}
  return [
    {
      daysAgo: 18.5,
      live: async (tx) => {
        const made = await declareTag(tx, by, {
          name: 'Harbor counter',
          provider: 'Lighthouse Statistics',
          host: 'stats.lighthouse.example',
          script: '/count.js',
          class: 'statistics',
          purpose: 'Counts how many people open our booking page, and from where they come.',
          cookies: [{ name: 'lh_visit', days: 30 }],
        })
        tag.id = made.id
      },
    },
    ...Array.from({ length: 16 }, (_, index) => ({
      daysAgo: 18 - index * 0.5,
      live: (tx: WorkspaceTx) => {
        const yes = chance() < 0.6
        const choice = { preferences: yes, statistics: yes, marketing: false, sharing: false }
        return decideOnCookies(tx, silentAsker, { ...choice, askedOn: 'banner', locale: 'en', business: clinic.name })
      },
    })),
    { daysAgo: 9.5, live: async (tx) => (tag.id === undefined ? undefined : removeTag(tx, by, tag.id)) },
  ]
}

function rareEvents(by: Owner): readonly Moment[] {
  return [
    {
      daysAgo: 8,
      live: (tx) =>
        recordLegalRequest(tx, by, {
          kind: 'subpoena',
          reason: 'law_requires',
          authority: 'Cumberland County Superior Court',
          jurisdiction: 'Maine',
          reference: 'CV-26-0417',
          asked: 'The dates of the appointments of one patient in May and June.',
          dueOn: tx.now
            .add({ hours: 24 * 14 })
            .toZonedDateTimeISO(clinic.zone)
            .toPlainDate()
            .toString(),
        }),
    },
    {
      daysAgo: 1.5,
      live: (tx) =>
        reportBreach(tx, by, {
          what: 'A printed list of the day’s appointments was left in the waiting room.',
          beganAt: tx.now.subtract({ hours: 30 }).toString(),
          endedAt: tx.now.subtract({ hours: 3 }).toString(),
          extent: 'written',
          tables: ['contact', 'booking'],
          accounts: false,
        }),
    },
  ]
}

/** What happens to one case, step by step. */
function stepsOf(by: Owner, one: DemoCase): readonly Moment[] {
  const made: { id?: string } = {}
  const about = (work: (tx: WorkspaceTx, requestId: string) => Promise<unknown>) => async (tx: WorkspaceTx) =>
    made.id === undefined ? undefined : work(tx, made.id)
  const { answered, refused, resolved, verified } = one
  return [
    {
      daysAgo: one.written,
      live: async (tx, patients) => {
        made.id = await written(tx, by, one, patients)
        await openRequest(tx, { kind: 'system', workspaceId: tx.workspaceId, job: 'privacy.open-request' }, made.id)
      },
    },
    ...(verified === undefined
      ? []
      : [{ daysAgo: verified - 0.1, live: about((tx, requestId) => verifyRequest(tx, by, { requestId, how: 'in_person' })) }]),
    ...(answered
      ? [{ daysAgo: answered.daysAgo, live: about((tx, requestId) => answerRequest(tx, by, { requestId, text: answered.text })) }]
      : []),
    ...(refused
      ? [
          {
            daysAgo: refused.daysAgo,
            live: about((tx, requestId) => refuseRequest(tx, by, { requestId, ground: refused.ground, text: refused.text })),
          },
        ]
      : []),
    ...(resolved
      ? [{ daysAgo: resolved.daysAgo, live: about((tx, requestId) => resolveComplaint(tx, by, { requestId, outcome: resolved.outcome })) }]
      : []),
  ]
}

async function written(tx: WorkspaceTx, by: Owner, one: DemoCase, patients: Patients): Promise<string> {
  const { kind, way, details } = one
  const receivedAt =
    one.received === undefined ? undefined : tx.now.subtract({ minutes: Math.round((one.received - one.written) * 24 * 60) })
  const wish = { kind, receivedBy: way, forWhom: 'self', details, receivedAt } as const
  const visitor: Principal = { kind: 'visitor', workspaceId: tx.workspaceId }
  if (one.patient === null) {
    const { id } = await receiveRequest(tx, visitor, { ...wish, requesterName: 'Pat Doe', requesterEmail: 'pat.doe@elsewhere.example' })
    return id
  }
  const { contactId, name, points } = await contactFacts(tx, of(patients, one.patient))
  const address = points.find((point) => point.kind === 'email')?.address
  const from =
    way === 'portal' ? { requesterName: name, requesterEmail: address } : { contactId, requesterName: name, requesterEmail: address }
  return (await receiveRequest(tx, way === 'portal' ? visitor : by, { ...wish, ...from })).id
}
