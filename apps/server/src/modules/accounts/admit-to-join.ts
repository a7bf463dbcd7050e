import type { JoinAsks as JoinAsksShape, TransferSaid } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { definePortList } from '../../platform/events/index.ts'
import { type Admission, countriesOf, refuseTooYoung } from './admit-to-sign-up.ts'
import type { AgeLimit } from './age-check.ts'
import type { AccountServices } from './services.ts'
import { agreedTransfer, transferAsk } from './transfer-consent.ts'

/** What somebody has to say before she works in a workspace. */
export type JoinAsks = {
  /** How old she has to be; null: nobody asks. */
  readonly ageLimit: AgeLimit | null
  /** Where the data are kept, when people from elsewhere have to agree to that; null: nobody asks. */
  readonly transferTo: string | null
}

/** What a workspace asks of whoever joins it. Rooms to the right answer by its settings; with the host's, the strictest counts. */
export const joinRules = definePortList<{ asks(tx: WorkspaceTx): Promise<JoinAsks> }>('accounts.join-rules')

type Services = Pick<AccountServices, 'auth' | 'ageLimit' | 'transferTo'>

/** What is asked here: by whoever runs the server, and by the workspace. */
export async function joinAsks(services: Services, tx: WorkspaceTx): Promise<JoinAsks> {
  let { ageLimit, transferTo }: JoinAsks = services
  for (const rule of joinRules.all()) {
    const asks = await rule.asks(tx)
    if (asks.ageLimit !== null && asks.ageLimit > (ageLimit ?? 0)) ageLimit = asks.ageLimit
    transferTo ??= asks.transferTo
  }
  return { ageLimit, transferTo }
}

/** The questions as they are shown: never the limit, so that nobody learns what to answer. */
export const presentAsks = ({ ageLimit, transferTo }: JoinAsks): z.input<typeof JoinAsksShape> => ({
  age: ageLimit !== null,
  transfer: transferAsk(transferTo),
})

/** What she says of herself; neither age nor country is kept. */
export type JoinSaid = {
  readonly age?: number | undefined
  readonly country?: string | undefined
  readonly transfer?: z.output<typeof TransferSaid> | undefined
}

/** What her account has from before, so that she is asked once. */
export type AlreadySaid = { readonly ageLimit: AgeLimit | null; readonly agreedTo: readonly string[] }

/**
 * Whether somebody who was invited may come in: by the same point of age as whoever signs up herself, and by her agreement where her data would go to another country. Which country she
 * lives in is not held against her: the business that invites answers for whom it works with. Throws `accounts/age-not-confirmed`, `accounts/too-young` and `accounts/transfer-not-agreed`.
 */
export function admitToJoin(
  services: Services,
  reply: FastifyReply,
  { ageLimit, transferTo }: JoinAsks,
  said: JoinSaid,
  already: AlreadySaid = { ageLimit: null, agreedTo: [] },
): Admission {
  if (ageLimit !== null && (already.ageLimit ?? 0) < ageLimit) {
    if (said.age === undefined)
      throw new Refusal('accounts/age-not-confirmed', { detail: 'Say how old you are. Only the answer is kept. Nothing was saved.' })
    refuseTooYoung(services, reply, said.age, ageLimit)
  }
  if (transferTo === null || already.agreedTo.includes(transferTo)) return { ageLimit, agreed: [] }
  if (said.country === undefined)
    throw new Refusal('accounts/transfer-not-agreed', {
      detail: 'Say in which country you live: your data may go to another one. Nothing was saved.',
      destination: transferTo,
    })
  const agreed = agreedTransfer({ destination: transferTo, countries: countriesOf(reply, said.country), said: said.transfer })
  return { ageLimit, agreed: agreed ? [agreed] : [] }
}
