import { useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Company, companyQuery } from './queries.ts'
import { companiesWords } from './words.ts'

type Values = { readonly name: string; readonly domain: string; readonly phone: string; readonly address: string }

export type CompanySheetProps = {
  /** Left out: a new one. */
  readonly company?: Company
  /** What was looked for when none was found. */
  readonly name?: string
  readonly onClose: () => void
  readonly onSaved: (company: Company) => void
  /** One that is there already. */
  readonly onOpen: (companyId: string) => void
}

/** Adds a company, or edits one: only what was changed is sent, over the version that was read. */
export function CompanySheet({ company, name = '', onClose, onSaved, onOpen }: CompanySheetProps) {
  const t = useWords(companiesWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const [taken, setTaken] = useState<{ readonly id: string; readonly name: string }>()
  const [met, setMet] = useState(false)
  const read = useRef(company)
  const start = valuesOf(company, name)
  const title = company ? t('editTitle', { name: company.name }) : t('addTitle')
  const form = useForm<Values>({
    start,
    check: (values) => ({ name: values.name.trim() === '' ? t('nameMissing') : undefined }),
    send: async (values, key) => {
      setTaken(undefined)
      setMet(false)
      try {
        const saved = read.current
          ? await call('PATCH /companies/{companyId}', {
              params: { companyId: read.current.id },
              body: changed(start, values),
              version: read.current.version,
            })
          : await call('POST /companies', { body: { ...textsOf(values), name: values.name.trim() }, idempotencyKey: key })
        queries.setQueryData(companyQuery(saved.id).queryKey, saved)
        await queries.invalidateQueries({ queryKey: ['companies'] })
        notices.show({ tone: 'ok', text: t(company ? 'saved' : 'added', { name: saved.name }) })
        onClose()
        onSaved(saved)
      } catch (error) {
        if (error instanceof ApiProblem && error.slug === 'contacts/company-taken')
          setTaken({ id: String(error.details.companyId), name: String(error.details.name ?? '') })
        if (error instanceof ApiProblem && error.slug === 'http/version-mismatch') {
          read.current = error.details.current as Company
          setMet(true)
        }
        throw error
      }
    },
    beside: { 'contacts/not-a-phone-number': 'phone' },
    onRefusal: ({ slug }) => slug === 'contacts/company-taken' || slug === 'http/version-mismatch',
  })
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {company ? t('save') : t('add')}
        </Button>
      }
    >
      <Form form={form} id={id} label={title}>
        {met && (
          <Note tone="wait" role="alert">
            {t('conflict')}
          </Note>
        )}
        <TextField label={t('name')} maxLength={200} autoComplete="off" {...form.field('name')} />
        <TextField label={t('domain')} hint={t('domainHint')} optional maxLength={253} autoComplete="off" {...form.field('domain')} />
        <TextField label={t('phone')} optional type="tel" maxLength={32} autoComplete="off" {...form.field('phone')} />
        <TextArea label={t('address')} optional maxLength={500} rows={3} {...form.field('address')} />
        {taken && (
          <Note tone="wait" role="alert">
            <p>{t('taken', { name: taken.name })}</p>
            <Button
              size="sm"
              onClick={() => {
                onClose()
                onOpen(taken.id)
              }}
            >
              {t('openOther')}
            </Button>
          </Note>
        )}
        <FormProblem />
      </Form>
    </Sheet>
  )
}

const valuesOf = (company: Company | undefined, name: string): Values => ({
  name: company?.name ?? name,
  domain: company?.domain ?? '',
  phone: company?.phone?.shown ?? '',
  address: company?.address ?? '',
})

const textsOf = ({ domain, phone, address }: Values) => ({
  domain: domain.trim() || null,
  phone: phone.trim() || null,
  address: address.trim() || null,
})

/** Only what differs from what the form began with, so that what others changed stays. */
function changed(start: Values, values: Values) {
  const all = { ...textsOf(values), name: values.name.trim() }
  return Object.fromEntries(Object.entries(all).filter(([field]) => start[field as keyof Values] !== values[field as keyof Values]))
}
