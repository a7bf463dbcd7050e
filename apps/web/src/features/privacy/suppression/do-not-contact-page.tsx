import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { When } from '../../../ui/ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Table } from '../../../ui/table.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { careWords } from '../../settings/business/care-words.ts'
import { rowsOf, type Suppression, suppressionListQuery } from '../../settings/business/queries.ts'
import { AddStopDialog, LiftDialog } from '../../settings/business/stop-dialogs.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { NumberChecksSection } from './number-checks-section.tsx'
import { RegistriesSection } from './registries-section.tsx'

/** Addresses and numbers that are not reached: by what they stop, since when and why. */
export function DoNotContactPage() {
  const t = useWords(careWords)
  const shared = useWords(settingsWords)
  const room = useWords(roomWords)
  const [lifted, setLifted] = useState<'no' | 'yes'>('no')
  const asked = useInfiniteQuery(suppressionListQuery(lifted))
  const { role } = useWorkspace()
  const mayLift = ['owner', 'admin', 'manager', 'privacy_officer'].includes(role)
  const [adding, setAdding] = useState(false)
  const [lifting, setLifting] = useState<Suppression>()
  const button = mayLift && (
    <Button variant="solid" icon="plus" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <PrivacyPane title={room('page/do-not-contact')}>
      <Section title={t('stopsTitle')} intro={t('stopsIntro')} actions={button}>
        {!mayLift && <p className="text-sm text-ink-3">{shared('onlyRead')}</p>}
        <div>
          <SegmentedControl
            label={t('which')}
            value={lifted}
            onChange={setLifted}
            options={[
              { value: 'no', label: t('inForce') },
              { value: 'yes', label: t('lifted') },
            ]}
          />
        </div>
        <Asked asked={asked}>
          {(data) =>
            rowsOf(data).length === 0 ? (
              <EmptyState icon="ban">{lifted === 'no' ? t('stopsEmpty') : t('stopsNoneLifted')}</EmptyState>
            ) : (
              <Table
                label={room('page/do-not-contact')}
                rows={rowsOf(data)}
                keyOf={({ id }) => id}
                more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
                columns={[
                  { key: 'address', title: t('address'), phone: 'title', cell: (one) => <Stopped stop={one} /> },
                  {
                    key: 'scope',
                    title: t('addScope'),
                    cell: (one) => (
                      <span className="grid">
                        {t(`scope/${one.scope}`)}
                        <span className="text-xs text-ink-3">{t(`cause/${one.cause}`)}</span>
                      </span>
                    ),
                  },
                  { key: 'since', title: t('since'), cell: (one) => <When at={one.createdAt} style="date" className="text-ink-2" /> },
                  {
                    key: 'acts',
                    title: t('lift'),
                    quiet: true,
                    phone: 'aside',
                    cell: (one) =>
                      one.liftedAt ? (
                        <When at={one.liftedAt} style="date" className="text-xs text-ink-3" />
                      ) : (
                        mayLift && (
                          <Button size="sm" onClick={() => setLifting(one)}>
                            {t('lift')}
                          </Button>
                        )
                      ),
                  },
                ]}
              />
            )
          }
        </Asked>
      </Section>
      <RegistriesSection />
      <NumberChecksSection />
      {adding && <AddStopDialog onClose={() => setAdding(false)} />}
      {lifting && <LiftDialog stop={lifting} onClose={() => setLifting(undefined)} />}
    </PrivacyPane>
  )
}

function Stopped({ stop }: { readonly stop: Suppression }) {
  const t = useWords(careWords)
  const { slug } = useWorkspace()
  return (
    <span className="grid min-w-0">
      <span className="font-medium">{t(`kind/${stop.kind}`)}</span>
      {stop.contactId && (
        <Link
          to="/w/$workspace/contacts/$contactId"
          params={{ workspace: slug, contactId: stop.contactId }}
          className={`text-xs ${linkLook}`}
        >
          {t('ofContact')}
        </Link>
      )}
    </span>
  )
}
