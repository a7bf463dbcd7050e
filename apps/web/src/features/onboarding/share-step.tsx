import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useStatus } from '../../app/status.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { linkLook } from '../accounts/entrance.tsx'
import { policiesQuery } from '../privacy/policies/queries.ts'
import { OnboardingPage } from './onboarding-page.tsx'
import { PagePreview } from './page-preview.tsx'
import { hoursQuery, type Service } from './queries.ts'
import { onboardingWords } from './words.ts'

/** The link, ready to be shared. */
export function ShareStep({ service, onAnother }: { readonly service: Service; readonly onAnother: () => void }) {
  const t = useWords(onboardingWords)
  const workspace = useWorkspace()
  const status = useStatus()
  const { data: hours } = useSuspenseQuery(hoursQuery)
  const published = useQuery({ ...policiesQuery, retry: false }).data?.documents.every(({ current }) => current !== null)
  return (
    <OnboardingPage
      step="share"
      title={t('share/title')}
      intro={t('share/intro')}
      beside={
        <PagePreview
          business={workspace.name}
          service={service.name}
          minutes={service.durationMinutes}
          price={service.price ?? undefined}
          week={hours.weekly}
          brand={workspace.brandColour}
          zone={workspace.zone}
        />
      }
    >
      <CopyField
        label={t('share/link', { service: service.name })}
        link
        value={service.bookingUrl}
        shareTitle={t('share/book', { business: workspace.name })}
      />
      {status?.reachable === 'this_computer_only' && (
        <Note tone="wait" icon="globe">
          {t('share/local')}
        </Note>
      )}
      {status?.mail === 'outbox_only' && <Note icon="mail">{t('share/mail')}</Note>}
      {published && (
        <p className="text-sm text-ink-2">
          {t('share/policies')}{' '}
          <Link to="/w/$workspace/privacy/policies" params={{ workspace: workspace.slug }} className={linkLook}>
            {t('share/read')}
          </Link>
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Link to="/w/$workspace" params={{ workspace: workspace.slug }} className={buttonLook({ size: 'lg' })}>
          {t('share/desk')}
        </Link>
        <Button variant="quiet" size="lg" icon="plus" onClick={onAnother}>
          {t('share/another')}
        </Button>
      </div>
    </OnboardingPage>
  )
}
