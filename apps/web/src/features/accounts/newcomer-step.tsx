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
import { AdmissionFields, type AdmissionValues, admissionFaults, admissionStart } from './admission-fields.tsx'
import { useArrive } from './arrive.ts'
import { Entrance } from './entrance.tsx'
import { WhatIsAccepted } from './what-is-accepted.tsx'
import { accountsWords } from './words.ts'

const names = { google: 'Google', facebook: 'Facebook' } as const

/** What `NewcomerStep` is given. */
export type NewcomerStepProps = {
  readonly elsewhere: keyof typeof names
  readonly back: string | undefined
  /** Undefined until the server said so. */
  readonly countries: readonly string[] | null | undefined
}

/** Somebody new came from another service: what everybody is asked stands between her and her account. */
export function NewcomerStep({ elsewhere, back, countries }: NewcomerStepProps) {
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
      ) : newcomer.data === undefined || countries === undefined ? (
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
          <NewcomerForm back={back} countries={countries} onRefused={setRefused} />
        </>
      )}
    </Entrance>
  )
}

type NewcomerFormProps = {
  readonly back: string | undefined
  readonly countries: readonly string[] | null
  readonly onRefused: (why: string) => void
}

function NewcomerForm({ back, countries, onRefused }: NewcomerFormProps) {
  const t = useWords(accountsWords)
  const { tag, zone } = useReader()
  const arrive = useArrive()
  const form: FormState<AdmissionValues> = useForm<AdmissionValues>({
    start: admissionStart,
    check: (values) => admissionFaults(values, t),
    onRefusal: ({ slug, message }) => {
      // The server forgot her by now: another answer would lead nowhere.
      if (!slug.startsWith('accounts/')) return false
      onRefused(message)
      return true
    },
    send: async ({ age, country }) => {
      const { me } = await call('POST /sign-up/elsewhere', { body: { age: Number(age), country, locale: tag, zone } })
      arrive(me, back)
    },
  })
  return (
    <Form form={form} label={t('signUp/title')}>
      <AdmissionFields form={form} countries={countries} />
      <WhatIsAccepted />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('signUp/do')}
      </Button>
    </Form>
  )
}
