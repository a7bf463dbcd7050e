import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { PasswordField } from '../../../ui/password-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { departForCalendar, isProvider } from './depart.ts'
import { type CalendarLink, calendarProvidersQuery } from './queries.ts'
import { calendarsWords } from './words.ts'

export type CalendarSheetProps = {
  readonly staffId: string
  /** The one that is changed; left out: a new one. */
  readonly calendar?: CalendarLink
  readonly onClose: () => void
}

type Values = {
  readonly how: 'address' | 'account' | 'google' | 'microsoft'
  readonly name: string
  readonly address: string
  readonly username: string
  readonly password: string
  readonly writes: boolean
  readonly choice: string
  readonly ifFailing: CalendarLink['ifFailing']
}

const going = { address: 'connect', account: 'connect', google: 'goToGoogle', microsoft: 'goToMicrosoft' } as const

/** Connects a calendar elsewhere, or changes what is settled about it. No draft: address and password are secrets. */
export function CalendarSheet({ staffId, calendar, onClose }: CalendarSheetProps) {
  const t = useWords(calendarsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const chosen = calendar?.choices.find((one) => one.chosen)?.id ?? ''
  const form = useForm<Values>({
    start: {
      how: 'address',
      name: calendar?.name ?? '',
      address: '',
      username: '',
      password: '',
      writes: calendar?.writes ?? true,
      choice: chosen,
      ifFailing: calendar?.ifFailing ?? 'block',
    },
    check: ({ how, name, address, username, password }) => ({
      name: name.trim() === '' ? t('nameNeeded') : undefined,
      address: !calendar && !isProvider(how) && address.trim() === '' ? t('addressNeeded') : undefined,
      password: !calendar && how === 'account' && (username.trim() === '' || password === '') ? t('accountNeeded') : undefined,
    }),
    beside: { 'scheduling/calendar-refused': 'address' },
    send: async (values, key) => {
      if (calendar) await change(calendar, values, chosen)
      else if (isProvider(values.how)) await departForCalendar(staffId, departureOf(values, values.how))
      else await connect(staffId, values, key)
      notices.show({ tone: 'ok', text: t(calendar ? 'changed' : 'connected') })
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      onClose()
    },
  })
  const title = calendar ? t('change') : t('add')
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {t(calendar ? 'save' : going[form.values.how])}
        </Button>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextField label={t('name')} hint={t('nameHint')} maxLength={80} autoComplete="off" autoFocus {...form.field('name')} />
        {!calendar && <WhereFields form={form} />}
        {calendar && calendar.choices.length > 1 && (
          <Select
            label={t('which')}
            hint={t('whichHint')}
            {...form.field('choice')}
            options={calendar.choices.map(({ id: value, name: label }) => ({ value, label }))}
          />
        )}
        {(calendar ? calendar.kind !== 'ics' : form.values.how !== 'address') && (
          <Switch label={t('writes')} hint={t('writesHint')} {...form.field('writes')} />
        )}
        <Select
          label={t('ifFailing')}
          hint={t('ifFailingHint')}
          {...form.field('ifFailing')}
          options={[
            { value: 'block', label: t('ifFailing/block') },
            { value: 'warn', label: t('ifFailing/warn') },
          ]}
        />
        <FormProblem />
      </Form>
    </Sheet>
  )
}

const departureOf = ({ name, ifFailing, writes }: Values, provider: 'google' | 'microsoft') => ({
  provider,
  name: name.trim(),
  ifFailing,
  writes,
})

async function connect(staffId: string, { how, name, address, ifFailing, username, password, writes }: Values, key: string): Promise<void> {
  const account = how === 'account' ? { account: { username: username.trim(), password, writes } } : {}
  const body = { name: name.trim(), address: address.trim(), ifFailing, ...account }
  await call('POST /staff/{staffId}/calendars', { params: { staffId }, body, idempotencyKey: key })
}

async function change(calendar: CalendarLink, { name, ifFailing, writes, choice }: Values, chosen: string): Promise<void> {
  const body = {
    name: name.trim(),
    ifFailing,
    ...(calendar.kind === 'ics' ? {} : { writes }),
    ...(choice === chosen ? {} : { choice }),
  }
  await call('PATCH /calendars/{calendarId}', { params: { calendarId: calendar.id }, body, version: calendar.version })
}

/** Where the calendar is, and how it is opened. */
function WhereFields({ form }: { readonly form: ReturnType<typeof useForm<Values>> }) {
  const t = useWords(calendarsWords)
  const { how } = form.values
  const account = how === 'account'
  const providers = useQuery(calendarProvidersQuery).data?.items ?? []
  return (
    <>
      <Select
        label={t('how')}
        {...form.field('how')}
        options={[
          { value: 'address', label: t('how/address') },
          { value: 'account', label: t('how/account') },
          ...providers.map((value) => ({ value, label: t(`how/${value}`) })),
        ]}
        {...(isProvider(how) ? { hint: t('providerHint') } : {})}
      />
      {!isProvider(how) && (
        <TextField
          label={account ? t('server') : t('address')}
          hint={account ? t('serverHint') : t('addressHint')}
          type="url"
          maxLength={2000}
          autoComplete="off"
          {...form.field('address')}
        />
      )}
      {account && (
        <>
          <TextField label={t('username')} maxLength={200} autoComplete="off" {...form.field('username')} />
          <PasswordField label={t('password')} hint={t('passwordHint')} autoComplete="new-password" {...form.field('password')} />
        </>
      )}
    </>
  )
}
