import { useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { Button } from '../../../ui/button.tsx'
import { FieldNote } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { fieldsWords } from './words.ts'

/** A choice as it is edited. `row` tells lines apart while one types; `key` is the server's, for those it knows. */
export type ChoiceValues = { readonly row: string; readonly key?: string; readonly label: string; readonly hue: number }

/** Hues evenly round the circle and well apart for most eyes. */
const hues: readonly number[] = [240, 125, 45, 345, 275, 165, 80, 310, 200, 10]

/** An empty line, in the next colour. */
export const emptyChoice = (row: string, at: number): ChoiceValues => ({ row, label: '', hue: hues[at % hues.length] ?? 240 })

export type ChoicesFieldProps = {
  readonly choices: readonly ChoiceValues[]
  readonly onChange: (choices: readonly ChoiceValues[]) => void
  readonly error: string | undefined
  readonly hint: string | undefined
}

/** The choices of a field in their order, each with its colour; pressing the colour gives the next one. */
export function ChoicesField({ choices, onChange, error, hint }: ChoicesFieldProps) {
  const t = useWords(fieldsWords)
  const change = (row: string, what: Partial<ChoiceValues>) => onChange(choices.map((one) => (one.row === row ? { ...one, ...what } : one)))
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('choicesTitle')}</legend>
      {choices.map((choice, at) => {
        const name = choice.label.trim() || t('choice', { number: at + 1 })
        const next = hues[(hues.indexOf(choice.hue) + 1) % hues.length] ?? 240
        return (
          <div key={choice.row} className="flex items-center gap-2">
            <button
              type="button"
              aria-label={t('choiceColour', { choice: name })}
              data-hue
              style={{ '--h': choice.hue }}
              onClick={() => change(choice.row, { hue: next })}
              className="size-(--control) shrink-0 rounded-md border border-line bg-hue-tint p-2"
            >
              <span className="block size-full rounded-full bg-hue-mark" />
            </button>
            <TextField
              label={t('choice', { number: at + 1 })}
              quiet
              maxLength={60}
              autoComplete="off"
              value={choice.label}
              onChange={(label) => change(choice.row, { label })}
              error={at === 0 ? error : undefined}
              className="flex-1"
            />
            <IconButton
              name={t('removeChoice', { choice: name })}
              icon="trash"
              onClick={() => onChange(choices.filter(({ row }) => row !== choice.row))}
            />
          </div>
        )
      })}
      <div>
        <Button size="sm" icon="plus" onClick={() => onChange([...choices, emptyChoice(newKey(), choices.length)])}>
          {t('addChoice')}
        </Button>
      </div>
      <FieldNote id="choices-note" hint={hint} error={choices.length === 0 ? error : undefined} />
    </fieldset>
  )
}
