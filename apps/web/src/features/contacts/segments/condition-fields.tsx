import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { MoneyField } from '../../../ui/money-field.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { companyQuery } from '../companies/queries.ts'
import { optionsOf } from '../fields/field-filter.tsx'
import type { OwnField } from '../fields/queries.ts'
import { fieldsWords } from '../fields/words.ts'
import { membersQuery, tagsQuery } from '../queries.ts'
import { companySearchQuery } from './company-search.ts'
import { chosenTypes, type Draft, rangedTypes } from './condition-draft.ts'
import { listsQuery } from './queries.ts'
import { segmentsWords } from './words.ts'

export type ConditionFieldsProps = {
  readonly draft: Draft
  readonly fields: readonly OwnField[]
  readonly onChange: (change: Partial<Draft>) => void
}

const kinds = [
  'booking.confirmed',
  'booking.attended',
  'booking.missed',
  'booking.cancelled',
  'message.received',
  'delivery.bounced',
  'note.added',
] as const

/** The inputs that what is looked at asks for. */
export function ConditionFields(props: ConditionFieldsProps) {
  const { draft, fields, onChange } = props
  const t = useWords(segmentsWords)
  const field = fields.find(({ key }) => `field:${key}` === draft.look)
  if (field) return <FieldInputs {...props} field={field} />
  switch (draft.look) {
    case 'name':
      return (
        <>
          <Select
            label={t('how')}
            quiet
            value={draft.how}
            onChange={(how) => onChange({ how })}
            options={(['has', 'starts', 'is'] as const).map((how) => ({ value: how, label: t(`name/${how}`) }))}
          />
          <TextField label={t('text')} value={draft.text} onChange={(text) => onChange({ text })} maxLength={200} autoComplete="off" />
        </>
      )
    case 'tag':
      return <TagInput {...props} />
    case 'list':
      return <ListInput {...props} />
    case 'owner':
      return <OwnerInput {...props} />
    case 'company':
      return <CompanyInput {...props} />
    case 'created':
    case 'last_activity':
      return <WhenInput {...props} />
    case 'event':
      return (
        <>
          <Select
            label={t('on/event')}
            quiet
            value={draft.kind}
            onChange={(kind) => onChange({ kind })}
            options={[
              ...kinds.map((kind) => ({ value: kind as string, label: t(`kind/${kind}`) })),
              ...(kinds.some((kind) => kind === draft.kind) ? [] : [{ value: draft.kind, label: draft.kind }]),
            ]}
          />
          <TextField
            label={t('times')}
            value={draft.times}
            onChange={(times) => onChange({ times })}
            inputMode="numeric"
            maxLength={3}
            autoComplete="off"
            figures
          />
          <SegmentedControl
            label={t('when')}
            value={draft.when === 'ever' ? 'ever' : 'within'}
            onChange={(when) => onChange({ when })}
            options={[
              { value: 'ever', label: t('when/ever') },
              { value: 'within', label: t('when/within') },
            ]}
            wide
          />
          {draft.when !== 'ever' && <DaysInput {...props} />}
        </>
      )
    case 'may_email':
    case 'may_sms':
    case 'may_call':
      return <p className="text-sm text-ink-2">{t('mayHint')}</p>
    default:
      return null
  }
}

function DaysInput({ draft, onChange }: ConditionFieldsProps) {
  const t = useWords(segmentsWords)
  return (
    <TextField
      label={t('days')}
      value={draft.days}
      onChange={(days) => onChange({ days })}
      inputMode="numeric"
      maxLength={4}
      autoComplete="off"
      figures
    />
  )
}

function WhenInput(props: ConditionFieldsProps) {
  const { draft, onChange } = props
  const t = useWords(segmentsWords)
  return (
    <>
      <SegmentedControl
        label={t('when')}
        value={draft.when === 'between' ? 'between' : 'within'}
        onChange={(when) => onChange({ when })}
        options={[
          { value: 'within', label: t('when/within') },
          { value: 'between', label: t('when/between') },
        ]}
        wide
      />
      {draft.when === 'between' ? (
        <div className="grid grid-cols-2 gap-3">
          <DateField label={t('from')} value={draft.from} onChange={(from) => onChange({ from })} />
          <DateField label={t('to')} value={draft.to} onChange={(to) => onChange({ to })} />
        </div>
      ) : (
        <DaysInput {...props} />
      )}
    </>
  )
}

