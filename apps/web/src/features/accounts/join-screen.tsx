import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { type Me, meQuery, useSignOut } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { AccountFields, accountFaults, accountStart, newAccount } from './account-fields.tsx'
import { useArrive } from './arrive.ts'
import { Entrance, linkLook } from './entrance.tsx'
import { usePasswordLeast } from './sign-up-policy.ts'
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

function NewMemberForm({ token, page }: { readonly token: string; readonly page: Page }) {
  const t = useWords(accountsWords)
  const least = usePasswordLeast()
  const { tag, zone } = useReader()
  const arrive = useArrive()
  const form = useForm({
    start: { ...accountStart, email: page.email ?? '' },
    draft: `join-${token.slice(0, 8)}`,
    secret: ['password'],
    check: (values) => accountFaults(values, least, t),
    beside: { 'accounts/password-too-weak': 'password', 'accounts/email-taken': 'email', 'accounts/age-not-confirmed': 'ageConfirmed' },
    send: async (values) => {
      const { me } = await call('POST /join/{token}', { params: { token }, body: newAccount(values, { locale: tag, zone }) })
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
        <AccountFields form={form} least={least} age={page.agePolicy === 'confirm_18'} />
        <WhatIsAccepted />
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
  const form = useForm({
    start: { ageConfirmed: false },
    beside: { 'accounts/age-not-confirmed': 'ageConfirmed' },
    send: async ({ ageConfirmed }) => {
      arrive(await call('POST /join/{token}/accept', { params: { token }, body: ageConfirmed ? { ageConfirmed } : {} }))
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
        {page.agePolicy === 'confirm_18' && <Checkbox label={t('signUp/age')} {...form.field('ageConfirmed')} />}
        <FormProblem />
        <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
          {t('join/accept', { name: me.user.name })}
        </Button>
      </Form>
    </Entrance>
  )
}
