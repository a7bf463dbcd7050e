import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { nowMs } from '../../../lib/clock.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { legalWords } from '../../privacy/registers/legal-words.ts'
import { recipientsQuery } from '../../privacy/registers/queries.ts'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { Asked } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import { apiKeyListQuery, scopesQuery } from './queries.ts'
import { ScopesField } from './scopes-field.tsx'

/** A key that was just made; `key` is shown once. */
export type MadeKey = Awaited<ReturnType<typeof call<'POST /api-keys'>>>

type KeyValues = {
  readonly name: string
  readonly test: boolean
  readonly lasts: 'ever' | '30' | '90' | '365'
  readonly scopes: readonly string[]
  /** Whose program uses it; empty: one of the business itself. */
  readonly processorId: string
  readonly purpose: (typeof purposes)[number]
}

const purposes = ['service', 'advice', 'accounting'] as const

/** Makes a key for another program. */
export function NewKeySheet({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (made: MadeKey) => void }) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const asked = useQuery(scopesQuery)
  const legal = useWords(legalWords)
  const able = (useQuery(recipientsQuery).data?.items ?? []).flatMap((one) =>
    one.id !== null && one.connection === null && one.stopped === null ? [{ value: one.id, label: one.name }] : [],
  )
  const { confirmed, dialog } = useConfirmation()
  const id = useId()
  const form = useForm<KeyValues>({
    start: { name: '', test: false, lasts: 'ever', scopes: [], processorId: '', purpose: 'service' },
    draft: 'api-key',
    check: ({ name, scopes }) => ({
      name: isBlank(name) ? shared('needed') : undefined,
      scopes: scopes.length === 0 ? t('keyScopesMissing') : undefined,
    }),
    send: async ({ name, test, lasts, scopes, processorId, purpose }, key) => {
      const body = {
        name: name.trim(),
        test,
        scopes: [...scopes],
        recipient: processorId === '' ? null : { processorId, purpose },
        ...(lasts === 'ever' ? {} : { expiresAt: inDays(Number(lasts)) }),
      }
      const made = await confirmed(() => call('POST /api-keys', { body, idempotencyKey: key }))
      void queries.invalidateQueries({ queryKey: apiKeyListQuery.queryKey })
      onMade(made)
    },
  })
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('newKey')}
      description={t('keysIntro')}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {t('keyDo')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('newKey')}>
        <TextField label={t('keyName')} hint={t('keyNameHint')} maxLength={80} autoComplete="off" autoFocus {...form.field('name')} />
        <Select
          label={t('keyWho')}
          hint={t('keyWhoHint')}
          {...form.field('processorId')}
          options={[{ value: '', label: t('keyOurs') }, ...able]}
        />
        {form.values.processorId !== '' && (
          <Select
            label={t('keyWhat')}
            {...form.field('purpose')}
            options={purposes.map((value) => ({ value, label: legal(`purpose/${value}`) }))}
          />
        )}
        <Select
          label={t('keyExpires')}
          {...form.field('lasts')}
          options={[
            { value: 'ever', label: t('keyForever') },
            ...(['30', '90', '365'] as const).map((days) => ({ value: days, label: t('days', { count: Number(days) }) })),
          ]}
        />
        <Checkbox label={t('keyTest')} hint={t('keyTestHint')} {...form.field('test')} />
        <Asked asked={asked}>
          {({ items }) => (
            <ScopesField scopes={items} value={form.values.scopes} onChange={(scopes) => form.set({ scopes })} error={form.faults.scopes} />
          )}
        </Asked>
        <FormProblem />
      </Form>
      {dialog}
    </Sheet>
  )
}

/** The key itself, shown once. */
export function MadeKeyDialog({ made, onClose }: { readonly made: MadeKey; readonly onClose: () => void }) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('keyMade')}
      description={shared('shownOnce')}
      size="md"
      footer={
        <Button variant="solid" onClick={onClose}>
          {shared('done')}
        </Button>
      }
    >
      <CopyField label={t('keyValue')} value={made.key} />
    </Dialog>
  )
}

const inDays = (days: number): string =>
  Temporal.Instant.fromEpochMilliseconds(nowMs())
    .add({ hours: 24 * days })
    .toString()
