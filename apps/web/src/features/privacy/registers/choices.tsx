import { useId } from 'react'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { FieldNote } from '../../../ui/field.tsx'

/** What `Choices` is given. */
export type ChoicesProps<Value extends string> = {
  readonly label: string
  readonly value: readonly Value[]
  readonly onChange: (value: readonly Value[]) => void
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly error?: string | undefined
  readonly name?: string
}

/** Any number out of a few. */
export function Choices<Value extends string>({ label, value, onChange, options, error, name }: ChoicesProps<Value>) {
  const id = useId()
  const toggle = (one: Value, on: boolean) => onChange(on ? [...value, one] : value.filter((each) => each !== one))
  return (
    <fieldset className="grid gap-0.5" aria-describedby={id}>
      <legend className="pb-1 text-sm font-medium">{label}</legend>
      <div className="grid gap-x-4 desk:grid-cols-2">
        {options.map((option) => (
          <Checkbox
            key={option.value}
            {...(name ? { name } : {})}
            label={option.label}
            value={value.includes(option.value)}
            onChange={(on) => toggle(option.value, on)}
          />
        ))}
      </div>
      <FieldNote id={id} error={error} />
    </fieldset>
  )
}
