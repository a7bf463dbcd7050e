import type { registersRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { addCounterparty, changeCounterparty, listCounterparties } from './counterparties.ts'
import { addProcessor, changeProcessor, processorHistory, readProcessors } from './processors.ts'
import { processingTable, readProcessingRecords } from './read-processing-records.ts'
import { registersPolicy as policy } from './registers.policy.ts'
import { listScreenings, recordScreening } from './screenings.ts'

const read = { policy, may: 'registers.read' } as const
const manage = { policy, may: 'registers.manage' } as const

/** Records of processing, recipients and counterparties. */
export const registerHandlers: Handlers<typeof registersRoutes> = {
  'GET /processing-records': { ...read, run: ({ tx, by }) => readProcessingRecords(tx, by) },
  'GET /processing-records/table': { ...read, run: ({ tx, by, query }) => processingTable(tx, by, query) },
  'GET /processors': { ...read, run: ({ tx, by }) => readProcessors(tx, by) },
  'POST /processors': { ...manage, run: ({ tx, by, body }) => addProcessor(tx, by, body) },
  'PUT /processors/{processorId}': {
    ...manage,
    run: ({ tx, by, params, body, version }) => changeProcessor(tx, by, { ...body, ...params, version }),
  },
  'GET /processors/{processorId}/history': {
    ...read,
    run: ({ tx, by, params, query }) => processorHistory(tx, by, { ...query, ...params }),
  },
  'GET /counterparties': { ...read, run: ({ tx, by, query }) => listCounterparties(tx, by, query) },
  'POST /counterparties': { ...manage, run: ({ tx, by, body }) => addCounterparty(tx, by, body) },
  'GET /counterparties/{counterpartyId}/screenings': {
    ...read,
    run: ({ tx, by, params }) => listScreenings(tx, by, params.counterpartyId),
  },
  'POST /counterparties/{counterpartyId}/screenings': {
    ...manage,
    run: ({ tx, by, params, body }) => recordScreening(tx, by, { ...body, ...params }),
  },
  'PUT /counterparties/{counterpartyId}': {
    ...manage,
    run: ({ tx, by, params, body, version }) => changeCounterparty(tx, by, { ...body, ...params, version }),
  },
}
