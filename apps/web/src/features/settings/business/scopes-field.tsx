import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { FieldNote } from '../../../ui/field.tsx'
import { accessWords } from './access-words.ts'
import type { Scope } from './queries.ts'
import { ScopeName } from './scope-name.tsx'
import { scopesByRoom } from './scope-rooms.ts'

export type ScopesFieldProps = {
  readonly scopes: readonly Scope[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  readonly error: string | undefined
}

/** What a key may do, room by room. */
export function ScopesField({ scopes, value, onChange, error }: ScopesFieldProps) {
  const t = useWords(accessWords)
  return (
    <div className="grid gap-3">
      <h3 className="text-sm font-medium">{t('keyScopes')}</h3>
      <FieldNote id="scopes-fault" error={error} />
      {scopesByRoom(scopes).map(({ room, scopes: names }) => {
        const all = names.every((name) => value.includes(name))
        const others = value.filter((name) => !names.includes(name))
        return (
          <fieldset key={room} className="min-w-0 rounded-lg border border-line px-3 pt-1 pb-2">
            <legend className="sr-only">{t(`room/${room}`)}</legend>
            <div className="flex items-center justify-between">
              <span aria-hidden="true" className="text-sm font-medium">
                {t(`room/${room}`)}
              </span>
              <Button
                size="sm"
                variant="quiet"
                aria-label={`${all ? t('keyNone') : t('keyAll')}: ${t(`room/${room}`)}`}
                onClick={() => onChange(all ? others : [...others, ...names])}
              >
                {all ? t('keyNone') : t('keyAll')}
              </Button>
            </div>
            {names.map((name) => (
              <Checkbox
                key={name}
                label={<ScopeName name={name} />}
                value={value.includes(name)}
                onChange={(on) => onChange(on ? [...value, name] : value.filter((one) => one !== name))}
              />
            ))}
          </fieldset>
        )
      })}
    </div>
  )
}
