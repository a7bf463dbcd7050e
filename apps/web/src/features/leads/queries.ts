import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { withMovesUnderWay } from './move-on-board.ts'

/** What the server answers, by the noun. */
export type Lead = Awaited<ReturnType<typeof call<'GET /leads/{leadId}'>>>
export type Board = Awaited<ReturnType<typeof call<'GET /pipelines/{pipelineId}/board'>>>
export type Pipeline = Awaited<ReturnType<typeof call<'GET /pipelines/{pipelineId}'>>>
export type Stage = Pipeline['stages'][number]
export type Checklist = Awaited<ReturnType<typeof call<'GET /pipelines/{pipelineId}/checklist'>>>
export type Report = Awaited<ReturnType<typeof call<'GET /pipelines/{pipelineId}/report'>>>
export type Routing = Awaited<ReturnType<typeof call<'GET /pipelines/{pipelineId}/routing'>>>
export type Qualification = Awaited<ReturnType<typeof call<'GET /leads/{leadId}/qualification'>>>

/** The pipelines with their stages. */
export const pipelinesQuery = queryOptions({
  queryKey: ['leads', 'pipelines'],
  queryFn: ({ signal }) => call('GET /pipelines', { signal }),
  staleTime: 60_000,
})

/** One pipeline. */
export const pipelineQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: ['leads', 'pipeline', pipelineId],
    queryFn: ({ signal }) => call('GET /pipelines/{pipelineId}', { params: { pipelineId }, signal }),
  })

/** The questions of a pipeline, and the rules of its score. */
export const checklistQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: ['leads', 'checklist', pipelineId],
    queryFn: ({ signal }) => call('GET /pipelines/{pipelineId}/checklist', { params: { pipelineId }, signal }),
  })

/** Who is given new leads of a pipeline. */
export const routingQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: ['leads', 'routing', pipelineId],
    queryFn: ({ signal }) => call('GET /pipelines/{pipelineId}/routing', { params: { pipelineId }, signal }),
  })

/** What was won and lost between two days. */
export const reportQuery = (pipelineId: string, from: string | undefined, to: string | undefined) =>
  queryOptions({
    queryKey: ['leads', 'report', pipelineId, from ?? '', to ?? ''],
    queryFn: ({ signal }) =>
      call('GET /pipelines/{pipelineId}/report', {
        params: { pipelineId },
        query: { ...(from ? { from } : {}), ...(to ? { to } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
  })

/** The open leads of a pipeline by stage, everybody's or one member's. */
export const boardQuery = (pipelineId: string, owner: string | undefined) =>
  queryOptions({
    queryKey: ['leads', 'board', pipelineId, owner ?? ''],
    queryFn: async ({ signal }) =>
      withMovesUnderWay(
        await call('GET /pipelines/{pipelineId}/board', {
          params: { pipelineId },
          query: { limit: 25, ...(owner ? { ownerMemberId: owner } : {}) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  })

/** The leads of one stage after those that the board brought. */
export const stageQuery = (stageId: string, owner: string | undefined, from: string) =>
  infiniteQueryOptions({
    queryKey: ['leads', 'stage', stageId, owner ?? '', from],
    queryFn: ({ pageParam, signal }) =>
      call('GET /leads', {
        query: { stageId, sort: 'board', limit: 50, cursor: pageParam, ...(owner ? { ownerMemberId: owner } : {}) },
        signal,
      }),
    initialPageParam: from,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: false,
  })

/** One lead. */
export const leadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['leads', 'one', leadId],
    queryFn: ({ signal }) => call('GET /leads/{leadId}', { params: { leadId }, signal }),
  })

/** What is known of a lead by the checklist, and its score. */
export const qualificationQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['leads', 'qualification', leadId],
    queryFn: ({ signal }) => call('GET /leads/{leadId}/qualification', { params: { leadId }, signal }),
  })

/** The leads of one contact, newest first. */
export const contactLeadsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['leads', 'of-contact', contactId],
    queryFn: ({ signal }) => call('GET /leads', { query: { contactId, state: 'all', limit: 50 }, signal }),
  })
