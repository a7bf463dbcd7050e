import { useQuery } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { FieldNote } from '../../../ui/field.tsx'
import { Asked } from '../settings-pane.tsx'
import { kindsByNoun } from './kinds.ts'
import { webhookWords } from './words.ts'

/** Every kind of event there is. */
export const kindsQuery = {
  queryKey: ['webhooks', 'kinds'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => call('GET /event-kinds', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
} as const

export type KindsFieldProps = {
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  readonly error: string | undefined
}

/** Which events are sent, by what they are about. They are named as programs name them. */
export function KindsField({ value, onChange, error }: KindsFieldProps) {
  const t = useWords(webhookWords)
  const asked = useQuery(kindsQuery)
  return (
    <div className="grid gap-3">
      <FieldNote id="kinds-fault" error={error} />
      <Asked asked={asked}>
        {({ items }) =>
          kindsByNoun(items.map(({ type }) => type)).map(({ noun, kinds }) => {
            const all = kinds.every((kind) => value.includes(kind))
            const others = value.filter((kind) => !kinds.includes(kind))
            return (
              <fieldset key={noun} className="min-w-0 rounded-lg border border-line px-3 pt-1 pb-2">
                <legend className="sr-only">{noun}</legend>
                <div className="flex items-center justify-between">
                  <code aria-hidden="true" className="text-sm font-medium">
                    {noun}
                  </code>
                  <Button
                    size="sm"
                    variant="quiet"
                    aria-label={`${all ? t('none') : t('all')}: ${noun}`}
                    onClick={() => onChange(all ? others : [...others, ...kinds])}
                  >
                    {all ? t('none') : t('all')}
                  </Button>
                </div>
                {kinds.map((kind) => (
                  <Checkbox
                    key={kind}
                    label={<code className="text-xs wrap-anywhere">{kind}</code>}
                    value={value.includes(kind)}
                    onChange={(on) => onChange(on ? [...value, kind] : value.filter((one) => one !== kind))}
                  />
                ))}
              </fieldset>
            )
          })
        }
      </Asked>
    </div>
  )
}
