import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type ConsentKit, type KitWording, kitQuery } from './queries.ts'
import { consentWords } from './words.ts'

const OwnWordingSheet = lazy(() => import('./own-wording-sheet.tsx').then((file) => ({ default: file.OwnWordingSheet })))
const QrCode = lazy(() => import('../../../ui/qr-code.tsx').then((file) => ({ default: file.QrCode })))

/** Where the business asks for consent, in which words, and the page for the counter. */
export function ConsentKitSection() {
  const t = useWords(consentWords)
  const explain = useExplain()
  const { locale } = useReader()
  const { role } = useWorkspace()
  const asked = useQuery(kitQuery(locale))
  const kit = asked.data
  if (!kit) {
    return (
      <Section title={t('kitTitle')} intro={t('kitIntro')}>
        {asked.isError ? (
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
        ) : (
          <TextSkeleton lines={4} />
        )}
      </Section>
    )
  }
  const may = ['owner', 'admin', 'manager', 'privacy_officer'].includes(role)
  return (
    <>
      <Section title={t('kitTitle')} intro={t('kitIntro')}>
        {kit.seller.phone === null && <Note tone="wait">{t('kitNoPhone')}</Note>}
        <ul className="grid gap-5">
          {kit.wordings.map((wording) => (
            <li key={wording.key}>
              <Wording kit={kit} wording={wording} locale={locale} may={may} />
            </li>
          ))}
        </ul>
      </Section>
      <Counter kit={kit} may={may} />
      <Section title={t('keywordTitle')}>
        {kit.keywordText === null ? (
          <p className="text-sm text-ink-2">{t('keywordNoPhone')}</p>
        ) : (
          <>
            <blockquote lang={kit.locale} className="max-w-[64ch] rounded-md bg-sunken px-3 py-2 text-sm">
              {kit.keywordText}
            </blockquote>
            <p className="text-sm text-ink-3">{t('keywordWaits')}</p>
          </>
        )}
      </Section>
    </>
  )
}

type WordingProps = { readonly kit: ConsentKit; readonly wording: KitWording; readonly locale: string; readonly may: boolean }

/** One wording and where it is asked; a switch holds at once. */
function Wording({ kit, wording, locale, may }: WordingProps) {
  const t = useWords(consentWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [editing, setEditing] = useState(false)
  const { settings } = kit
  const change = async (place: 'bookingPage' | 'counter', on: boolean) => {
    const others = settings[place].filter((key) => key !== wording.key)
    setBusy(true)
    try {
      const { version, ...before } = settings
      const saved = await call('PUT /consent-kit', { body: { ...before, [place]: on ? [...others, wording.key] : others }, version })
      queries.setQueryData(kitQuery(locale).queryKey, { ...kit, settings: saved })
      notices.show({ tone: 'ok', text: t('kitChanged') })
    } catch (error) {
      notices.show({ tone: 'no', text: t('kitFailed', { reason: explain(error).message }) })
      await queries.invalidateQueries({ queryKey: ['consent-kit'] })
    } finally {
      setBusy(false)
    }
  }
  return (
    <article className="grid max-w-[64ch] gap-1.5 text-sm">
      <div className="flex min-h-(--control-sm) flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 font-medium">{t(`kit/${wording.key}`)}</h3>
        {wording.own && <Badge tone="accent">{t('ownEdition', { edition: wording.own.edition })}</Badge>}
        {may && (
          <Button size="sm" icon="edit" onClick={() => setEditing(true)}>
            {t('own')}
          </Button>
        )}
      </div>
      <blockquote lang={kit.locale} className="rounded-md bg-sunken px-3 py-2">
        {wording.written}
      </blockquote>
      {wording.waitsFor && <p className="text-xs text-ink-3">{t(`waits/${wording.waitsFor}`)}</p>}
      <div className="flex flex-wrap gap-x-6">
        <Switch
          label={t('onBooking')}
          value={settings.bookingPage.includes(wording.key)}
          disabled={!may || busy}
          onChange={(on) => void change('bookingPage', on)}
        />
        <Switch
          label={t('onCounter')}
          value={settings.counter.includes(wording.key)}
          disabled={!may || busy}
          onChange={(on) => void change('counter', on)}
        />
      </div>
      {editing && (
        <Suspense>
          <OwnWordingSheet wordingKey={wording.key} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </article>
  )
}

function Counter({ kit, may }: { readonly kit: ConsentKit; readonly may: boolean }) {
  const t = useWords(consentWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const renew = async () => {
    setBusy(true)
    try {
      await call('POST /consent-kit/renew-counter')
      await queries.invalidateQueries({ queryKey: ['consent-kit'] })
      notices.show({ tone: 'ok', text: t('renewed') })
    } catch (error) {
      notices.show({ tone: 'no', text: t('kitFailed', { reason: explain(error).message }) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title={t('counterTitle')} intro={t('counterIntro')}>
      <div className="flex flex-wrap items-start gap-6">
        <Suspense fallback={<TextSkeleton lines={6} />}>
          <QrCode value={kit.counterUrl} label={t('counterQr')} />
        </Suspense>
        <div className="grid min-w-0 flex-1 basis-60 gap-3">
          <CopyField link label={t('counterAddress')} value={kit.counterUrl} />
          {may && (
            <span>
              <Button busy={busy} onClick={() => void renew()}>
                {t('renew')}
              </Button>
            </span>
          )}
        </div>
      </div>
    </Section>
  )
}
