import { useReader } from '../lib/i18n.tsx'
import type { FieldProps } from './field.tsx'
import { TextField } from './text-field.tsx'

/** What `MoneyField` is given. */
export type MoneyFieldProps = FieldProps<string> & { readonly currency: string; readonly placeholder?: string }

/** An amount as it is typed; `minorUnits` of lib/money.ts reads it. The currency's sign stands before it in every language, because the box is for the number. */
export function MoneyField({ currency, ...rest }: MoneyFieldProps) {
  const { tag } = useReader()
  const parts = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0)
  const sign = parts.find((part) => part.type === 'currency')?.value ?? currency
  return (
    <TextField
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      before={sign}
      after={sign === currency ? undefined : currency}
      maxLength={20}
    />
  )
}
