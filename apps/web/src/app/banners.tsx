import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { lookAgain, useConnection } from '../lib/connection.ts'
import { useFormats, useWords } from '../lib/i18n.tsx'
import { useWorkspace } from '../lib/session.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, buttonLook } from '../ui/button.tsx'
import type { IconName } from '../ui/icon.tsx'
import { bannerWords } from './banner-words.ts'
import type { HowTopic } from './how-dialog.tsx'
import { useUpdate } from './install.ts'
import { useStatus } from './status.ts'
import { shellWords } from './words.ts'

const HowDialog = lazy(() => import('./how-dialog.tsx').then((file) => ({ default: file.HowDialog })))

const PolicyNews = lazy(() => import('../features/privacy/policies/policy-news.tsx').then((file) => ({ default: file.PolicyNews })))

/** Everything that stands above a room. It is loaded after the room, because nothing stands there before the server has been asked. */
export function Banners() {
  return (
    <>
      <OfflineBar />
      <UpdateBar />
      <StandingBanners />
      <Suspense>
        <PolicyNews />
      </Suspense>
    </>
  )
}

/** Shown while the server does not answer. What is typed stays in drafts. */
export function OfflineBar() {
  const t = useWords(bannerWords)
  const shell = useWords(shellWords)
  if (useConnection() === 'up') return null
  return (
    <Banner
      icon="offline"
      action={
        <Button size="sm" onClick={() => void lookAgain()}>
          {shell('tryNow')}
        </Button>
      }
    >
      <b>{t('offlineTitle')}</b> {t('offlineText')}
    </Banner>
  )
}

/** Shown when a newer version waits. Drafts survive the reload. */
function UpdateBar() {
  const t = useWords(bannerWords)
  const shell = useWords(shellWords)
  const update = useUpdate()
  if (!update) return null
  return (
    <Banner
      tone="neutral"
      icon="refresh"
      action={
        <Button size="sm" onClick={update}>
          {shell('reload')}
        </Button>
      }
    >
      {t('newVersion')}
    </Banner>
  )
}

type Standing = {
  readonly icon: IconName
  readonly title: string
  readonly text: string
  readonly how?: HowTopic
  /** A screen that shows more. */
  readonly look?: '/w/$workspace/settings/webhooks'
}

/** What stands between this business and its customers, the gravest first. A demo has nobody to write to and nothing to lose. */
function useStanding(): readonly Standing[] {
  const t = useWords(bannerWords)
  const { closesAt, rests, role, test } = useWorkspace()
  const status = useStatus()
  const formats = useFormats()
  const list: Standing[] = []
  if (closesAt) {
    const date = formats.date(closesAt)
    list.push(
      rests
        ? { icon: 'pause', title: t('restingTitle'), text: t('resting', { date }) }
        : { icon: 'alert', title: t('closingTitle'), text: t('closing', { date }) },
    )
  }
  if (!status || status.demo) return list
  if (status.mail === 'outbox_only' && !test) list.push({ icon: 'mail', title: t('mailTitle'), text: t('mailText'), how: 'mail' })
  if (status.reachable === 'this_computer_only') {
    list.push({ icon: 'globe', title: t('addressTitle'), text: t('addressText', { address: status.publicUrl }), how: 'address' })
  }
  if (!status.keysCopyConfirmed && (role === 'owner' || role === 'admin')) {
    list.push({ icon: 'key', title: t('keysTitle'), text: t('keysText'), how: 'keys' })
  }
  if (status.webhooksOff > 0 && (role === 'owner' || role === 'admin')) {
    list.push({
      icon: 'send',
      title: t('webhooksTitle', { count: status.webhooksOff }),
      text: t('webhooksText'),
      look: '/w/$workspace/settings/webhooks',
    })
  }
  return list
}

/** The standing banners, one line until somebody asks for all. They stay until somebody changes what they say. */
function StandingBanners() {
  const t = useWords(bannerWords)
  const standing = useStanding()
  const { slug: workspace } = useWorkspace()
  const [all, setAll] = useState(false)
  const [topic, setTopic] = useState<HowTopic>()
  return (
    <>
      {(all ? standing : standing.slice(0, 1)).map((one, index) => (
        <Banner
          key={one.title}
          icon={one.icon}
          action={
            <span className="flex shrink-0 gap-1">
              {index === 0 && standing.length > 1 && (
                <Button size="sm" variant="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
                  {all ? t('fewer') : t('moreBanners', { count: standing.length - 1 })}
                </Button>
              )}
              {one.look && (
                <Link to={one.look} params={{ workspace }} className={buttonLook({ size: 'sm' })}>
                  {t('look')}
                </Link>
              )}
              {one.how && (
                <Button size="sm" onClick={() => setTopic(one.how)}>
                  {t('how')}
                </Button>
              )}
            </span>
          }
        >
          <b>{one.title}</b> <span className="phone:hidden">{one.text}</span>
        </Banner>
      ))}
      <Suspense>{topic && <HowDialog topic={topic} onClose={() => setTopic(undefined)} />}</Suspense>
    </>
  )
}
