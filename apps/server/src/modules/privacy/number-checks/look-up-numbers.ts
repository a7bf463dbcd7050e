import { type ContactId, idOf, type Principal } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { reference } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue } from '../../../platform/jobs/index.ts'
import { type ContactFacts, contactFacts, loadContact } from '../../contacts/index.ts'
import { hashOfPoint } from '../consents/point-hash.ts'
import { type KeptFact, keepFacts } from '../gate/record-known-fact.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { businessDay } from '../registers/business-day.ts'
import { requireRecipient } from '../registers/egress.ts'
import { type AskedNumber, type LookedUpNumber, type NumberLookup, numberLookups } from './number-lookups.ts'

/** The names of the services that are connected. */
export function listNumberLookups(by: Principal): { lookups: { name: string }[] } {
  privacyPolicy.require(by, 'gate.read')
  return { lookups: numberLookups.all().map(({ name }) => ({ name })) }
}

/**
 * Has the numbers of somebody looked up by every service that is connected; the answers are recorded when they are there. Throws 404, `privacy/no-number-lookup` where no service is
 * connected, `privacy/no-point` for somebody without a number, and `privacy/recipient-stopped` where the register of recipients does not let a number go there.
 */
export async function lookUpNumbers(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<{ numbers: number }> {
  privacyPolicy.require(by, 'known_facts.record')
  const { id } = await loadContact(tx, by, contactId)
  if (numberLookups.all().length === 0)
    throw new Refusal('privacy/no-number-lookup', {
      detail:
        'No service that looks numbers up is connected. Check the number by hand and record the answer, or load a file of checked numbers.',
    })
  const numbers = numbersOf(await contactFacts(tx, id))
  if (numbers.length === 0) throw new Refusal('privacy/no-point', { detail: 'There is no number to look up. Nothing was asked.' })
  for (const lookup of numberLookups.all()) await requireCovered(tx, lookup)
  await enqueue(tx, lookUpNumbersJob, { contactId: id }, { singletonKey: id })
  return { numbers: numbers.length }
}

/** Asks every service about the numbers of one person, and records what they answer. */
export const lookUpNumbersJob = defineJob({
  name: 'privacy.look-up-numbers',
  payload: z.strictObject({ contactId: idOf('contact') }),
  fields: { contactId: reference('contact') },
  run: async (context, { contactId }) => {
    for (const lookup of numberLookups.all()) {
      const asked = await context.inWorkspace((tx) => mayAsk(tx, lookup, contactId))
      if (asked.length === 0) continue
      const answers = await lookup.lookUp(asked, context.signal)
      await context.inWorkspace((tx) => keepAnswers(tx, context.by, { contactId, lookup, answers }))
    }
  },
})

const numbersOf = ({ points }: ContactFacts): AskedNumber[] =>
  points
    .filter(({ kind }) => kind === 'phone')
    .map(({ value, lastHeardAt }) => ({ number: value, since: lastHeardAt?.toZonedDateTimeISO('UTC').toPlainDate() ?? null }))

/** What may be asked now: she may have been erased meanwhile, or the entry of the service changed. */
async function mayAsk(tx: WorkspaceTx, lookup: NumberLookup, contactId: ContactId): Promise<AskedNumber[]> {
  try {
    await requireCovered(tx, lookup)
    return numbersOf(await contactFacts(tx, contactId))
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

const requireCovered = async (tx: WorkspaceTx, { processorId }: NumberLookup): Promise<unknown> =>
  requireRecipient(tx, { processorId: await processorId(tx), purpose: 'compliance', categories: ['contact_details'] })

type Answered = { readonly contactId: ContactId; readonly lookup: NumberLookup; readonly answers: readonly LookedUpNumber[] }

/** Keeps what was answered about numbers that she still has. */
async function keepAnswers(tx: WorkspaceTx, by: Principal, { contactId, lookup, answers }: Answered): Promise<void> {
  const contact = await contactFacts(tx, contactId).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined
    throw error
  })
  if (!contact) return
  const today = await businessDay(tx)
  const facts = contact.points.flatMap((point): KeptFact[] => {
    const answer = answers.find(({ number }) => point.kind === 'phone' && number === point.value)
    if (!answer) return []
    const shared = {
      contact_id: contact.contactId,
      point_hash: hashOfPoint(tx, point),
      checked_on: today,
      checked_with: lookup.name,
      source: 'lookup',
    } as const
    return [
      ...(answer.line === null ? [] : [{ ...shared, kind: 'line', answer: answer.line } as const]),
      ...(answer.reassigned === null ? [] : [{ ...shared, kind: 'reassigned', answer: answer.reassigned } as const]),
    ]
  })
  if (facts.length === 0) return
  await keepFacts(tx, by, facts)
  await emit(tx, 'contact.changed', { contactId: contact.contactId })
}
