import { z } from 'zod'
import { ContactSummary } from './contacts-shapes.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, PhoneInput, pageOf, Text } from './values.ts'

/** The domain of a company on the web, as it was typed: an address of a page is fine. */
export const DomainInput = z.string().trim().min(1).max(253)

/** A company or another organisation that contacts belong to. */
export const Company = z
  .object({
    id: z.uuid(),
    version: z.int(),
    name: z.string(),
    /** Lower-case and without `www.`: `acme.example`. */
    domain: z.string().nullable(),
    /** As it is dialled, and as the business's people read it. */
    phone: z.object({ value: z.string(), shown: z.string() }).nullable(),
    address: z.string().nullable(),
    /** How many contacts belong to it that whoever asks may see. */
    contacts: z.int(),
    createdAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'Company' })
export type Company = z.output<typeof Company>

/** Somebody who belongs to a company, and what she is there. */
export const CompanyContact = z.object({ contact: ContactSummary, role: z.string().nullable() }).meta({ id: 'CompanyContact' })

const companyParams = z.strictObject({ companyId: z.uuid() })
const facts = { domain: DomainInput.nullish(), phone: PhoneInput.nullish(), address: Text(500).nullish() }

export const CreateCompanyBody = z.strictObject({ name: Line(200), ...facts })
export const EditCompanyBody = z.strictObject({ name: Line(200).optional(), ...facts })

export const companyRoutes = routes({
  'GET /companies': {
    summary: 'Companies by name; with `q` those whose name or domain contains it',
    access: 'member',
    query: PageQuery.extend({ q: Line(120).optional(), archived: z.enum(['no', 'only']).default('no') }),
    answer: pageOf(Company),
  },
  'POST /companies': {
    summary: 'Add a company; one of the same name or domain is refused and named',
    access: 'member',
    body: CreateCompanyBody,
    status: 201,
    answer: Company,
    refusals: ['contacts/company-taken', 'contacts/not-a-phone-number'],
  },
  'GET /companies/{companyId}': { summary: 'One company', access: 'member', params: companyParams, answer: Company },
  'PATCH /companies/{companyId}': {
    summary: 'Change a company; only what is sent',
    access: 'member',
    params: companyParams,
    body: EditCompanyBody,
    answer: Company,
    ifMatch: true,
    refusals: ['contacts/company-taken', 'contacts/not-a-phone-number'],
  },
  'DELETE /companies/{companyId}': {
    summary: 'Archive a company; its contacts stay with it, and it can be undone',
    access: 'member',
    params: companyParams,
    answer: Company,
  },
  'POST /companies/{companyId}/restore': {
    summary: 'Bring an archived company back',
    access: 'member',
    params: companyParams,
    answer: Company,
  },
  'GET /companies/{companyId}/contacts': {
    summary: 'Who belongs to a company, by name',
    access: 'member',
    params: companyParams,
    query: PageQuery,
    answer: pageOf(CompanyContact),
  },
})
