import { useId } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import type { MergeChoice, MergeField } from './queries.ts'
import { useShownField } from './use-shown-field.ts'
import { duplicatesWords } from './words.ts'

export type CompareFieldsProps = {
  readonly fields: readonly MergeField[]
  /** What was chosen; what is left out is as suggested. */
  readonly take: Readonly<Record<string, MergeChoice>>
  readonly onTake: (field: string, choice: MergeChoice) => void
}

/** What the two say, field by field: where they differ one chooses, the rest stands below. */
export function CompareFields({ fields, take, onTake }: CompareFieldsProps) {
  const t = useWords(duplicatesWords)
  const { labelOf, shown } = useShownField()
  const id = useId()
  const differing = fields.filter(({ why }) => why !== 'same')
  const same = fields.filter(({ why }) => why === 'same')
  return (
    <>
      {differing.length > 0 && (
        <section aria-labelledby={`${id}-differ`} className="grid gap-1 border-t border-line px-6 py-4 phone:px-4">
          <h2 id={`${id}-differ`} className="font-strong">
            {t('differs')}
          </h2>
          <div className="grid divide-y divide-line">
            {differing.map((field) => (
              <div key={field.field} className="py-3 desk:[&>fieldset]:grid-cols-2 desk:[&>fieldset>:last-child]:col-span-full">
                <RadioGroup<MergeChoice>
                  label={labelOf(field.field)}
                  hint={t(`why/${field.why}`)}
                  value={take[field.field] ?? field.suggested}
                  onChange={(choice) => onTake(field.field, choice)}
                  choices={field.choices.map((choice) => ({
                    value: choice,
                    label:
                      choice === 'both' ? (
                        t('both')
                      ) : (
                        <bdi className="wrap-anywhere">{shown(field.field, choice === 'survivor' ? field.survivor : field.merged)}</bdi>
                      ),
                  }))}
                />
              </div>
            ))}
          </div>
        </section>
      )}
      {same.length > 0 && (
        <section aria-labelledby={`${id}-same`} className="grid gap-3 border-t border-line px-6 py-4 phone:px-4">
          <h2 id={`${id}-same`} className="font-strong">
            {t('agrees')}
          </h2>
          <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-4 text-sm phone:grid-cols-2">
            {same.map(({ field, survivor }) => (
              <div key={field} className="grid min-w-0 content-start">
                <dt className="text-xs text-ink-3">{labelOf(field)}</dt>
                <dd className="wrap-anywhere">
                  <bdi>{shown(field, survivor)}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  )
}
