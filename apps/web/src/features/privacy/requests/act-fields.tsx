import type { ProofPoint } from '@frontdesk/contract'
import { languageName, locales } from '@frontdesk/i18n'
import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { Checkbox, RadioGroup } from '../../../ui/checkbox.tsx'
import type { FormState } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { ErasurePreview } from '../erasure/erasure-preview.tsx'
import { previewQuery } from '../erasure/queries.ts'
import { Choices } from '../registers/choices.tsx'
import { type ActValues, settlesObjection, writtenActs } from './act-values.ts'
import { kinds, objectedUses, points, restrictions } from './choices.ts'
import type { RequestAct, RequestCase } from './queries.ts'
import { requestWords } from './words.ts'

type Props = { readonly act: RequestAct; readonly found: RequestCase; readonly form: FormState<ActValues> }

/** The fields of one act. */
export function ActFields({ act, found, form }: Props) {
  const t = useWords(requestWords)
  const reasons = act === 'extend' || act === 'ask_more_proof' || act === 'appeal' || act === 'escalate'
  return (
    <>
      {act === 'verify' && <ProofFields found={found} form={form} />}
      {act === 'pause' && (
        <Select
          label={t('because')}
          options={found.pauseReasons.map((value) => ({ value, label: t(`pause/${value}`) }))}
          {...form.field('reason')}
        />
      )}
      {act === 'refile' && (
        <Select
          label={t('asked')}
          options={kinds.filter((one) => one !== found.kind).map((value) => ({ value, label: t(`kind/${value}`) }))}
          {...form.field('kind')}
        />
      )}
      {act === 'refuse' && <RefusalField found={found} form={form} />}
      {act === 'restrict' && (
        <Select
          label={t('because')}
          options={restrictions.map((value) => ({ value, label: t(`restrict/${value}`) }))}
          {...form.field('restrict')}
        />
      )}
      {act === 'review' && (
        <RadioGroup
          label={t('outcome')}
          choices={(['confirmed', 'changed'] as const).map((value) => ({ value, label: t(`outcome/${value}`) }))}
          {...form.field('reviewed')}
        />
      )}
      {act === 'decide_appeal' && (
        <RadioGroup
          label={t('outcome')}
          choices={[
            { value: 'upheld', label: t('outcome/upheld') },
            { value: 'changed', label: t('outcome/changed') },
          ]}
          {...form.field('decided')}
        />
      )}
      {settlesObjection(act, found, form.values) && (
        <Choices
          label={t('ends')}
          {...form.field('ends')}
          onChange={(ends) => form.set({ ends: [...ends] })}
          options={objectedUses.map((value) => ({ value, label: t(`ends/${value}`) }))}
        />
      )}
      {act === 'hand_over' && (
        <TextField label={t('endpoint')} type="url" placeholder="https://" maxLength={500} {...form.field('endpoint')} />
      )}
      {act === 'invite_reviewer' && (
        <>
          <TextField label={t('name')} maxLength={200} autoComplete="off" {...form.field('name')} />
          <TextField label={t('email')} type="email" autoComplete="off" {...form.field('email')} />
          <Select
            label={t('language')}
            options={locales.map((value) => ({ value: value as string, label: languageName(value) }))}
            {...form.field('locale')}
            value={locales.find((one) => form.values.locale.startsWith(one)) ?? 'en'}
          />
        </>
      )}
      {writtenActs.includes(act) && (
        <TextArea label={reasons ? t('because') : t('wordsField')} rows={reasons ? 3 : 8} maxLength={10_000} {...form.field('text')} />
      )}
      {act === 'erase' && (
        <>
          <WhatGoes found={found} />
          <Checkbox label={t('never')} hint={t('neverHint')} {...form.field('never')} />
          <Checkbox label={t('sure')} {...form.field('sure')} />
        </>
      )}
    </>
  )
}

function ProofFields({ found, form }: Omit<Props, 'act'>) {
  const t = useWords(requestWords)
  const child = found.forWhom === 'child'
  const { matched } = form.values
  const strict = found.proofLevel === 'strict'
  const toggle = (point: ProofPoint) =>
    form.set({ matched: matched.includes(point) ? matched.filter((one) => one !== point) : [...matched, point] })
  return (
    <>
      <p className="text-sm text-ink-2">{t(`proof/${found.proofLevel}`)}</p>
      {!child && (
        <RadioGroup
          label={t('how')}
          choices={(['details_matched', 'in_person'] as const).map((value) => ({ value, label: t(`how/${value}`) }))}
          {...form.field('how')}
          value={form.values.how === 'in_person' ? 'in_person' : 'details_matched'}
        />
      )}
      {(form.values.how !== 'in_person' || strict) && (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 text-sm font-medium">{t('points')}</legend>
          {found.matched.includes('address_confirmed') && <p className="text-xs text-ink-3">{t('pointsNeed')}</p>}
          {points.map((point) => (
            <Checkbox key={point} label={t(`point/${point}`)} value={matched.includes(point)} onChange={() => toggle(point)} />
          ))}
        </fieldset>
      )}
      {strict && found.declaredAt === null && <Checkbox label={t('declarationPaper')} {...form.field('declaration')} />}
      <TextArea label={t('evidence')} hint={t('evidenceGoes')} optional={!child} rows={3} maxLength={2000} {...form.field('evidence')} />
    </>
  )
}

function RefusalField({ found, form }: Omit<Props, 'act'>) {
  const t = useWords(requestWords)
  return (
    <Select
      label={t('ground')}
      options={found.grounds.map((value) => ({ value, label: t(`ground/${value}`) }))}
      {...form.field('ground')}
    />
  )
}

/** What an erasure would do, by the plan that carries it out. */
function WhatGoes({ found }: Pick<Props, 'found'>) {
  const mode = found.kind === 'anonymization' ? 'anonymize' : 'erase'
  const { data } = useQuery({ ...previewQuery(found.contactId ?? '', mode), enabled: found.contactId !== null })
  return data ? <ErasurePreview preview={data} mode={mode} /> : <TextSkeleton lines={5} />
}
