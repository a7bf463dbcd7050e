import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useStatus } from '../../../app/status.ts'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { looksLikeSlug } from './business-form.ts'
import { businessWords } from './words.ts'

export type SlugFieldProps = {
  readonly name: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
  /** The address it has now. */
  readonly present: string
}

/** How long nothing is typed before the server is asked. */
const SETTLED_MS = 350

/** The public address of the business. Says while one types whether it is free. */
export function SlugField({ name, value, onChange, error, present }: SlugFieldProps) {
  const t = useWords(businessWords)
  const origin = useStatus()?.publicUrl ?? location.origin
  const wanted = useSettled(value)
  const asked = useQuery({
    queryKey: ['workspace', 'slug', wanted],
    queryFn: ({ signal }) => call('GET /workspace/slugs/{slug}', { params: { slug: wanted }, signal }),
    enabled: wanted !== present && looksLikeSlug(wanted),
  })
  const known = wanted === value ? asked.data : undefined
  const address = `${origin}/b/${value}`
  const wrong = value !== '' && !looksLikeSlug(value) ? t('slugWrong') : known?.available === false ? t('slugTaken') : undefined
  return (
    <TextField
      label={t('slug')}
      name={name}
      value={value}
      onChange={(text) => onChange(text.toLowerCase().replace(/\s+/g, '-'))}
      error={error ?? wrong}
      hint={known?.available && value !== present ? t('slugFree', { address }) : t('slugHint', { address })}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      maxLength={60}
    />
  )
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
