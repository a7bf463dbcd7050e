import type { Draft } from '../../lib/draft.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { minorUnits } from '../../lib/money.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { MoneyField } from '../../ui/money-field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { onboardingWords } from './words.ts'

const lengths = ['15', '20', '30', '45', '60', '75', '90', '120', '180', '240'] as const

/** A first service as it is typed. */
export type ServiceWish = { name: string; minutes: (typeof lengths)[number]; price: string }

/** An empty service of half an hour. */
export const serviceStart: ServiceWish = { name: '', minutes: '30', price: '' }

/** What `ServiceStep` is given. */
export type ServiceStepProps = { readonly draft: Draft<ServiceWish>; readonly currency: string; readonly onDone: () => void }

/** What can be booked: a name, a length, a price. Nothing is sent yet; the hours belong to it. */
export function ServiceStep({ draft, currency, onDone }: ServiceStepProps) {
  const t = useWords(onboardingWords)
  const formats = useFormats()
  const form = useForm<ServiceWish>({
    start: draft.values,
    check: ({ name, price }) => ({
      name: name.trim() === '' ? t('needed') : undefined,
      price: price.trim() === '' || minorUnits(price, currency) !== undefined ? undefined : t('service/priceWrong'),
    }),
    send: async () => onDone(),
  })
  const field = <Name extends keyof ServiceWish>(name: Name) => {
    const { onChange, ...rest } = form.field(name)
    return {
      ...rest,
      onChange: (value: ServiceWish[Name]) => {
        onChange(value)
        draft.set({ [name]: value })
      },
    }
  }
  return (
    <>
      <p className="-mt-5 text-ink-2">{t('service/intro')}</p>
      <Form form={form} label={t('service/title')}>
        <TextField label={t('service/name')} hint={t('service/nameHint')} maxLength={80} autoComplete="off" {...field('name')} />
        <Select
          label={t('service/length')}
          options={lengths.map((value) => ({ value, label: formats.durationInWords(Number(value)) }))}
          {...field('minutes')}
        />
        <MoneyField label={t('service/price')} hint={t('service/priceHint')} optional currency={currency} {...field('price')} />
        <FormProblem />
        <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
          {t('continue')}
        </Button>
      </Form>
    </>
  )
}
