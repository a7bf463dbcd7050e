import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { HowDialog, type HowTopic } from '../../../app/how-dialog.tsx'
import { type ServerStatus, statusQuery } from '../../../app/status.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { careWords } from './care-words.ts'
import { FailedJobs } from './failed-jobs.tsx'

/** How the server stands, and what it could not finish. */
export function ServerPage() {
  const t = useWords(careWords)
  const shared = useWords(settingsWords)
  const asked = useQuery(statusQuery)
  return (
    <SettingsPane title={shared('page/server')}>
      <Section title={t('statusTitle')} intro={t('statusIntro')}>
        <Asked asked={asked} lines={5}>
          {(status) => <Standing status={status} />}
        </Asked>
      </Section>
      <FailedJobs />
    </SettingsPane>
  )
}

function Standing({ status }: { readonly status: ServerStatus }) {
  const t = useWords(careWords)
  const [topic, setTopic] = useState<HowTopic>()
  const keysCopy = status.keysCopyConfirmed ? 'yes' : 'no'
  const line = (good: boolean, text: string, how: HowTopic) => (
    <span className="flex flex-wrap items-center gap-2">
      <Icon name={good ? 'check' : 'alert'} className={good ? 'text-ok-ink' : 'text-wait-ink'} />
      <span className="min-w-0 flex-1 basis-40">{text}</span>
      {!good && !status.demo && (
        <Button size="sm" onClick={() => setTopic(how)}>
          {t('setUp')}
        </Button>
      )}
    </span>
  )
  return (
    <>
      <Facts
        items={[
          { term: t('version'), value: <span className="figures">{status.version}</span> },
          ...(status.demo ? [{ term: t('demo'), value: t('demoOn') }] : []),
          { term: t('publicUrl'), value: <bdi>{status.publicUrl}</bdi> },
          { term: t('reach'), value: line(status.reachable !== 'this_computer_only', t(`reachable/${status.reachable}`), 'address') },
          { term: t('mail'), value: line(status.mail === 'smtp', t(`mail/${status.mail}`), 'mail') },
          { term: t('keysCopy'), value: line(status.keysCopyConfirmed, t(`keysCopy/${keysCopy}`), 'keys') },
        ]}
      />
      {topic && <HowDialog topic={topic} onClose={() => setTopic(undefined)} />}
    </>
  )
}
