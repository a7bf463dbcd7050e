import { leadsRoutes } from '@frontdesk/contract'
import { mount } from '../../platform/http/index.ts'
import { assignLead } from './assign-lead.ts'
import { loseLead, removeLead, reopenLead, winLead } from './close-lead.ts'
import { createLead } from './create-lead.ts'
import { discardSubmission, releaseSubmission } from './decide-submission.ts'
import { editLead } from './edit-lead.ts'
import { formSnippets } from './form-snippets.ts'
import { leadsPolicy as policy } from './leads.policy.ts'
import { moveLead } from './move-lead.ts'
import { answerQuestion, loadChecklist, loadQualification, writeChecklist } from './qualify-lead.ts'
import { listForms, loadForm } from './read-forms.ts'
import { listLeads, loadBoard, loadLead } from './read-leads.ts'
import { listPipelines, loadPipeline } from './read-pipelines.ts'
import { listSubmissions } from './read-submissions.ts'
import { reportLeads } from './report-leads.ts'
import { loadRouting, writeRouting } from './route-lead.ts'
import { submitAsProgram } from './submit-as-program.ts'
import { archiveForm, createForm, editForm, restoreForm } from './write-form.ts'
import { archivePipeline, createPipeline, editPipeline, restorePipeline } from './write-pipeline.ts'

const read = { policy, may: 'leads.read' } as const
const write = { policy, may: 'leads.write' } as const
const look = { policy, may: 'pipelines.read' } as const
const manage = { policy, may: 'pipelines.manage' } as const

const seeForms = { policy, may: 'forms.read' } as const
const makeForms = { policy, may: 'forms.manage' } as const

/** The API of the leads room. */
export const mountedRoutes = mount(leadsRoutes, {
  'GET /pipelines': { ...look, run: async ({ tx, by }) => ({ items: await listPipelines(tx, by) }) },
  'POST /pipelines': { ...manage, run: ({ tx, by, body }) => createPipeline(tx, by, body) },
  'GET /pipelines/{pipelineId}': { ...look, run: ({ tx, by, params }) => loadPipeline(tx, by, params.pipelineId) },
  'PATCH /pipelines/{pipelineId}': {
    ...manage,
    run: ({ tx, by, params, body, version }) => editPipeline(tx, by, { ...body, ...params, version }),
  },
  'DELETE /pipelines/{pipelineId}': { ...manage, run: ({ tx, by, params }) => archivePipeline(tx, by, params.pipelineId) },
  'POST /pipelines/{pipelineId}/restore': { ...manage, run: ({ tx, by, params }) => restorePipeline(tx, by, params.pipelineId) },
  'GET /pipelines/{pipelineId}/board': { ...read, run: ({ tx, by, params, query }) => loadBoard(tx, by, { ...query, ...params }) },
  'GET /pipelines/{pipelineId}/checklist': { ...look, run: ({ tx, by, params }) => loadChecklist(tx, by, params.pipelineId) },
  'PUT /pipelines/{pipelineId}/checklist': {
    ...manage,
    run: ({ tx, by, params, body, version }) => writeChecklist(tx, by, { ...body, ...params, version }),
  },
  'GET /pipelines/{pipelineId}/routing': { ...look, run: ({ tx, by, params }) => loadRouting(tx, by, params.pipelineId) },
  'PUT /pipelines/{pipelineId}/routing': {
    ...manage,
    run: ({ tx, by, params, body, version }) => writeRouting(tx, by, { ...body, ...params, version }),
  },
  'GET /pipelines/{pipelineId}/report': { ...read, run: ({ tx, by, params, query }) => reportLeads(tx, by, { ...query, ...params }) },
  'GET /leads': { ...read, run: ({ tx, by, query }) => listLeads(tx, by, query) },
  'POST /leads': { ...write, run: ({ tx, by, body }) => createLead(tx, by, body) },
  'GET /leads/{leadId}': { ...read, run: ({ tx, by, params }) => loadLead(tx, by, params.leadId) },
  'PATCH /leads/{leadId}': { ...write, run: ({ tx, by, params, body, version }) => editLead(tx, by, { ...body, ...params, version }) },
  'DELETE /leads/{leadId}': { ...write, run: ({ tx, by, params }) => removeLead(tx, by, params.leadId) },
  'POST /leads/{leadId}/move': { ...write, run: ({ tx, by, params, body }) => moveLead(tx, by, { ...body, ...params }) },
  'POST /leads/{leadId}/win': { ...write, run: ({ tx, by, params }) => winLead(tx, by, params.leadId) },
  'POST /leads/{leadId}/lose': { ...write, run: ({ tx, by, params, body }) => loseLead(tx, by, { ...body, ...params }) },
  'POST /leads/{leadId}/reopen': { ...write, run: ({ tx, by, params }) => reopenLead(tx, by, params.leadId) },
  'POST /leads/{leadId}/assign': { ...write, run: ({ tx, by, params, body }) => assignLead(tx, by, { ...body, ...params }) },
  'GET /leads/{leadId}/qualification': { ...read, run: ({ tx, by, params }) => loadQualification(tx, by, params.leadId) },
  'PUT /leads/{leadId}/answers/{questionId}': {
    ...write,
    run: ({ tx, by, params, body }) => answerQuestion(tx, by, { ...body, ...params }),
  },
  'GET /forms': { ...seeForms, run: async ({ tx, by }) => ({ items: await listForms(tx, by) }) },
  'POST /forms': { ...makeForms, run: ({ tx, by, body }) => createForm(tx, by, body) },
  'GET /forms/{formId}': { ...seeForms, run: ({ tx, by, params }) => loadForm(tx, by, params.formId) },
  'PATCH /forms/{formId}': {
    ...makeForms,
    run: ({ tx, by, params, body, version }) => editForm(tx, by, { ...body, ...params, version }),
  },
  'DELETE /forms/{formId}': { ...makeForms, run: ({ tx, by, params }) => archiveForm(tx, by, params.formId) },
  'POST /forms/{formId}/restore': { ...makeForms, run: ({ tx, by, params }) => restoreForm(tx, by, params.formId) },
  'GET /forms/{formId}/snippets': { ...seeForms, run: ({ tx, by, params }) => formSnippets(tx, by, params.formId) },
  'POST /forms/{formId}/submissions': {
    policy,
    may: 'forms.submit',
    run: ({ tx, by, params, body }) => submitAsProgram(tx, by, { ...body, ...params }),
  },
  'GET /form-submissions': { policy, may: 'submissions.read', run: ({ tx, by, query }) => listSubmissions(tx, by, query) },
  'POST /form-submissions/{submissionId}/release': {
    policy,
    may: 'submissions.decide',
    run: ({ tx, by, params }) => releaseSubmission(tx, by, params.submissionId),
  },
  'DELETE /form-submissions/{submissionId}': {
    policy,
    may: 'submissions.decide',
    run: async ({ tx, by, params }) => {
      await discardSubmission(tx, by, params.submissionId)
      return undefined
    },
  },
})
