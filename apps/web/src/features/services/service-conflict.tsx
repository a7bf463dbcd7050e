import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { intoSight } from '../../lib/into-sight.ts'
import type { MergedEdits } from '../../lib/merge-edits.ts'
import { Note } from '../../ui/banner.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { staffQuery } from '../calendar/queries.ts'
import type { ServiceValues } from './service-form.ts'
import { type ServicesTranslator, servicesWords } from './words.ts'

export type ServiceConflictProps = {
  readonly merged: MergedEdits<ServiceValues>
  /** Whether the form still differs from what is saved; two edits may also come to the same. */
  readonly unsaved: boolean
  readonly values: ServiceValues
  readonly onChoose: (change: Partial<ServiceValues>) => void
}

/** What somebody else saved meanwhile: taken over where I changed nothing, mine or theirs where we both did. */
export function ServiceConflict({ merged: { taken, conflicts }, unsaved, values, onChoose }: ServiceConflictProps) {
  const t = useWords(servicesWords)
  const { list } = useFormats()
  const people = useQuery(staffQuery).data ?? []
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id
  return (
    <div ref={intoSight} tabIndex={-1} className="rounded-md">
      <Note tone="wait" role="alert">
        <p className="font-medium">{t(unsaved ? 'conflictTitle' : 'conflictSettled')}</p>
        {taken.length > 0 && (
          <p className="mt-1">{t('conflictTaken', { count: taken.length, fields: list(taken.map((field) => t(`field/${field}`))) })}</p>
        )}
        {conflicts.map(({ field, mine, theirs }) => {
          const chosen = JSON.stringify(values[field]) === JSON.stringify(theirs)
          return (
            <div key={field} className="mt-2 grid gap-1.5">
              <p>{t('conflictBoth', { field: t(`field/${field}`), theirs: shown(t, list, nameOf, theirs) })}</p>
              <span>
                <SegmentedControl
                  label={t(`field/${field}`)}
                  value={chosen ? 'theirs' : 'mine'}
                  onChange={(whose) => onChoose({ [field]: whose === 'mine' ? mine : theirs })}
                  options={[
                    { value: 'mine', label: t('keepMine') },
                    { value: 'theirs', label: t('takeTheirs') },
                  ]}
                />
              </span>
            </div>
          )
        })}
      </Note>
    </div>
  )
}

function shown(
  t: ServicesTranslator,
  list: (items: readonly string[]) => string,
  nameOf: (id: string) => string,
  value: ServiceValues[keyof ServiceValues],
): string {
  if (typeof value === 'boolean') return value ? t('on') : t('off')
  if (typeof value === 'object') return value.length > 0 ? list(value.map(nameOf)) : t('emptyValue')
  return String(value) || t('emptyValue')
}
