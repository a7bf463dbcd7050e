import type { ReactNode } from 'react'
import { cx } from '../../../ui/cx.ts'
import { Field, inputLook } from '../../../ui/field.tsx'

export type ProofFieldProps = {
  readonly label: string
  readonly hint: ReactNode
  readonly error: string | undefined
  readonly optional: boolean
  readonly onChoose: (file: File | undefined) => void
}

/** Takes one photo, scan or clip. On the phone the camera is offered. */
export function ProofField({ label, hint, error, optional, onChoose }: ProofFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <input
          {...control}
          type="file"
          name="file"
          accept="image/*,application/pdf,audio/*,video/mp4"
          onChange={(event) => onChoose(event.target.files?.[0])}
          className={cx(
            inputLook,
            'leading-(--control) file:me-3 file:rounded-sm file:border-0 file:bg-fill file:px-2 file:leading-6 file:text-ink',
          )}
        />
      )}
    </Field>
  )
}
