import { useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import type { FormState } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { BookValues } from './book-form.ts'
import { bookingWords } from './booking-words.ts'
import { ContactPicker } from './contact-picker.tsx'

/** Somebody as she is filled in. */
export type WhoValues = Pick<BookValues, 'isNew' | 'contactId' | 'contactName' | 'name' | 'email' | 'phone'>

/** What this part needs of a form, whatever else that asks. */
export type WhoForm = {
  readonly values: WhoValues
  readonly set: (change: Partial<WhoValues>) => void
  readonly field: <Name extends 'contactId' | 'name' | 'email' | 'phone'>(
    name: Name,
  ) => Pick<ReturnType<FormState<WhoValues>['field']>, 'error'> & {
    readonly name: Name
    readonly value: string
    readonly onChange: (value: string) => void
  }
}

/** Who is booked: somebody known, or somebody new with an address or a number. */
export function BookWho({ form }: { readonly form: WhoForm }) {
  const t = useWords(bookingWords)
  const { values, set, field } = form
  if (!values.isNew) {
    return (
      <div className="grid gap-1.5">
        <ContactPicker
          value={values.contactId}
          chosenName={values.contactName}
          onChange={({ id, name }) => set({ contactId: id, contactName: name })}
          onNew={(typed) => set({ isNew: true, ...typedAs(typed) })}
          error={field('contactId').error}
        />
        <span>
          <Button size="sm" variant="quiet" icon="plus" onClick={() => set({ isNew: true })}>
            {t('newContact')}
          </Button>
        </span>
      </div>
    )
  }
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="sr-only">{t('newContact')}</legend>
      <TextField
        label={t('name')}
        autoComplete="off"
        maxLength={120}
        {...field('name')}
        aside={
          <button type="button" onClick={() => set({ isNew: false })} className="text-link underline underline-offset-2">
            {t('existingContact')}
          </button>
        }
      />
      <div className="grid gap-4 desk:grid-cols-2">
        <TextField label={t('email')} type="email" autoComplete="off" {...field('email')} />
        <TextField label={t('phone')} type="tel" autoComplete="off" {...field('phone')} />
      </div>
      <p className="-mt-2 text-xs text-ink-3">{t('eitherPoint')}</p>
    </fieldset>
  )
}

/** What was typed into the search goes into the field it looks like. */
function typedAs(typed: string): Partial<WhoValues> {
  if (typed.includes('@')) return { email: typed }
  return /^[+\d][\d\s().-]{4,}$/.test(typed) ? { phone: typed } : { name: typed }
}
