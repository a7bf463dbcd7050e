import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { changedFields } from '../../../lib/merge-edits.ts'
import { Button } from '../../../ui/button.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Resource, resourceQuery } from './queries.ts'
import { resourceWords } from './words.ts'

/** What a room or a device is called, and whether it is in use. */
export function ResourceForm({ resource }: { readonly resource: Resource }) {
  const t = useWords(resourceWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const start = { name: resource.name, kind: resource.kind, active: resource.active }
  const form = useForm({
    start,
    draft: `resource.${resource.id}`,
    check: ({ name }) => ({ name: name.trim() === '' ? t('nameNeeded') : undefined }),
    send: async (values) => {
      const body = Object.fromEntries(changedFields(start, values).map((field) => [field, values[field]]))
      const answer = await call('PATCH /resources/{resourceId}', { params: { resourceId: resource.id }, body, version: resource.version })
      queries.setQueryData(resourceQuery(resource.id).queryKey, answer)
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      notices.show({ tone: 'ok', text: t('saved', { name: answer.name }) })
    },
  })
  const changed = changedFields(start, form.values).length > 0
  return (
    <Section title={t('details')}>
      <Form form={form} label={resource.name}>
        <TextField label={t('name')} hint={t('nameHint')} maxLength={80} autoComplete="off" {...form.field('name')} />
        <RadioGroup
          label={t('kind')}
          {...form.field('kind')}
          choices={(['room', 'equipment'] as const).map((value) => ({ value, label: t(`kind/${value}`) }))}
        />
        <Switch label={t('active')} hint={t('activeHint')} {...form.field('active')} />
        <FormProblem />
        {changed && (
          <div className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 flex-1 text-sm text-ink-2">{t('unsaved')}</span>
            <Button onClick={form.reset}>{t('discard')}</Button>
            <Button variant="solid" type="submit" busy={form.sending}>
              {t('save')}
            </Button>
          </div>
        )}
      </Form>
    </Section>
  )
}
