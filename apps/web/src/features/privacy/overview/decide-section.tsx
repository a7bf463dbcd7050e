import { Link } from '@tanstack/react-router'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { buttonLook } from '../../../ui/button.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { Section } from '../../../ui/section.tsx'
import { rulesWords } from '../gate/words.ts'
import { isFor, type PrivacyPageKey, privacyPages } from '../pages.ts'
import { policiesWords } from '../policies/words.ts'
import { registerWords } from '../registers/words.ts'
import { roomWords } from '../words.ts'
import { Calm } from './calm.tsx'
import type { Overview } from './queries.ts'

type Decision = {
  readonly page: PrivacyPageKey
  readonly icon: IconName
  readonly title: string
  readonly text: string
  readonly act: string
}

/** What nothing but a person decides: each with the one place where it is done. */
export function DecideSection({ overview }: { readonly overview: Overview }) {
  const t = useWords(roomWords)
  const { role } = useWorkspace()
  const decisions = useDecisions(overview).filter(({ page }) => privacyPages.some((one) => one.key === page && isFor(one, role)))
  return (
    <Section title={t('decide')}>
      {decisions.length === 0 ? (
        <Calm>{t('decideNone')}</Calm>
      ) : (
        <ul className="grid divide-y divide-line">
          {decisions.map((decision) => (
            <DecisionRow key={`${decision.page} ${decision.title}`} decision={decision} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function DecisionRow({ decision: { page, icon, title, text, act } }: { readonly decision: Decision }) {
  const { slug } = useWorkspace()
  const to = privacyPages.find(({ key }) => key === page)?.to ?? '/w/$workspace/privacy'
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 text-sm first:pt-0 last:pb-0">
      <Icon name={icon} className="mt-0.5 self-start text-ink-3" />
      <span className="grid min-w-56 flex-1 gap-0.5">
        <bdi className="font-medium">{title}</bdi>
        <span className="text-ink-2">{text}</span>
      </span>
      <Link to={to} params={{ workspace: slug }} className={buttonLook({ variant: 'plain', size: 'sm' })} aria-label={`${act}: ${title}`}>
        {act}
      </Link>
    </li>
  )
}

function useDecisions(overview: Overview): readonly Decision[] {
  const t = useWords(roomWords)
  const registers = useWords(registerWords)
  const policies = useWords(policiesWords)
  const rules = useWords(rulesWords)
  const formats = useFormats()
  const { tag } = useReader()
  const list = (kinds: readonly string[]) => new Intl.ListFormat(tag).format(kinds)
  const names = (published: boolean) =>
    list((overview.policies ?? []).filter((one) => one.published === published).map(({ kind }) => policies(`kind/${kind}`)))
  const registryName = (registry: string) =>
    registry === 'us.national' || registry === 'ca.national'
      ? rules(`registry/${registry}`)
      : rules('registryState', { state: registry.slice(3) })
  const decisions: Decision[] = []
  if (overview.retention?.confirmedAt === null)
    decisions.push({ page: 'retention', icon: 'archive', title: t('retention'), text: t('retentionText'), act: t('retentionDo') })
  if (names(false) !== '')
    decisions.push({
      page: 'policies',
      icon: 'globe',
      title: t('unpublished', { names: names(false) }),
      text: t('unpublishedText'),
      act: t('publishDo'),
    })
  if (names(true) !== '')
    decisions.push({
      page: 'policies',
      icon: 'globe',
      title: t('changed', { names: names(true) }),
      text: t('changedText'),
      act: t('publishDo'),
    })
  for (const { name, stopped } of overview.recipients ?? []) {
    if (stopped === null) continue
    decisions.push({
      page: 'recipients',
      icon: 'share',
      title: t('recipient', { name }),
      text: registers(`stop/${stopped}`),
      act: t('recipientDo'),
    })
  }
  for (const { registry, asOf } of overview.registries)
    decisions.push({
      page: 'do-not-contact',
      icon: 'ban',
      title: t('registry', { registry: registryName(registry), date: formats.plainDate(asOf) }),
      text: t('registryText'),
      act: t('registryDo'),
    })
  if (overview.held && overview.held.open > 0)
    decisions.push({
      page: 'cookies',
      icon: 'hand',
      title: t('held', { count: overview.held.open }),
      text: t('heldText', { when: overview.held.nextDueAt ? formats.dateTime(overview.held.nextDueAt) : '' }),
      act: t('heldDo'),
    })
  if (!overview.asksForConsent)
    decisions.push({ page: 'consents', icon: 'check', title: t('consent'), text: t('consentText'), act: t('consentDo') })
  return decisions
}
