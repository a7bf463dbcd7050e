import { useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { placesWrong, type Served, speechWrong } from './serves.ts'
import { leadsWords } from './words.ts'

export type ServesFieldsProps = {
  readonly name: string
  /** Whether what is wrong is said: once it was sent. */
  readonly checked: boolean
  readonly served: Served
  readonly onChange: (served: Served) => void
}

/** Whom somebody who takes turns is given first: folded away until it is wanted, open where something is said. */
export function ServesFields({ name, served, checked, onChange }: ServesFieldsProps) {
  const t = useWords(leadsWords)
  const [open, setOpen] = useState(served.regions + served.languages + served.tags !== '')
  const faults = { regions: checked && placesWrong(served), languages: checked && speechWrong(served) }
  const field = (key: 'regions' | 'languages' | 'tags') => ({
    value: served[key],
    onChange: (value: string) => onChange({ ...served, [key]: value }),
    optional: true,
    maxLength: 1000,
  })
  return (
    <details
      className="ms-7 text-sm"
      open={open || faults.regions || faults.languages}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="cursor-pointer text-ink-2">{t('serves', { name })}</summary>
      <div className="mt-2 grid gap-3 rounded-md border border-line p-3">
        <p className="text-xs text-ink-2">{t('servesIntro')}</p>
        <TextField
          label={t('regions')}
          hint={t('regionsHint')}
          error={faults.regions ? t('regionsWrong') : undefined}
          autoCapitalize="characters"
          spellCheck={false}
          {...field('regions')}
        />
        <TextField
          label={t('languages')}
          hint={t('languagesHint')}
          error={faults.languages ? t('languagesWrong') : undefined}
          autoCapitalize="none"
          spellCheck={false}
          {...field('languages')}
        />
        <TextField label={t('tagsServed')} hint={t('tagsServedHint')} {...field('tags')} />
      </div>
    </details>
  )
}
