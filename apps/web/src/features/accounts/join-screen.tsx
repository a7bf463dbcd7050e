import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { type Me, meQuery, useSignOut } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Form, FormProblem, type FormState, useForm } from '../../ui/form.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { AccountFields, type AccountValues, accountFaults, accountStart, newAccount } from './account-fields.tsx'
import {
  type AdmissionAsks,
  AdmissionFields,
  type AdmissionValues,
  admissionBeside,
  admissionFaults,
  admissionStart,
  transferSaid,
} from './admission-fields.tsx'
import { useArrive } from './arrive.ts'
import { Entrance, linkLook } from './entrance.tsx'
import { usePasswordLeast } from './sign-up-policy.ts'
import { useAcceptance } from './use-acceptance.ts'
import { WhatIsAccepted } from './what-is-accepted.tsx'
import { accountsWords } from './words.ts'

const route = getRouteApi('/join/$token')

type Page = Awaited<ReturnType<typeof call<'GET /join/{token}'>>>

/** Accepts an invitation, with a new account or the one that is signed in. */
export function JoinScreen() {
  const t = useWords(accountsWords)
  const explain = useExplain()
  const { token } = route.useParams()
  const page = useQuery({
    queryKey: ['me', 'join', token],
    queryFn: ({ signal }) => call('GET /join/{token}', { params: { token }, signal }),
  })
  const me = useQuery({ ...meQuery, retry: false })
  if (page.isError) {
    return (
      <Entrance title={t('join/title', { workspace: 'Frontdesk' })}>
        <Note tone="no" role="alert">
          {explain(page.error).message}
        </Note>
        <Link to="/sign-in" className={buttonLook({ wide: true })}>
          {t('signIn/do')}
        </Link>
      </Entrance>
    )
  }
  if (page.isPending || me.isPending) {
    return (
      <Entrance title={t('join/title', { workspace: '…' })}>
        <TextSkeleton lines={5} />
      </Entrance>
    )
  }
  return me.data ? <AcceptForm token={token} page={page.data} me={me.data} /> : <NewMemberForm token={token} page={page.data} />
}

function Intro({ page }: { readonly page: Page }) {
  const t = useWords(accountsWords)
  return (
    <>
      {page.invitedBy && `${t('join/by', { name: page.invitedBy })} `}
      {t('join/as', { role: t(`role/${page.role}`) })}
    </>
  )
}

function Until({ page }: { readonly page: Page }) {
  const t = useWords(accountsWords)
  const formats = useFormats()
  return <p>{t('join/until', { date: formats.dateTime(page.expiresAt) })}</p>
}

/** What an invitation asks; the country only for the sake of the transfer. */
const asksOf = ({ asks }: Page): AdmissionAsks => ({ age: asks.age, country: asks.transfer !== null, transfer: asks.transfer })

/** What was answered, as the API takes it. */
const saidOf = (asks: AdmissionAsks, values: AdmissionValues, locale: 'en' | 'es' | 'fr') => ({
  ...(asks.age ? { age: Number(values.age) } : {}),
  ...(asks.country ? { country: values.country } : {}),
  ...transferSaid(asks, values, locale),
})

function NewMemberForm({ token, page }: { readonly token: string; readonly page: Page }) {
  const t = useWords(accountsWords)
  const least = usePasswordLeast()
  const { tag, zone, locale } = useReader()
  const arrive = useArrive()
  const acceptance = useAcceptance()
  const asks = asksOf(page)
  const form: FormState<AccountValues & AdmissionValues> = useForm<AccountValues & AdmissionValues>({
    start: { ...accountStart, ...admissionStart, email: page.email ?? '' },
    draft: `join-${token.slice(0, 8)}`,
    secret: ['password', 'age'],
    check: (values) => ({ ...accountFaults(values, least, t), ...admissionFaults(values, asks, t) }),
    beside: { 'accounts/password-too-weak': 'password', 'accounts/email-taken': 'email', ...admissionBeside },
    onRefusal: acceptance.takeUp,
    send: async (values) => {
      const { me } = await call('POST /join/{token}', {
        params: { token },
        body: { ...newAccount(values, { locale: tag, zone }), ...saidOf(asks, values, locale), ...acceptance.said },
      })
      arrive(me)
    },
  })
  return (
    <Entrance
      title={t('join/title', { workspace: page.workspaceName })}
      intro={<Intro page={page} />}
      foot={
        <>
          <Link to="/sign-in" search={{ back: `/join/${token}` }} className={linkLook}>
            {t('join/signIn')}
          </Link>
          <Until page={page} />
        </>
      }
    >
      <Form form={form} label={t('join/title', { workspace: page.workspaceName })}>
        <AccountFields form={form} least={least} />
        <AdmissionFields form={form} asks={asks} countries={null} />
        <WhatIsAccepted acceptance={acceptance} />
        <FormProblem />
        <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
          {t('join/do')}
        </Button>
      </Form>
    </Entrance>
  )
}

function AcceptForm({ token, page, me }: { readonly token: string; readonly page: Page; readonly me: Me }) {
  const t = useWords(accountsWords)
  const arrive = useArrive()
  const signOut = useSignOut()
  const explain = useExplain()
  const [said, setSaid] = useState<string>()
  const { locale } = useReader()
  // Her account may have said it before; where that was for a lower limit, the refusal brings the question up.
  const [again, setAgain] = useState(false)
  const whole = asksOf(page)
  const asks = { ...whole, age: whole.age && (again || me.user.ageLimit === null) }
  const form: FormState<AdmissionValues> = useForm<AdmissionValues>({
    start: admissionStart,
    check: (values) => admissionFaults(values, asks, t),
    beside: admissionBeside,
    onRefusal: ({ slug }) => {
      if (slug === 'accounts/age-not-confirmed') setAgain(true)
      return false
    },
    send: async (values) => {
      arrive(await call('POST /join/{token}/accept', { params: { token }, body: saidOf(asks, values, locale) }))
    },
  })
  return (
    <Entrance
      title={t('join/title', { workspace: page.workspaceName })}
      intro={<Intro page={page} />}
      foot={
        <>
          <button
            type="button"
            className={`${linkLook} text-start`}
            onClick={() => void signOut().catch((error: unknown) => setSaid(explain(error).message))}
          >
            {t('join/other', { name: me.user.name })}
          </button>
          {said && <Note tone="no">{said}</Note>}
          <Until page={page} />
        </>
      }
    >
      <Form form={form} label={t('join/title', { workspace: page.workspaceName })}>
        <AdmissionFields form={form} asks={asks} countries={null} />
        <FormProblem />
        <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
          {t('join/accept', { name: me.user.name })}
        </Button>
      </Form>
    </Entrance>
  )
}
