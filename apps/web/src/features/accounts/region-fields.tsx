import { formats, zoneCity } from '@frontdesk/i18n'
import { lazy, Suspense, useState } from 'react'
import { tagFor } from '../../app/languages.ts'
import { useMinute } from '../../lib/clock.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { linkLook } from './entrance.tsx'
import { guessRegion } from './region.ts'
import { accountsWords } from './words.ts'

const RegionEditor = lazy(() => import('./region-editor.tsx').then((file) => ({ default: file.RegionEditor })))

/** Where a business works: its clock, its money, the language of its customers. */
export type BusinessRegion = { readonly zone: string; readonly locale: string; readonly currency: string; readonly country: string }

/** What `RegionFields` is given. */
export type RegionFieldsProps = { readonly value: BusinessRegion; readonly onChange: (change: Partial<BusinessRegion>) => void }

/** A first guess from the browser. */
export function useRegion(): BusinessRegion {
  const { zone, locale } = useReader()
  const [region] = useState(() => ({ zone, locale: tagFor(locale, navigator.languages), ...guessRegion(navigator.languages, zone) }))
  return region
}

/** The guess in one line, and the fields behind "Change": nobody has to fill in what a browser knows. */
export function RegionFields({ value, onChange }: RegionFieldsProps) {
  const t = useWords(accountsWords)
  const { tag } = useReader()
  const now = useMinute()
  const [open, setOpen] = useState(false)
  if (open) {
    return (
      <Suspense fallback={<TextSkeleton lines={3} />}>
        <RegionEditor value={value} onChange={onChange} />
      </Suspense>
    )
  }
  const zone = formats(tag, value.zone).zoneName(now)
  return (
    <p className="text-sm text-ink-2">
      {t('setup/guess', { zone: `${zone} (${zoneCity(value.zone)})`, currency: value.currency })}{' '}
      <button type="button" className={linkLook} onClick={() => setOpen(true)}>
        {t('setup/change')}
      </button>
    </p>
  )
}
