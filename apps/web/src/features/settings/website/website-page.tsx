import { languageName, locales } from '@frontdesk/i18n'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { ColorField } from '../../../ui/color-field.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Section } from '../../../ui/section.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { servicesQuery, staffQuery } from '../../calendar/queries.ts'
import { workspaceQuery } from '../business/queries.ts'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { type BookingPage, bookingPageQuery } from './queries.ts'
import { SitesForm } from './sites-form.tsx'
import { type EmbedChoice, embedModes, previewPath, snippetOf } from './snippet.ts'
import { websiteWords } from './words.ts'

/** The booking page on the business's own site: which sites may show it, the lines to put there, and how it looks. */
export function WebsitePage() {
  const shared = useWords(settingsWords)
  const asked = useQuery(bookingPageQuery)
  return (
    <SettingsPane title={shared('page/website')}>
      <Asked asked={asked} lines={8}>
        {(page) => (
          <>
            <SitesForm key={page.version} page={page} />
            <Lines page={page} />
          </>
        )}
      </Asked>
    </SettingsPane>
  )
}

const anything: EmbedChoice = { mode: 'inline', service: '', person: '', colour: '', theme: 'auto', language: '', label: '' }

function Lines({ page }: { readonly page: BookingPage }) {
  const t = useWords(websiteWords)
  const { slug } = useWorkspace()
  const services = (useQuery(servicesQuery).data ?? []).filter(({ active, archivedAt }) => active && archivedAt === null)
  const staff = useQuery(staffQuery).data ?? []
  const brand = useQuery(workspaceQuery).data?.brandColour ?? ''
  const [choice, setChoice] = useState(anything)
  const set = (change: Partial<EmbedChoice>) => setChoice({ ...choice, ...change })
  const service = services.find((one) => one.slug === choice.service)
  const people = service?.choosePerson ? staff.filter(({ id }) => service.staffIds.includes(id)) : []
  const whole = { ...choice, colour: /^#[0-9a-f]{6}$/i.test(choice.colour) ? choice.colour : brand }
  const script = { origin: location.origin, business: slug, path: page.script.path, integrity: page.script.integrity }
  const isButton = choice.mode !== 'inline'
  return (
    <>
      <Section title={t('howTitle')} intro={t('howIntro')}>
        <SegmentedControl
          label={t('mode')}
          value={choice.mode}
          onChange={(mode) => set({ mode })}
          options={embedModes.map((value) => ({ value, label: t(`mode/${value}`) }))}
        />
        <p className="text-sm text-ink-2">{t(`modeHint/${choice.mode}`)}</p>
        <Select
          label={t('service')}
          value={choice.service}
          onChange={(value) => set({ service: value, person: '' })}
          options={[{ value: '', label: t('allServices') }, ...services.map(({ slug: value, name }) => ({ value, label: name }))]}
        />
        {people.length > 1 && (
          <Select
            label={t('person')}
            value={choice.person}
            onChange={(person) => set({ person })}
            options={[{ value: '', label: t('anybody') }, ...people.map(({ id, name }) => ({ value: id as string, label: name }))]}
          />
        )}
        <ColorField label={t('colour')} value={whole.colour} onChange={(colour) => set({ colour })} />
        <Select
          label={t('theme')}
          value={choice.theme}
          onChange={(theme) => set({ theme })}
          options={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`theme/${value}`) }))}
        />
        <Select
          label={t('language')}
          value={choice.language}
          onChange={(language) => set({ language })}
          options={[
            { value: '', label: t('readersLanguage') },
            ...locales.map((value) => ({ value: value as string, label: languageName(value) })),
          ]}
        />
        {isButton && <TextField label={t('label')} optional value={choice.label} maxLength={60} onChange={(label) => set({ label })} />}
      </Section>
      <Section title={t('linesTitle')} intro={t('linesIntro')}>
        <CopyField label={t('lines')} value={snippetOf(script, whole)} />
        <p className="text-sm text-ink-2">{t('policyHint', { origin: script.origin })}</p>
        <p className="text-sm text-ink-2">{t('moreHint')}</p>
      </Section>
      <Section title={t('previewTitle')} intro={t('previewIntro')}>
        <iframe
          key={previewPath(slug, whole)}
          src={previewPath(slug, whole)}
          title={t('previewTitle')}
          className="h-160 w-full rounded-lg border border-line bg-surface"
        />
      </Section>
    </>
  )
}
