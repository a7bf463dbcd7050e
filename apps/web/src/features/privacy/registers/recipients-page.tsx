import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { CounterpartiesSection } from './counterparties-section.tsx'
import { type Recipient, recipientsQuery } from './queries.ts'
import { RecipientSheet } from './recipient-sheet.tsx'
import { registerWords } from './words.ts'

const tones: Readonly<Record<Recipient['state'], Tone>> = {
  instructed: 'neutral',
  active: 'ok',
  uncovered: 'wait',
  withdrawn: 'no',
  ended: 'neutral',
}

/** Who receives data, under which contract, and what is stopped. */
export function RecipientsPage() {
  const t = useWords(registerWords)
  const room = useWords(roomWords)
  const shared = useWords(settingsWords)
  const { role } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  const asked = useQuery(recipientsQuery)
  const [writing, setWriting] = useState<Recipient | 'new'>()
  const button = may && (
    <Button icon="plus" onClick={() => setWriting('new')}>
      {t('addRecipient')}
    </Button>
  )
  return (
    <PrivacyPane title={room('page/recipients')}>
      <Section title={t('recipients')} intro={t('recipientsIntro')} actions={asked.data && asked.data.items.length > 0 && button}>
        {!may && <p className="text-sm text-ink-3">{shared('onlyRead')}</p>}
        <Asked asked={asked}>
          {({ items, homeRegion }) =>
            items.length === 0 ? (
              <EmptyState icon="share" action={button}>
                {t('recipientsEmpty')}
              </EmptyState>
            ) : (
              <>
                <p className="text-sm text-ink-2">{t('homeRegion', { region: t(`region/${homeRegion}`) })}</p>
                <ul className="grid divide-y divide-line">
                  {items.map((item) => (
                    <RecipientRow key={item.id ?? item.connection} recipient={item} onWrite={may ? () => setWriting(item) : undefined} />
                  ))}
                </ul>
              </>
            )
          }
        </Asked>
      </Section>
      <CounterpartiesSection may={may} />
      {writing && <RecipientSheet recipient={writing === 'new' ? undefined : writing} onClose={() => setWriting(undefined)} />}
    </PrivacyPane>
  )
}

function RecipientRow({ recipient, onWrite }: { readonly recipient: Recipient; readonly onWrite: (() => void) | undefined }) {
  const t = useWords(registerWords)
  const formats = useFormats()
  const { name, connection, state, categories, purposes, region, contractRef, contractOn, policyUrl, stopped, fields, guarded } = recipient
  return (
    <li className="grid gap-1.5 py-3 text-sm">
      <span className="flex flex-wrap items-center gap-2">
        <bdi className="font-medium wrap-anywhere">{name}</bdi>
        <Badge tone={tones[state]}>{t(`state/${state}`)}</Badge>
        <span className="min-w-0 flex-1 text-xs text-ink-3">{connection && `${t(`connection/${connection}`)} · ${t('byItself')}`}</span>
        {onWrite && (
          <Button size="sm" onClick={onWrite}>
            {recipient.id === null ? t('write') : t('change')}
          </Button>
        )}
      </span>
      <span className="text-ink-2">
        {purposes.map((purpose) => t(`purpose/${purpose}`)).join(', ')}:{' '}
        {categories.map((category) => t(`category/${category}`)).join(', ')}
      </span>
      <span className="flex flex-wrap gap-x-3 text-xs text-ink-3">
        {contractRef && (
          <bdi>
            {contractRef}
            {contractOn && `, ${formats.plainDate(contractOn)}`}
          </bdi>
        )}
        <span>{region === 'unknown' ? t('regionUnknown') : t(`region/${region}`)}</span>
        {policyUrl && (
          <a href={policyUrl} target="_blank" rel="noreferrer" className={linkLook}>
            {t('policyOf', { name })}
          </a>
        )}
      </span>
      {stopped && (
        <Note tone="no">
          {t(`stop/${stopped}`)}
          {!guarded && <> {t('notGuarded')}</>}
        </Note>
      )}
      {fields.length > 0 && (
        <details className="text-xs text-ink-3">
          <summary className="cursor-pointer">{t('fields')}</summary>
          <code>{fields.join(', ')}</code>
        </details>
      )}
    </li>
  )
}
