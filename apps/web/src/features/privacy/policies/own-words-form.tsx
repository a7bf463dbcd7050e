import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { SaveBar } from '../../settings/business/save-bar.tsx'
import { settingsWords } from '../../settings/words.ts'
import type { PolicyDraft } from './queries.ts'
import { policiesWords } from './words.ts'

/** What the business adds to one section, in the language that is shown. */
export function OwnWordsForm({ draft }: { readonly draft: PolicyDraft }) {
  const t = useWords(policiesWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { kind, locale, sections, paragraphs, version } = draft
  const textIn = (section: string) => paragraphs.find((one) => one.section === section && one.locale === locale)?.text ?? ''
  const first = paragraphs.find((one) => one.locale === locale)?.section ?? sections[0]?.id ?? ''
  const form = useForm({
    start: { section: first, text: textIn(first) },
    send: async ({ section, text }, key) => {
      const others = paragraphs.filter((one) => one.section !== section || one.locale !== locale)
      const kept = text.trim() === '' ? others : [...others, { section, locale, text: text.trim() }]
      await call('PUT /policies/{kind}/paragraphs', { params: { kind }, body: { paragraphs: kept }, version, idempotencyKey: key })
      await queries.invalidateQueries({ queryKey: ['policies'] })
      notices.show({ tone: 'ok', text: shared('saved') })
    },
  })
  return (
    <Section title={t('ownTitle')} intro={t('ownIntro')}>
      <Form form={form} label={t('ownTitle')}>
        <Select
          label={t('ownSection')}
          value={form.values.section}
          onChange={(section) => form.set({ section, text: textIn(section) })}
          options={sections.map(({ id, title }) => ({ value: id, label: title }))}
        />
        <TextArea label={t('ownText')} hint={t('ownHint')} maxLength={5000} {...form.field('text')} />
        <SaveBar
          changed={form.values.text.trim() !== textIn(form.values.section)}
          sending={form.sending}
          restored={form.restored}
          onDiscard={form.reset}
        />
      </Form>
    </Section>
  )
}
