import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { PagePreview } from '../onboarding/page-preview.tsx'
import { useArrive } from './arrive.ts'
import { isBlank, lengthOf, looksLikeEmail } from './checks.ts'
import { Entrance } from './entrance.tsx'
import { RegionFields, useRegion } from './region-fields.tsx'
import { usePasswordLeast } from './sign-up-policy.ts'
import { accountsWords } from './words.ts'

const route = getRouteApi('/setup/$token')

/** The first minute of a server: whoever holds the link becomes its owner. */
export function SetupScreen() {
  const t = useWords(accountsWords)
  const { token } = route.useParams()
  const link = useQuery({
    queryKey: ['me', 'setup', token],
    queryFn: ({ signal }) => call('GET /setup/{token}', { params: { token }, signal }),
    staleTime: Infinity,
  })
  const [business, setBusiness] = useState('')
  if (link.isPending) {
    return (
      <Entrance title={t('setup/title')}>
        <TextSkeleton lines={5} />
      </Entrance>
    )
  }
  if (link.data && !link.data.valid) {
    return (
      <Entrance title={t('setup/title')}>
        <Note tone="wait" icon="info">
          {t('setup/used')}
        </Note>
        <Link to="/sign-in" className={buttonLook({ variant: 'solid', wide: true })}>
          {t('signIn/do')}
        </Link>
      </Entrance>
    )
  }
  return (
    <Entrance title={t('setup/title')} intro={t('setup/intro')} beside={<PagePreview business={business} />}>
      <OwnerForm token={token} onBusiness={setBusiness} />
    </Entrance>
  )
}

function OwnerForm({ token, onBusiness }: { readonly token: string; readonly onBusiness: (name: string) => void }) {
  const t = useWords(accountsWords)
  const arrive = useArrive()
  const least = usePasswordLeast()
  const region = useRegion()
  const form = useForm({
    start: { name: '', email: '', password: '', businessName: '', ...region },
    draft: 'setup',
    secret: ['password'],
    check: ({ name, email, password, businessName }) => ({
      businessName: isBlank(businessName) ? t('needed') : undefined,
      name: isBlank(name) ? t('needed') : undefined,
      email: looksLikeEmail(email) ? undefined : t('emailWrong'),
      password: lengthOf(password) >= least ? undefined : t('passwordShort', { count: least }),
    }),
    beside: { 'accounts/password-too-weak': 'password', 'accounts/email-taken': 'email' },
    send: async (body) => {
      const { me } = await call('POST /setup/{token}', { params: { token }, body })
      const workspace = me.workspaces[0]
      arrive(me, workspace && `/w/${workspace.slug}/welcome`)
    },
  })
  const business = form.field('businessName')
  return (
    <Form form={form} label={t('setup/title')}>
      <TextField
        label={t('business')}
        hint={t('businessHint')}
        autoComplete="organization"
        maxLength={120}
        {...business}
        onChange={(value) => {
          business.onChange(value)
          onBusiness(value)
        }}
      />
      <TextField label={t('name')} autoComplete="name" maxLength={120} {...form.field('name')} />
      <TextField label={t('email')} type="email" autoComplete="username" autoCapitalize="off" spellCheck={false} {...form.field('email')} />
      <PasswordField
        label={t('password')}
        hint={t('passwordHint', { count: least })}
        autoComplete="new-password"
        {...form.field('password')}
      />
      <RegionFields value={form.values} onChange={form.set} />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('setup/do')}
      </Button>
    </Form>
  )
}
