import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import { actorWords } from './case-work.tsx'
import { type RequestCase, requestQuery } from './queries.ts'
import { type RequestTranslator, requestWords } from './words.ts'

type Props = { readonly found: RequestCase; readonly may: boolean }

const steps = [
  'received',
  'acknowledged',
  'verifying',
  'address_confirmed',
  'strict_proof_asked',
  'in_progress',
  'extended',
  'answered',
  'refused',
  'escalated',
  'appealed',
  'self_review',
  'reviewed_from_outside',
  'refiled',
  'revoked',
  'resolved',
  'closed',
] as const

/** A step in words; reminders and what became late are called by that. */
function stepWords(t: RequestTranslator, step: string): string {
  const known = steps.find((one) => one === step)
  if (known) return t(`step/${known}`)
  return step.endsWith('overdue') ? t('step/overdue') : t('step/reminded')
}

/** Every step with who took it, and what the team noted. */
export function CaseHistory({ found, may }: Props) {
  const t = useWords(requestWords)
  const formats = useFormats()
  return (
    <>
      <Section title={t('notes')}>
        {found.notes.length > 0 && (
          <ul className="grid gap-2">
            {found.notes.map((note) => (
              <li key={note.id} className="grid gap-0.5 rounded-lg border border-line bg-raised px-4 py-3 text-sm">
                <p dir="auto" className="wrap-anywhere whitespace-pre-line">
                  {note.text ?? '–'}
                </p>
                <span className="text-xs text-ink-3">
                  <bdi>{actorWords(t, note.by)}</bdi>, {formats.dateTime(note.at)}
                </span>
              </li>
            ))}
          </ul>
        )}
        {may && <NoteForm found={found} />}
      </Section>
      <Section title={t('history')}>
        <ol className="grid gap-1.5 text-sm">
          {found.steps.map((step) => (
            <li key={step.step} className="flex flex-wrap gap-x-2">
              <span className="min-w-40 flex-1">{stepWords(t, step.step)}</span>
              <span className="text-ink-3">
                <bdi>{actorWords(t, step.by)}</bdi>, {formats.dateTime(step.at)}
              </span>
            </li>
          ))}
        </ol>
      </Section>
    </>
  )
}

function NoteForm({ found }: Pick<Props, 'found'>) {
  const t = useWords(requestWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const form = useForm({
    draft: `request-note-${found.id}`,
    start: { text: '' },
    check: ({ text }) => ({ text: isBlank(text) ? shared('needed') : undefined }),
    send: async ({ text }, key) => {
      const changed = await call('POST /requests/{requestId}/notes', {
        params: { requestId: found.id },
        body: { text: text.trim() },
        idempotencyKey: key,
      })
      queries.setQueryData(requestQuery(found.id).queryKey, changed)
      form.set({ text: '' })
    },
  })
  return (
    <Form form={form} label={t('note')}>
      <TextArea label={t('note')} rows={2} maxLength={10_000} {...form.field('text')} />
      <FormProblem />
      <div>
        <Button type="submit" busy={form.sending}>
          {t('noteAdd')}
        </Button>
      </div>
    </Form>
  )
}
