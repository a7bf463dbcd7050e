import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button, buttonLook } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { useSignUpPolicy } from '../../accounts/sign-up-policy.ts'
import { ConfirmItIsYou } from '../confirm-it-is-you.tsx'
import type { MethodProps } from './method-props.ts'
import { methodsQuery, type Provider } from './queries.ts'
import { useAct } from './use-act.ts'
import { youWords } from './words.ts'

const route = getRouteApi('/w/$workspace/settings/security')
const brands: Readonly<Record<Provider, string>> = { google: 'Google', facebook: 'Facebook' }

/** Where connecting begins; it comes back to this page, which then knows what was being connected. */
const departure = (provider: Provider, workspace: string): string =>
  `/auth/${provider}?intent=link&back=${encodeURIComponent(`/w/${workspace}/settings/security?connect=${provider}`)}`

/** Other services that one signs in with, where the operator set them up. */
export function ProviderSection({ methods, confirmed }: MethodProps) {
  const t = useWords(youWords)
  const { slug } = useWorkspace()
  const offered = useSignUpPolicy()?.providers ?? []
  const linked = methods.providers.map(({ provider }) => provider)
  const all = [...new Set([...linked, ...offered])]
  if (all.length === 0) return null
  return (
    <Section title={t('providerTitle')} intro={t('providerIntro')}>
      <Return linked={linked} />
      <ul className="grid divide-y divide-line" aria-label={t('providerTitle')}>
        {all.map((provider) => {
          const link = methods.providers.find((one) => one.provider === provider)
          return link ? (
            <Linked key={provider} link={link} confirmed={confirmed} />
          ) : (
            <li key={provider} className="flex items-center gap-3 py-2 text-sm">
              <Icon name="link" className="text-ink-3" />
              <span className="min-w-0 flex-1 font-medium">{brands[provider]}</span>
              <a href={departure(provider, slug)} className={buttonLook()}>
                {t('providerConnect', { provider: brands[provider] })}
              </a>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

/** What came of connecting, once the other service sent her back. Where the server first wants to know who is there, it is asked and begun again. */
function Return({ linked }: { readonly linked: readonly Provider[] }) {
  const t = useWords(youWords)
  const { slug } = useWorkspace()
  const { connect, problem } = route.useSearch()
  const [turnedAway, setTurnedAway] = useState(false)
  if (!connect) return null
  const provider = brands[connect]
  if (problem === 'accounts/reauthentication-required') {
    if (turnedAway) return null
    return <ConfirmItIsYou onDone={() => location.assign(departure(connect, slug))} onCancel={() => setTurnedAway(true)} />
  }
  if (problem) {
    return (
      <Note tone="no" role="alert">
        {t(problem === 'http/conflict' ? 'providerTaken' : 'providerFailed', { provider })}
      </Note>
    )
  }
  return linked.includes(connect) ? (
    <Note tone="ok" role="status">
      {t('providerDone', { provider })}
    </Note>
  ) : null
}

type LinkedProps = Pick<MethodProps, 'confirmed'> & { readonly link: MethodProps['methods']['providers'][number] }

function Linked({ link, confirmed }: LinkedProps) {
  const t = useWords(youWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const { act, busy, said } = useAct()
  const provider = brands[link.provider]
  const remove = () =>
    act(async () => {
      await confirmed(() => call('DELETE /identities/{provider}', { params: { provider: link.provider } }))
      await queries.invalidateQueries(methodsQuery)
      notices.show({ tone: 'ok', text: t('providerRemoved', { provider }) })
    })
  return (
    <li className="grid gap-2 py-2">
      <div className="flex items-center gap-3 text-sm">
        <Icon name="link" className="text-ink-3" />
        <div className="min-w-0 flex-1">
          <div className="font-medium">{provider}</div>
          <div className="text-xs text-ink-3 wrap-anywhere">
            {link.email && `${link.email} · `}
            {t('providerSince', { date: formats.date(link.linkedAt) })}
            {link.lastUsedAt && ` · ${t('providerUsed', { date: formats.date(link.lastUsedAt) })}`}
          </div>
          <div className="text-xs text-ink-3 wrap-anywhere">{t('providerScopes', { scopes: link.scopes.join(', ') })} </div>
        </div>
        <Button busy={busy} aria-label={t('providerRemoveLong', { provider })} onClick={() => void remove()}>
          {t('providerRemove')}
        </Button>
      </div>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
    </li>
  )
}
