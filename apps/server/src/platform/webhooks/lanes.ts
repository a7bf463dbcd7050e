import { z } from 'zod'
import { system } from '../inventory/index.ts'
import { defineJob, type Job } from '../jobs/index.ts'
import { deliverDue } from './deliver-due.ts'

const lane = (name: string): Job<{ endpointId: string }> =>
  defineJob({
    name,
    payload: z.strictObject({ endpointId: z.uuid() }),
    fields: { endpointId: system },
    timeoutSeconds: 90,
    // They wait for other people's servers and hold nothing meanwhile; a workspace has at most 20 endpoints.
    concurrency: 32,
    endsWithClosing: true,
    run: (context, { endpointId }) => deliverDue(context, endpointId, laneOf),
  })

/** Endpoints that answer. */
export const deliverJob = lane('webhooks.deliver')
/** Endpoints whose last try failed or took long: whatever they do, those that answer do not wait for them. */
export const deliverSlowJob = lane('webhooks.deliver-slow')

/** Where an endpoint is served. */
export const laneOf = ({ slow }: { readonly slow: boolean }): Job<{ endpointId: string }> => (slow ? deliverSlowJob : deliverJob)
