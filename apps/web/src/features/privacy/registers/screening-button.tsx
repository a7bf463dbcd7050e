import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import type { Counterparty } from './queries.ts'
import { registerWords } from './words.ts'

const results = ['clear', 'unclear', 'hit'] as const
type Result = (typeof results)[number]
const tones: Readonly<Record<Result, Tone>> = { clear: 'ok', unclear: 'wait', hit: 'no' }

/** Opens what came of looking a counterparty up, and takes another look down. */
export function ScreeningButton({ one }: { readonly one: Counterparty }) {
  const t = useWords(registerWords)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t('screen')}
      </Button>
      {open && <ScreeningDialog one={one} onClose={() => setOpen(false)} />}
    </>
  )
}

function ScreeningDialog({ one, onClose }: { readonly one: Counterparty; readonly onClose: () => void }) {
  const t = useWords(registerWords)
  const shared = useWords(settingsWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const params = { counterpartyId: one.id }
  const key = ['registers', 'screenings', one.id]
  const asked = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call('GET /counterparties/{counterpartyId}/screenings', { params, signal }),
  })
  const form = useForm<{ readonly list: string; readonly result: Result; readonly note: string }>({
    start: { list: '', result: 'clear', note: '' },
    check: ({ list }) => ({ list: isBlank(list) ? shared('needed') : undefined }),
    send: async ({ list, result, note }, sent) => {
      const body = { list: list.trim(), result, ...(isBlank(note) ? {} : { note: note.trim() }) }
      queries.setQueryData(key, await call('POST /counterparties/{counterpartyId}/screenings', { params, body, idempotencyKey: sent }))
      notices.show({ tone: 'ok', text: shared('saved') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('screenTitle')}
      description={one.name}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {shared('save')}
          </Button>
        </>
      }
    >
      <ul className="grid divide-y divide-line pb-3 text-sm">
        {(asked.data?.items ?? []).map((screening) => (
          <li key={screening.id} className="flex flex-wrap items-center gap-2 py-1.5">
            <bdi>{screening.list}</bdi>
            <Badge tone={tones[screening.result]}>{t(`screen/${screening.result}`)}</Badge>
            {screening.note && <bdi className="text-ink-2">{screening.note}</bdi>}
            <span className="text-xs text-ink-3">
              {formats.plainDate(screening.checkedOn)}, {screening.by}
            </span>
          </li>
        ))}
      </ul>
      <Form form={form} id={id} label={t('screenTitle')}>
        <TextField label={t('screenList')} hint={t('screenListHint')} maxLength={200} {...form.field('list')} />
        <Select
          label={t('screenResult')}
          {...form.field('result')}
          options={results.map((value) => ({ value, label: t(`screen/${value}`) }))}
        />
        <TextField label={t('screenNote')} optional maxLength={500} {...form.field('note')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
