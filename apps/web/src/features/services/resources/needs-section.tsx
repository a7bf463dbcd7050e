import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { FieldNote } from '../../../ui/field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Service, serviceQuery } from '../queries.ts'
import { counts, linesOf, type NeedLine, needsWrong, sentNeeds, toggled } from './need-lines.ts'
import { type Resource, resourcesQuery } from './queries.ts'
import { resourceWords } from './words.ts'

const mayManage: readonly string[] = ['owner', 'admin', 'manager']

/** The rooms and devices that a service takes. */
export function NeedsSection({ service }: { readonly service: Service }) {
  const t = useWords(resourceWords)
  const explain = useExplain()
  const { slug: workspace, role } = useWorkspace()
  const asked = useQuery(resourcesQuery)
  if (!mayManage.includes(role)) return null
  return (
    <Section title={t('needs')} intro={t('needsIntro')}>
      {asked.isPending && <TextSkeleton lines={2} />}
      {asked.isError && !asked.data && (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('listFailed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      )}
      {asked.data?.length === 0 && (
        <p className="text-sm text-ink-2">
          {t('needsEmpty')}{' '}
          <Link to="/w/$workspace/services/resources" params={{ workspace }} search={{}} className="text-link underline underline-offset-2">
            {t('openRooms')}
          </Link>
        </p>
      )}
      {asked.data && asked.data.length > 0 && <NeedsForm key={JSON.stringify(service.needs)} service={service} resources={asked.data} />}
    </Section>
  )
}

function NeedsForm({ service, resources }: { readonly service: Service; readonly resources: readonly Resource[] }) {
  const t = useWords(resourceWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const start = { lines: linesOf(service.needs) }
  const form = useForm<{ readonly lines: readonly NeedLine[] }>({
    start,
    check: ({ lines }) => {
      const wrong = needsWrong(lines)
      return { lines: wrong && t(wrong) }
    },
    send: async ({ lines }) => {
      const answer = await call('PATCH /services/{serviceId}', {
        params: { serviceId: service.id },
        body: { needs: sentNeeds(lines) },
        version: service.version,
      })
      queries.setQueryData(serviceQuery(service.id).queryKey, answer)
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      notices.show({ tone: 'ok', text: t('needsSaved') })
    },
  })
  const { lines } = form.values
  const set = (next: readonly NeedLine[]) => form.set({ lines: next })
  const changed = JSON.stringify(sentNeeds(lines)) !== JSON.stringify(sentNeeds(start.lines))
  return (
    <Form form={form} id={id} label={t('needs')}>
      {lines.length === 0 && <p className="text-sm text-ink-2">{t('needsNone')}</p>}
      {lines.map((line, index) => (
        <NeedFields
          key={line.key}
          line={line}
          number={index + 1}
          resources={resources}
          onChange={(changedLine) => set(lines.map((each) => (each.key === line.key ? changedLine : each)))}
          onRemove={() => set(lines.filter(({ key }) => key !== line.key))}
        />
      ))}
      <div className="grid justify-items-start gap-2">
        <FieldNote id={`${id}-note`} error={form.faults.lines as string | undefined} />
        {lines.length < 10 && (
          <Button size="sm" icon="plus" onClick={() => set([...lines, { key: newKey(), required: '1', resourceIds: [] }])}>
            {t('needAdd')}
          </Button>
        )}
      </div>
      <FormProblem />
      {changed && (
        <div className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1 text-sm text-ink-2">{t('unsaved')}</span>
          <Button onClick={form.reset}>{t('discard')}</Button>
          <Button variant="solid" type="submit" busy={form.sending}>
            {t('needsSave')}
          </Button>
        </div>
      )}
    </Form>
  )
}

type NeedFieldsProps = {
  readonly line: NeedLine
  readonly number: number
  readonly resources: readonly Resource[]
  readonly onChange: (line: NeedLine) => void
  readonly onRemove: () => void
}

function NeedFields({ line, number, resources, onChange, onRemove }: NeedFieldsProps) {
  const t = useWords(resourceWords)
  return (
    <fieldset className="grid min-w-0 gap-2 rounded-md bg-sunken p-3">
      <legend className="sr-only">{t('need', { number })}</legend>
      <div className="flex items-end gap-2">
        <Select
          label={t('needCount')}
          value={line.required}
          onChange={(required) => onChange({ ...line, required })}
          options={counts(line.resourceIds.length, line.required).map((value) => ({
            value,
            label: value === 'all' ? t('needAll') : t('needAny', { count: Number(value) }),
          }))}
          className="min-w-0 flex-1"
        />
        <IconButton name={t('needRemove', { number })} icon="trash" onClick={onRemove} />
      </div>
      <fieldset className="grid gap-x-6 desk:grid-cols-2">
        <legend className="sr-only">{t('needWhich')}</legend>
        {resources.map((resource) => (
          <Checkbox
            key={resource.id}
            label={<bdi>{resource.active ? resource.name : t('needOutOfUse', { name: resource.name })}</bdi>}
            value={line.resourceIds.includes(resource.id)}
            onChange={(on) => onChange(toggled(line, resource.id, on))}
          />
        ))}
      </fieldset>
    </fieldset>
  )
}
