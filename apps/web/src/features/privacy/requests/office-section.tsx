import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { SaveBar } from '../../settings/business/save-bar.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { type Office, officeQuery } from './queries.ts'
import { regionName, regions } from './regions.ts'
import { requestWords } from './words.ts'

/** Who looks after requests and complaints, and how the office is reached. Owners choose. */
export function OfficeSection() {
  const t = useWords(requestWords)
  const asked = useQuery(officeQuery)
  const { role } = useWorkspace()
  return (
    <Section title={t('office')} intro={t('officeIntro')}>
      <Asked asked={asked} lines={5}>
        {(office) => (role === 'owner' ? <OfficeForm key={office.version} office={office} /> : <OfficeFacts office={office} />)}
      </Asked>
    </Section>
  )
}

function OfficeFacts({ office }: { readonly office: Office }) {
  const t = useWords(requestWords)
  return (
    <Facts
      items={[
        { term: t('officer'), value: office.officerName ?? t('nobodyYet') },
        ...(office.publishedEmail ? [{ term: t('publishedEmail'), value: office.publishedEmail }] : []),
        ...(office.publishedAddress ? [{ term: t('publishedAddress'), value: office.publishedAddress }] : []),
      ]}
    />
  )
}

function OfficeForm({ office }: { readonly office: Office }) {
  const t = useWords(requestWords)
  const shared = useWords(settingsWords)
  const { tag } = useReader()
  const queries = useQueryClient()
  const notices = useNotices()
  const start = {
    officer: (office.chosen ? office.officerMemberId : '') as string,
    appealDays: String(office.appealDays),
    publishedEmail: office.publishedEmail ?? '',
    publishedAddress: office.publishedAddress ?? '',
    pgpKey: office.pgpKey ?? '',
    region: (office.region ?? '') as string,
  }
  const form = useForm({
    start,
    check: ({ appealDays }) => ({
      appealDays:
        /^\d+$/.test(appealDays.trim()) && Number(appealDays) >= 10 && Number(appealDays) <= 90 ? undefined : t('appealDaysWrong'),
    }),
    send: async ({ officer, appealDays, publishedEmail, publishedAddress, pgpKey, region }, key) => {
      const or = (text: string) => text.trim() || null
      const saved = await call('PUT /privacy-office', {
        body: {
          officerMemberId: or(officer),
          appealDays: Number(appealDays),
          publishedEmail: or(publishedEmail),
          publishedAddress: or(publishedAddress),
          pgpKey: or(pgpKey),
          region: regions.find((one) => one === region) ?? null,
        },
        version: office.version,
        idempotencyKey: key,
      })
      queries.setQueryData(officeQuery.queryKey, saved)
      notices.show({ tone: 'ok', text: shared('saved') })
    },
  })
  const changed = Object.entries(start).some(([field, value]) => form.values[field as keyof typeof start] !== value)
  const offered = regions.filter((one) => one.startsWith(`${(office.country ?? '').toLowerCase()}-`))
  return (
    <Form form={form} label={t('office')}>
      <Select
        label={t('officer')}
        hint={t('officerHint')}
        options={[
          { value: '', label: t('officerFirst') },
          ...office.able.map(({ memberId, name }) => ({ value: memberId as string, label: name })),
        ]}
        {...form.field('officer')}
      />
      <TextField label={t('publishedEmail')} hint={t('publishedEmailHint')} type="email" optional {...form.field('publishedEmail')} />
      <TextArea label={t('publishedAddress')} optional rows={2} maxLength={500} {...form.field('publishedAddress')} />
      {offered.length > 0 && (
        <Select
          label={t('businessRegion')}
          hint={t('businessRegionHint')}
          options={[
            { value: '', label: t('businessRegionNone') },
            ...offered.map((one) => ({ value: one as string, label: regionName(one, tag) })),
          ]}
          {...form.field('region')}
        />
      )}
      <TextField label={t('appealDays')} inputMode="numeric" figures maxLength={2} className="max-w-40" {...form.field('appealDays')} />
      <TextArea label={t('pgpKey')} optional rows={2} maxLength={20_000} {...form.field('pgpKey')} />
      {office.mailbox && (
        <div className="grid gap-1">
          <CopyField label={t('mailbox')} value={office.mailbox} />
          <p className="text-xs text-ink-3">{t('mailboxHint')}</p>
        </div>
      )}
      <SaveBar changed={changed} sending={form.sending} restored={form.restored} onDiscard={form.reset} />
    </Form>
  )
}
