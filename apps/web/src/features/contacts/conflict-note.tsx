import { useFormats, useWords } from '../../lib/i18n.tsx'
import { intoSight } from '../../lib/into-sight.ts'
import type { MergedEdits } from '../../lib/merge-edits.ts'
import { Note } from '../../ui/banner.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import type { ContactValues } from './contact-form.ts'
import { fieldWords } from './event-sentence.tsx'
import { type TiesTranslator, tiesWords } from './ties/words.ts'
import { contactsWords } from './words.ts'

export type ConflictNoteProps = {
  readonly merged: MergedEdits<ContactValues>
  /** Whether the form still differs from what is saved; two edits may also come to the same. */
  readonly unsaved: boolean
  readonly values: ContactValues
  readonly onChoose: (change: Partial<ContactValues>) => void
}

/** What somebody else saved meanwhile: taken over where I changed nothing, and mine or theirs where we both did. */
export function ConflictNote({ merged: { taken, conflicts }, unsaved, values, onChoose }: ConflictNoteProps) {
  const t = useWords(contactsWords)
  const ties = useWords(tiesWords)
  const { list } = useFormats()
  return (
    <div ref={intoSight} tabIndex={-1} className="rounded-md">
      <Note tone="wait" role="alert">
        <p className="font-medium">{ties(unsaved ? 'conflictTitle' : 'conflictSettled')}</p>
        {taken.length > 0 && (
          <p className="mt-1">{ties('conflictTaken', { count: taken.length, fields: fieldWords(t, list, taken.join(' ')) })}</p>
        )}
        {conflicts.map(({ field, mine, theirs }) => {
          const chosen = JSON.stringify(values[field]) === JSON.stringify(theirs)
          return (
            <div key={field} className="mt-2 grid gap-1.5">
              <p>{ties('conflictBoth', { field: fieldWords(t, list, field), theirs: shown(ties, list, theirs) })}</p>
              <span>
                <SegmentedControl
                  label={fieldWords(t, list, field)}
                  value={chosen ? 'theirs' : 'mine'}
                  onChange={(whose) => onChoose({ [field]: whose === 'mine' ? mine : theirs })}
                  options={[
                    { value: 'mine', label: ties('keepMine') },
                    { value: 'theirs', label: ties('takeTheirs') },
                  ]}
                />
              </span>
            </div>
          )
        })}
        {unsaved && <p className="mt-2">{ties('conflictSave')}</p>}
      </Note>
    </div>
  )
}

/** The value of a field in one line. */
function shown(ties: TiesTranslator, list: (items: readonly string[]) => string, value: ContactValues[keyof ContactValues]): string {
  if (typeof value === 'string') return value || ties('emptyValue')
  if (!Array.isArray(value)) return ties('emptyValue')
  const texts = value.map((item) => (typeof item === 'string' ? item : item.value))
  return texts.length > 0 ? list(texts) : ties('emptyValue')
}
