import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { settingsWords } from '../words.ts'
import { type BookingPage, bookingPageQuery } from './queries.ts'
import { sitesIn } from './snippet.ts'
import { websiteWords } from './words.ts'

/** Who says which sites may; the server asks again. */
const mayManage: readonly string[] = ['owner', 'admin', 'manager']

/** The sites that may show the booking page. None is the rule until the owner says otherwise. */
export function SitesForm({ page }: { readonly page: BookingPage }) {
  const t = useWords(websiteWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { role } = useWorkspace()
  const may = mayManage.includes(role)
  const write = async (sites: readonly string[], version: number) => {
    const saved = await call('PUT /booking-page', { body: { sites: [...sites] }, version })
    queries.setQueryData(bookingPageQuery.queryKey, saved)
    return saved
  }
  const form = useForm<{ readonly sites: string }>({
    start: { sites: page.sites.join('\n') },
    draft: `booking-page.${page.version}`,
    check: ({ sites }) => {
      const { wrong } = sitesIn(sites)
      return { sites: wrong === undefined ? undefined : t('siteWrong', { line: wrong }) }
    },
    send: async ({ sites }) => {
      const before = page.sites
      const { version } = await write(sitesIn(sites).sites, page.version)
      notices.show({ tone: 'ok', text: shared('saved'), undo: async () => void (await write(before, version)) })
    },
    onRefusal: ({ slug }) => {
      if (slug === 'http/version-mismatch') void queries.invalidateQueries({ queryKey: bookingPageQuery.queryKey })
      return false
    },
  })
  return (
    <Section title={t('sitesTitle')} intro={t('sitesIntro')}>
      {page.sites.length === 0 && <Note icon="lock">{t('noSites')}</Note>}
      {may ? (
        <Form form={form} label={t('sitesTitle')}>
          <TextArea {...form.field('sites')} label={t('sites')} hint={t('sitesHint')} rows={3} maxLength={8000} />
          <FormProblem />
          <span>
            <Button variant="solid" type="submit" busy={form.sending}>
              {shared('save')}
            </Button>
          </span>
        </Form>
      ) : (
        <>
          <p className="text-sm text-ink-3">{shared('onlyRead')}</p>
          <ul className="grid gap-1 text-sm">
            {page.sites.map((site) => (
              <li key={site} className="wrap-anywhere">
                {site}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
