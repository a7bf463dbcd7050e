import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { useMergedEdit } from '../../lib/use-merged-edit.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { type Service, serviceQuery } from './queries.ts'
import { ServiceConflict } from './service-conflict.tsx'
import { type ServiceValues, serverFields, serviceBody, serviceFaults, valuesOf } from './service-form.ts'
import { CustomerSection, PeopleSection, PlaceSection, RulesSection, WhatSection } from './service-sections.tsx'
import { servicesWords } from './words.ts'

export type ServiceEditorProps = {
  readonly service: Service
  /** Whether something is typed that is not saved. */
  readonly onEdited: (edited: boolean) => void
}

/** Everything that can be set of a service, in calm sections. Saved as a whole; what is typed survives a reload. */
export function ServiceEditor({ service, onEdited }: ServiceEditorProps) {
  const t = useWords(servicesWords)
  const { currency } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const money = service.price?.currency ?? currency
  const edit = useMergedEdit<ServiceValues>({
    start: { values: valuesOf(service), version: service.version },
    reload: async () => {
      const current = await queries.fetchQuery({ ...serviceQuery(service.id), staleTime: 0 })
      return { values: valuesOf(current), version: current.version }
    },
    save: async (values, fields, version) => {
      const body = serviceBody(values, fields, money)
      const answer = await call('PATCH /services/{serviceId}', { params: { serviceId: service.id }, body, version })
      onEdited(false)
      queries.setQueryData(serviceQuery(service.id).queryKey, answer)
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      notices.show({ tone: 'ok', text: t('saved', { name: answer.name }) })
    },
  })
  const form = useForm<ServiceValues>({
    start: valuesOf(service),
    draft: `service.${service.id}`,
    check: (values) => serviceFaults(values, money, t),
    send: async (values): Promise<void> => edit.send(values, (next) => form.set(next)),
    beside: { 'scheduling/slug-taken': 'slug' },
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  const changed = edit.isChanged(form.values)
  useEffect(() => onEdited(changed), [onEdited, changed])
  const fields = { ...form, faults: withServerFaults(form.faults) }
  return (
    <Form form={form} label={service.name}>
      <div className="grid">
        {edit.merged && (
          <div className="px-4 pt-4">
            <ServiceConflict merged={edit.merged} unsaved={changed} values={form.values} onChoose={form.set} />
          </div>
        )}
        <WhatSection form={fields} currency={money} />
        <PlaceSection form={fields} />
        <PeopleSection form={fields} />
        <RulesSection form={fields} />
        <CustomerSection form={fields} />
      </div>
      {(changed || form.problem) && (
        <div className="sticky bottom-0 z-5 grid gap-3 border-y border-line bg-raised px-4 py-3">
          <FormProblem />
          <div className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 flex-1 text-sm text-ink-2">{form.restored ? t('draftBack') : t('unsaved')}</span>
            <Button onClick={form.reset}>{t('discard')}</Button>
            <Button variant="solid" type="submit" busy={form.sending}>
              {t('save')}
            </Button>
          </div>
        </div>
      )}
    </Form>
  )
}

/** The server names its own fields; the form says them beside its own. */
function withServerFaults(faults: Readonly<Record<string, string | undefined>>): Partial<Record<keyof ServiceValues, string | undefined>> {
  const named = Object.entries(faults).map(([field, message]) => [serverFields[field] ?? field, message])
  return Object.fromEntries(named)
}
