import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { changedFields } from '../../lib/merge-edits.ts'
import { Button } from '../../ui/button.tsx'
import { HueField } from '../../ui/color-field.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { personQuery, type Staff } from './queries.ts'
import { servicesWords } from './words.ts'

/** How a person appears, and whether she can be booked. */
export function PersonForm({ person }: { readonly person: Staff }) {
  const t = useWords(servicesWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const start = { name: person.name, hue: person.hue, active: person.active }
  const form = useForm({
    start,
    draft: `person.${person.id}`,
    check: ({ name }) => ({ name: name.trim() === '' ? t('nameNeeded') : undefined }),
    send: async (values) => {
      const body = Object.fromEntries(changedFields(start, values).map((field) => [field, values[field]]))
      const answer = await call('PATCH /staff/{staffId}', { params: { staffId: person.id }, body, version: person.version })
      queries.setQueryData(personQuery(person.id).queryKey, answer)
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      notices.show({ tone: 'ok', text: t('saved', { name: answer.name }) })
    },
  })
  const changed = changedFields(start, form.values).length > 0
  return (
    <Section title={t('details')}>
      <Form form={form} label={person.name}>
        <TextField label={t('personName')} hint={t('personNameHint')} maxLength={80} autoComplete="off" {...form.field('name')} />
        <HueField label={t('colour')} {...form.field('hue')} />
        <Switch label={t('personActive')} hint={t('personActiveHint')} {...form.field('active')} />
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
