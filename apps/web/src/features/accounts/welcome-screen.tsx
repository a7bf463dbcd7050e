import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useMe, useSignOut } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { PagePreview } from '../onboarding/page-preview.tsx'
import { useArrive } from './arrive.ts'
import { isBlank } from './checks.ts'
import { Entrance } from './entrance.tsx'
import { RegionFields, useRegion } from './region-fields.tsx'
import { accountsWords } from './words.ts'

/** Another workspace, or the first one of somebody who signed up. */
export function WelcomeScreen() {
  const t = useWords(accountsWords)
  const me = useMe()
  const [business, setBusiness] = useState('')
  if (me.user.deactivatedAt !== null) return <Resting since={me.user.deactivatedAt} />
  if (!me.mayCreateWorkspace) {
    return (
      <Entrance title={t('welcome/title')}>
        <Note icon="info">{t('welcome/none')}</Note>
      </Entrance>
    )
  }
  return (
    <Entrance title={t('welcome/title')} intro={t('welcome/intro')} beside={<PagePreview business={business} />}>
      <WorkspaceForm onBusiness={setBusiness} />
    </Entrance>
  )
}

/** The account rests: it is taken back here, or left as it is. */
function Resting({ since }: { readonly since: string }) {
  const t = useWords(accountsWords)
  const formats = useFormats()
  const explain = useExplain()
  const arrive = useArrive()
  const signOut = useSignOut()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string>()
  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setSaid(undefined)
    await work().catch((error: unknown) => setSaid(explain(error).message))
    setBusy(false)
  }
  const wake = () =>
    attempt(async () => {
      await call('DELETE /me/deactivation')
      arrive(await call('GET /me'))
    })
  return (
    <Entrance title={t('rest/title')} intro={t('rest/text', { date: formats.date(since) })}>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      <Button variant="solid" size="lg" wide busy={busy} onClick={() => void wake()}>
        {t('rest/wake')}
      </Button>
      <Button size="lg" wide onClick={() => void attempt(signOut)}>
        {t('rest/leave')}
      </Button>
    </Entrance>
  )
}

function WorkspaceForm({ onBusiness }: { readonly onBusiness: (name: string) => void }) {
  const t = useWords(accountsWords)
  const arrive = useArrive()
  const region = useRegion()
  const me = useMe()
  const form = useForm({
    start: { name: '', ...region },
    draft: 'workspace',
    check: ({ name }) => ({ name: isBlank(name) ? t('needed') : undefined }),
    send: async (body) => {
      const after = await call('POST /workspaces', { body })
      const known = new Set(me.workspaces.map(({ id }) => id))
      const made = after.workspaces.find(({ id, test }) => !known.has(id) && !test)
      arrive(after, made && `/w/${made.slug}/welcome`)
    },
  })
  const name = form.field('name')
  return (
    <Form form={form} label={t('welcome/title')}>
      <TextField
        label={t('business')}
        hint={t('businessHint')}
        autoComplete="organization"
        maxLength={120}
        {...name}
        onChange={(value) => {
          name.onChange(value)
          onBusiness(value)
        }}
      />
      <RegionFields value={form.values} onChange={form.set} />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('welcome/do')}
      </Button>
    </Form>
  )
}
