import { erasureRoutes } from '@frontdesk/contract'
import { mount } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { contactRights } from './contact-rights.ts'
import { eraseContact, listErasures, loadErasure } from './erase-contact.ts'
import { exportContact, loadExport } from './export-contact.ts'
import { exportLink } from './export-link.ts'
import { importContact, listImports, loadImport } from './import-contact.ts'
import { liftAfterTelling } from './lift-after-telling.ts'
import { previewErasure } from './preview-erasure.ts'
import { rectifyContact } from './rectify-contact.ts'
import { restrictContact } from './restrict-contact.ts'
import { retryErasure } from './retry-erasure.ts'

const exporting = { policy, may: 'contacts.export' } as const
const takingOver = { policy, may: 'contacts.take_over' } as const
const restricting = { policy, may: 'contacts.restrict' } as const

/** The API of what a contact's rights do to the data. */
export const mountedErasureRoutes = mount(erasureRoutes, {
  'GET /contacts/{contactId}/rights': { policy, may: 'rights.read', run: ({ tx, by, params }) => contactRights(tx, by, params) },
  'GET /contacts/{contactId}/erasure-preview': {
    policy,
    may: 'contacts.erase',
    run: ({ tx, by, params, query }) => previewErasure(tx, by, { ...params, ...query }),
  },
  'POST /contacts/{contactId}/erasure': {
    policy,
    may: 'contacts.erase',
    run: ({ tx, by, params, body }) => eraseContact(tx, by, { ...body, ...params }),
  },
  'GET /erasures': { policy, may: 'erasures.read', run: ({ tx, by, query }) => listErasures(tx, by, query) },
  'GET /erasures/{erasureId}': { policy, may: 'erasures.read', run: ({ tx, by, params }) => loadErasure(tx, by, params.erasureId) },
  'POST /erasures/{erasureId}/retry': {
    policy,
    may: 'contacts.erase',
    run: ({ tx, by, params }) => retryErasure(tx, by, params.erasureId),
  },
  'POST /contacts/{contactId}/exports': { ...exporting, run: ({ tx, by, params, body }) => exportContact(tx, by, { ...body, ...params }) },
  'GET /contact-exports/{exportId}': { ...exporting, run: ({ tx, by, params }) => loadExport(tx, by, params.exportId) },
  'POST /contact-exports/{exportId}/link': { ...exporting, run: ({ tx, by, params }) => exportLink(tx, by, params.exportId) },
  'POST /contact-imports': { ...takingOver, run: ({ tx, by }) => importContact(tx, by) },
  'GET /contact-imports': { ...takingOver, run: ({ tx, by, query }) => listImports(tx, by, query) },
  'GET /contact-imports/{importId}': { ...takingOver, run: ({ tx, by, params }) => loadImport(tx, by, params.importId) },
  'POST /contacts/{contactId}/restriction': {
    ...restricting,
    run: async ({ tx, by, params, body }) => {
      await restrictContact(tx, by, { ...body, ...params })
      return contactRights(tx, by, params)
    },
  },
  'POST /contacts/{contactId}/restriction/lift': {
    ...restricting,
    run: async ({ tx, by, params, body }) => {
      await liftAfterTelling(tx, by, { ...body, ...params })
      return contactRights(tx, by, params)
    },
  },
  'POST /contacts/{contactId}/rectification': {
    policy,
    may: 'contacts.rectify',
    run: async ({ tx, by, params, body, version }) => {
      await rectifyContact(tx, by, { ...body, ...params, version })
      return contactRights(tx, by, params)
    },
  },
})