function TagInput({ draft, onChange }: ConditionFieldsProps) {
  const t = useWords(segmentsWords)
  const tags = useQuery(tagsQuery).data?.items
  if (tags?.length === 0) return <p className="text-sm text-ink-2">{t('noTags')}</p>
  return (
    <Combobox
      label={t('tag')}
      value={draft.text}
      onChange={(text) => onChange({ text })}
      placeholder={t('chooseOne')}
      options={(tags ?? []).map(({ name, contacts }) => ({ value: name, label: name, note: contacts }))}
    />
  )
}

function ListInput({ draft, onChange }: ConditionFieldsProps) {
  const t = useWords(segmentsWords)
  const lists = useQuery(listsQuery()).data?.items
  if (lists?.length === 0) return <p className="text-sm text-ink-2">{t('noLists')}</p>
  return (
    <Combobox
      label={t('on/list')}
      value={draft.chosen}
      onChange={(chosen) => onChange({ chosen })}
      placeholder={t('chooseOne')}
      options={(lists ?? []).map(({ id, name, contacts }) => ({ value: id, label: name, note: contacts }))}
    />
  )
}

function OwnerInput({ draft, onChange }: ConditionFieldsProps) {
  const t = useWords(segmentsWords)
  const members = useQuery(membersQuery).data?.items ?? []
  return (
    <Select
      label={t('on/owner')}
      value={draft.chosen}
      onChange={(chosen) => onChange({ chosen })}
      options={[{ value: '', label: t('nobody') }, ...members.map(({ id, name }) => ({ value: id as string, label: name }))]}
    />
  )
}

function CompanyInput({ draft, onChange }: ConditionFieldsProps) {
  const t = useWords(segmentsWords)
  const [typed, setTyped] = useState('')
  const found = useQuery(companySearchQuery(typed)).data?.items ?? []
  const chosen = useQuery({ ...companyQuery(draft.chosen), enabled: draft.chosen !== '' }).data
  const options = [...(chosen && !found.some(({ id }) => id === chosen.id) ? [chosen] : []), ...found]
  return (
    <Combobox
      label={t('on/company')}
      value={draft.chosen}
      onChange={(company) => onChange({ chosen: company })}
      onSearch={setTyped}
      options={[{ value: '', label: t('noCompany') }, ...options.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  )
}

function FieldInputs({ draft, field, onChange }: ConditionFieldsProps & { readonly field: OwnField }) {
  const t = useWords(segmentsWords)
  const words = useWords(fieldsWords)
  const members = useQuery({ ...membersQuery, enabled: field.type === 'person' }).data?.items ?? []
  const bound = (end: 'from' | 'to') => {
    const shared = { label: t(end), value: draft[end], onChange: (text: string) => onChange({ [end]: text }) }
    if (field.type === 'date') return <DateField {...shared} />
    if (field.type === 'money') return <MoneyField {...shared} currency={field.currency ?? 'USD'} />
    return <TextField {...shared} inputMode="decimal" autoComplete="off" maxLength={24} />
  }
  return (
    <>
      <SegmentedControl
        label={t('value')}
        value={draft.filled ? 'any' : 'these'}
        onChange={(value) => onChange({ filled: value === 'any' })}
        options={[
          { value: 'these', label: rangedTypes.includes(field.type) ? `${t('from')} – ${t('to')}` : t('is/these') },
          { value: 'any', label: t('is/any') },
        ]}
        wide
      />
      {!draft.filled && chosenTypes.includes(field.type) && (
        <fieldset className="grid">
          <legend className="sr-only">{field.label}</legend>
          {optionsOf(field, members, words).map(({ value, label }) => (
            <Checkbox
              key={value}
              label={<bdi>{label}</bdi>}
              value={draft.values.includes(value)}
              onChange={(on) => onChange({ values: on ? [...draft.values, value] : draft.values.filter((one) => one !== value) })}
            />
          ))}
        </fieldset>
      )}
      {!draft.filled && rangedTypes.includes(field.type) && (
        <div className="grid grid-cols-2 gap-3">
          {bound('from')}
          {bound('to')}
        </div>
      )}
      {!draft.filled && !chosenTypes.includes(field.type) && !rangedTypes.includes(field.type) && (
        <TextField label={t('text')} value={draft.text} onChange={(text) => onChange({ text })} maxLength={200} autoComplete="off" />
      )}
    </>
  )
}
