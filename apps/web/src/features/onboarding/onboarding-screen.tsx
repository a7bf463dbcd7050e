import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useDraft } from '../../lib/draft.ts'
import { useWords } from '../../lib/i18n.tsx'
import { minorUnits } from '../../lib/money.ts'
import { useWorkspace } from '../../lib/session.ts'
import { HoursStep } from './hours-step.tsx'
import { OnboardingPage } from './onboarding-page.tsx'
import { PagePreview } from './page-preview.tsx'
import { firstServiceQuery, hoursQuery } from './queries.ts'
import { ServiceStep, type ServiceWish, serviceStart } from './service-step.tsx'
import { ShareStep } from './share-step.tsx'
import { type OpenBlock, sameWeek } from './week.ts'
import { onboardingWords } from './words.ts'

const route = getRouteApi('/w/$workspace/welcome')

/** From an empty workspace to a link that customers can book with: a service, the hours, the link. */
export function OnboardingScreen() {
  const t = useWords(onboardingWords)
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const { step } = route.useSearch()
  const { data: known } = useSuspenseQuery(firstServiceQuery)
  const { data: hours } = useSuspenseQuery(hoursQuery)
  const draft = useDraft<ServiceWish>(`onboarding-${workspace.id}`, serviceStart)
  const [week, setWeek] = useState<readonly OpenBlock[]>(hours.weekly)
  const made = useQuery({ ...firstServiceQuery, enabled: false }).data

  const go = (next: 'service' | 'hours' | 'share') =>
    navigate({ to: '/w/$workspace/welcome', params: { workspace: workspace.slug }, search: { step: next } })
  const now = step ?? (known ? 'share' : 'service')

  /** Hours first: a service without them could be booked at the wrong times for a moment. */
  const finish = async (key: string) => {
    if (!sameWeek(week, hours.weekly)) {
      const { exceptions, holidaySet, version } = hours
      await call('PUT /opening-hours', {
        body: {
          weekly: [...week],
          exceptions: exceptions.map(({ label, ...day }) => (label === null ? day : { ...day, label })),
          holidaySet,
        },
        version,
      })
    }
    const minor = draft.values.price.trim() === '' ? undefined : minorUnits(draft.values.price, workspace.currency)
    await call('POST /services', {
      body: {
        name: draft.values.name.trim(),
        durationMinutes: Number(draft.values.minutes),
        price: minor === undefined ? null : { minor, currency: workspace.currency },
      },
      idempotencyKey: key,
    })
    await publishNotices(workspace.role)
  }

  if (now === 'share' && (made ?? known)) {
    const service = made ?? known
    if (service) return <ShareStep service={service} onAnother={() => void go('service')} />
  }
  const minor = minorUnits(draft.values.price, workspace.currency)
  return (
    <OnboardingPage
      step={now === 'hours' ? 'hours' : 'service'}
      title={t(now === 'hours' ? 'hours/title' : 'service/title')}
      beside={
        <PagePreview
          business={workspace.name}
          service={draft.values.name}
          minutes={Number(draft.values.minutes)}
          price={minor === undefined ? undefined : { minor, currency: workspace.currency }}
          week={week}
          brand={workspace.brandColour}
          zone={workspace.zone}
        />
      }
    >
      {now === 'hours' ? (
        <HoursStep
          week={week}
          onChange={setWeek}
          onBack={() => void go('service')}
          onFinish={finish}
          onDone={() => {
            draft.clear()
            void go('share')
          }}
        />
      ) : (
        <ServiceStep draft={draft} currency={workspace.currency} onDone={() => void go('hours')} />
      )}
    </OnboardingPage>
  )
}

/** With the booking page the notices of the business are public as well. Where that fails the link is ready all the same, and the documents say what is missing. */
async function publishNotices(role: string): Promise<void> {
  if (role !== 'owner' && role !== 'privacy_officer') return
  await call('POST /policies/first-versions').catch(() => undefined)
}
