import type { FilterCondition } from '@frontdesk/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Select } from '../../../ui/select.tsx'
import { fieldsQuery } from '../fields/queries.ts'
import { conditionFrom, type Draft, draftOf, emptyDraft, type Look } from './condition-draft.ts'
import { ConditionFields } from './condition-fields.tsx'
import { segmentsWords } from './words.ts'

export type ConditionDialogProps = {
  /** Left out: a new one. */
  readonly condition?: FilterCondition | undefined
  readonly onClose: () => void
  readonly onDone: (condition: FilterCondition) => void
}

/** Writes one condition: what it looks at, whether it is so, and which value. */
export function ConditionDialog({ condition, onClose, onDone }: ConditionDialogProps) {
  const t = useWords(segmentsWords)
  const asked = useQuery(fieldsQuery)
  const fields = (asked.data?.items ?? []).filter(({ filter, archivedAt }) => filter === 'ready' && archivedAt === null)
  const [changed, setChanged] = useState<Partial<Draft>>({})
  const [missing, setMissing] = useState(false)
  const draft: Draft = { ...(condition ? draftOf(condition, fields) : emptyDraft), ...changed }
  const change = (next: Partial<Draft>) => {
    setMissing(false)
    setChanged({ ...changed, ...next })
  }
  const done = () => {
    const written = conditionFrom(draft, fields)
    if (written) onDone(written)
    else setMissing(true)
  }
  const option = (look: Look) => ({ value: look, label: t(`on/${look}` as 'on/tag') })
  const title = condition ? t('editCondition') : t('addCondition')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" onClick={done}>
            {title}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          done()
        }}
      >
        <Select<Look>
          label={t('what')}
          value={draft.look}
          onChange={(look) => change({ look, text: '', chosen: '', values: [], from: '', to: '', filled: false })}
          options={[
            {
              label: t('kinds/person'),
              options: (['tag', 'list', 'name', 'company', 'owner', 'email', 'phone', 'created', 'archived'] as const).map(option),
            },
            {
              label: t('kinds/happened'),
              options: (['event', 'last_activity'] as const).map(option),
            },
            { label: t('kinds/permission'), options: (['may_email', 'may_sms', 'may_call'] as const).map(option) },
            ...(fields.length === 0
              ? []
              : [{ label: t('kinds/fields'), options: fields.map(({ key, label }) => ({ value: `field:${key}` as const, label })) }]),
          ]}
        />
        <SegmentedControl
          label={t('how')}
          value={draft.not ? 'no' : 'yes'}
          onChange={(value) => change({ not: value === 'no' })}
          options={[
            { value: 'yes', label: t('how/yes') },
            { value: 'no', label: t('how/no') },
          ]}
          wide
        />
        <ConditionFields draft={draft} fields={fields} onChange={change} />
        {missing && (
          <p role="alert" className="text-sm text-no-ink">
            {t('valueMissing')}
          </p>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
