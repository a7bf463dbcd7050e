import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, inputLook } from '../../../ui/field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { careWords } from '../../settings/business/care-words.ts'
import { settingsWords } from '../../settings/words.ts'
import { rulesWords } from '../gate/words.ts'
import { sendLines } from './send-lines.ts'

type Values = {
  readonly registry: 'us.national' | 'ca.national' | 'state' | 'own'
  readonly state: string
  readonly asOf: string
  readonly scope: 'all' | 'channel' | 'marketing' | 'texts' | 'calls'
  readonly file: File | undefined
}

const today = (): string => new Date().toISOString().slice(0, 10)

/** Loads a file into a register or an own list, part by part, with the number of lines beside the bar. */
export function LoadRegistryDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(rulesWords)
  const care = useWords(careWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const [done, setDone] = useState<number>()
  const form = useForm<Values>({
    start: { registry: 'us.national', state: '', asOf: today(), scope: 'all', file: undefined },
    check: ({ registry, state, asOf, file }) => ({
      state: registry === 'state' && !/^[a-zA-Z]{2}$/.test(state.trim()) ? t('stateWrong') : undefined,
      asOf: asOf === '' ? shared('needed') : undefined,
      file: file === undefined ? t('fileMissing') : undefined,
    }),
    send: async ({ registry, state, asOf, scope, file }, key) => {
      if (!file) return
      const begun = await call('POST /registry-snapshots', {
        body: {
          registry: registry === 'state' ? `us.${state.trim().toUpperCase()}` : registry,
          asOf,
          ...(registry === 'own' ? { scope } : {}),
        },
        idempotencyKey: key,
      })
      const params = { snapshotId: begun.id }
      setDone(0)
      try {
        await sendLines(
          file,
          (from, lines) => call('POST /registry-snapshots/{snapshotId}/lines', { params, body: { from, lines } }),
          setDone,
        )
        const { linesKept } = await call('POST /registry-snapshots/{snapshotId}/finish', { params })
        notices.show({ tone: 'ok', text: t(registry === 'own' ? 'loadedOwn' : 'loaded', { count: linesKept }) })
        onClose()
      } finally {
        setDone(undefined)
        void queries.invalidateQueries({ queryKey: ['registry'] })
        void queries.invalidateQueries({ queryKey: ['privacy'] })
      }
    },
  })
  const { registry, file } = form.values
  return (
    <Dialog
      open
      onOpenChange={() => !form.sending && onClose()}
      title={t('load')}
      description={t('loadIntro')}
      footer={
        <>
          <Button onClick={onClose} disabled={form.sending}>
            {shared('cancel')}
          </Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('loadDo')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('load')}>
        <Select
          label={t('register')}
          {...form.field('registry')}
          options={[
            { value: 'us.national', label: t('registry/us.national') },
            { value: 'state', label: t('registryState', { state: '…' }) },
            { value: 'ca.national', label: t('registry/ca.national') },
            { value: 'own', label: t('registry/own') },
          ]}
        />
        {registry === 'state' && <TextField label={t('whichState')} maxLength={2} autoComplete="off" {...form.field('state')} />}
        {registry === 'own' && (
          <Select
            label={t('whatStops')}
            {...form.field('scope')}
            options={(['all', 'channel', 'marketing', 'texts', 'calls'] as const).map((scope) => ({
              value: scope,
              label: care(`scope/${scope}`),
            }))}
          />
        )}
        <DateField label={t('date')} max={today()} {...form.field('asOf')} />
        <Field label={t('file')} error={form.faults.file}>
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".txt,.csv,text/plain,text/csv"
              onChange={(event) => form.set({ file: event.target.files?.[0] })}
              className={`${inputLook} py-1`}
            />
          )}
        </Field>
        {done !== undefined && file && (
          <Progress label={t('loading', { name: file.name })} done={done} total={file.size} note={t('loadingNote')} />
        )}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
