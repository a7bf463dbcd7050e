import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Form, FormProblem, type FormState, useForm } from '../../ui/form.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { AdmissionFields, type AdmissionValues, admissionFaults, admissionStart, transferSaid } from './admission-fields.tsx'
import { useArrive } from './arrive.ts'
import { Entrance } from './entrance.tsx'
import type { SignUpPolicy } from './sign-up-policy.ts'
import { useAcceptance } from './use-acceptance.ts'
import { WhatIsAccepted } from './what-is-accepted.tsx'
import { accountsWords } from './words.ts'

const names = { google: 'Google', facebook: 'Facebook' } as const

/** What `NewcomerStep` is given. */
export type NewcomerStepProps = {
  readonly elsewhere: keyof typeof names
  readonly back: string | undefined
  /** Undefined until the server said so. */
  readonly policy: SignUpPolicy | undefined
}

/** Somebody new came from another service: what everybody is asked stands between her and her account. */
export function NewcomerStep({ elsewhere, back, policy }: NewcomerStepProps) {
  const t = useWords(accountsWords)
  const explain = useExplain()
  const [refused, setRefused] = useState<string>()
  const newcomer = useQuery({
    queryKey: ['me', 'newcomer', elsewhere],
    queryFn: ({ signal }) => call('GET /sign-up/elsewhere', { signal }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const over = refused ?? (newcomer.isError ? explain(newcomer.error).message : undefined)
  return (
    <Entrance title={t('signUp/title')}>
      {over !== undefined ? (
        <>
          <Note tone="no" role="alert">
            {over} {refused !== undefined && t('newcomer/refused', { provider: names[elsewhere] })}
          </Note>
          <Link to="/sign-in" className={buttonLook({ wide: true })}>
            {t('signIn/do')}
          </Link>
        </>
      ) : newcomer.data === undefined || policy === undefined ? (
        <TextSkeleton lines={5} />
      ) : (
        <>
          <p className="wrap-anywhere">
            {t('newcomer/from', {
              provider: names[elsewhere],
              name: newcomer.data.name || newcomer.data.email,
              email: newcomer.data.email,
            })}
          </p>
          <p className="text-ink-2">{t('newcomer/asked')}</p>
          <NewcomerForm back={back} policy={policy} onRefused={setRefused} />
        </>
      )}
    </Entrance>
  )
}

type NewcomerFormProps = {
  readonly back: string | undefined
  readonly policy: SignUpPolicy
  readonly onRefused: (why: string) => void
}

function NewcomerForm({ back, policy, onRefused }: NewcomerFormProps) {
  const t = useWords(accountsWords)
  const { tag, zone, locale } = useReader()
  const asks = { age: true, country: true, transfer: policy.transfer }
  const arrive = useArrive()
  const acceptance = useAcceptance()
  const form: FormState<AdmissionValues> = useForm<AdmissionValues>({
    start: admissionStart,
    check: (values) => admissionFaults(values, asks, t),
    onRefusal: ({ slug, message }) => {
      if (acceptance.takeUp({ slug })) return true
      // The server forgot her by now: another answer would lead nowhere.
      if (!slug.startsWith('accounts/')) return false
      onRefused(message)
      return true
    },
    send: async (values) => {
      const said = { age: Number(values.age), country: values.country, ...transferSaid(asks, values, locale) }
      const { me } = await call('POST /sign-up/elsewhere', { body: { ...said, ...acceptance.said, locale: tag, zone } })
      arrive(me, back)
    },
  })
  return (
    <Form form={form} label={t('signUp/title')}>
      <AdmissionFields form={form} asks={asks} countries={policy.countries} />
      <WhatIsAccepted acceptance={acceptance} />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('signUp/do')}
      </Button>
    </Form>
  )
}
