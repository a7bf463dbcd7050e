import { useFormats, useWords } from '../../../lib/i18n.tsx'
import type { MergedEdits } from '../../../lib/merge-edits.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { settingsWords } from '../words.ts'

export type EditsMetProps<Values extends object> = {
  readonly merged: MergedEdits<Values>
  /** Whether the form still differs from what is saved; two edits may also come to the same. */
  readonly unsaved: boolean
  readonly values: Values
  readonly onChoose: (change: Partial<Values>) => void
  /** What a field is called on the form. */
  readonly labelOf: (field: keyof Values & string) => string
  /** A value in one line; empty for nothing. */
  readonly shown: (field: keyof Values & string, value: Values[keyof Values & string]) => string
}

/** What somebody else saved meanwhile: taken over where I changed nothing, and mine or theirs where we both did. */
export function EditsMet<Values extends object>({ merged, unsaved, values, onChoose, labelOf, shown }: EditsMetProps<Values>) {
  const t = useWords(settingsWords)
  const { list } = useFormats()
  const { taken, conflicts } = merged
  return (
    <Note tone="wait" role="alert">
      <p className="font-medium">{t(unsaved ? 'conflictTitle' : 'conflictSettled')}</p>
      {taken.length > 0 && <p className="mt-1">{t('conflictTaken', { count: taken.length, fields: list(taken.map(labelOf)) })}</p>}
      {conflicts.map(({ field, mine, theirs }) => {
        const chosen = JSON.stringify(values[field]) === JSON.stringify(theirs)
        const choose = (value: Values[typeof field]) => onChoose({ [field]: value } as unknown as Partial<Values>)
        return (
          <div key={field} className="mt-2 grid gap-1.5">
            <p>{t('conflictBoth', { field: labelOf(field), theirs: shown(field, theirs) || t('emptyValue') })}</p>
            <div className="flex gap-2">
              <Button size="sm" aria-pressed={!chosen} onClick={() => choose(mine)}>
                {t('keepMine')}
              </Button>
              <Button size="sm" aria-pressed={chosen} onClick={() => choose(theirs)}>
                {t('takeTheirs')}
              </Button>
            </div>
          </div>
        )
      })}
      {unsaved && <p className="mt-2">{t('conflictSave')}</p>}
    </Note>
  )
}
