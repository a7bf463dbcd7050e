import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Facts } from '../../../ui/section.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Asked } from '../settings-pane.tsx'
import { DeliveryBadge } from './endpoint-state.tsx'
import { type DeliveryDetail, deliveryQuery } from './queries.ts'
import { webhookWords } from './words.ts'

export type DeliverySheetProps = { readonly deliveryId: string; readonly mayResend: boolean; readonly onClose: () => void }

/** One delivery: what is sent, each try with its answer, and sending it again. */
export function DeliverySheet({ deliveryId, mayResend, onClose }: DeliverySheetProps) {
  const t = useWords(webhookWords)
  const asked = useQuery(deliveryQuery(deliveryId))
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={asked.data?.type ?? t('event')}
      footer={mayResend && asked.data && <Resend delivery={asked.data} />}
    >
      <Asked asked={asked}>{(delivery) => <Whole delivery={delivery} />}</Asked>
    </Sheet>
  )
}

function Whole({ delivery }: { readonly delivery: DeliveryDetail }) {
  const t = useWords(webhookWords)
  const formats = useFormats()
  const { state, body, failReason, nextAt, createdAt, eventId } = delivery
  return (
    <div className="grid gap-5">
      {failReason !== null && <Note tone="no">{t(`fail/${failReason}`)}</Note>}
      <Facts
        items={[
          { term: t('state'), value: <DeliveryBadge state={state} /> },
          { term: t('happened'), value: formats.dateTime(createdAt) },
          ...(nextAt && state === 'waiting'
            ? [{ term: t('delivery/waiting'), value: t('nextTry', { when: formats.dateTime(nextAt) }) }]
            : []),
          { term: 'webhook-id', value: <code className="text-xs">{eventId}</code> },
        ]}
      />
      <section className="grid gap-2">
        <h3 className="text-sm font-strong">{t('body')}</h3>
        <Code text={JSON.stringify(body, null, 2)} label={t('body')} />
      </section>
      <section className="grid gap-2">
        <h3 className="text-sm font-strong">{t('triesTitle')}</h3>
        <ol className="grid gap-3">
          {delivery.tries.toReversed().map((one) => (
            <li key={one.number} className="grid gap-1 text-sm">
              <span className="flex flex-wrap gap-x-2 text-ink-2">
                <span className="font-medium text-ink">
                  {one.error ? t(`error/${one.error}`) : t('status', { status: String(one.status ?? '') })}
                </span>
                <span>{formats.dateTime(one.at)}</span>
                {one.ms !== null && <span className="figures">{t('took', { ms: formats.number(one.ms) })}</span>}
              </span>
              {one.answer !== null &&
                (one.answer === '' ? (
                  <span className="text-xs text-ink-3">{t('noAnswer')}</span>
                ) : (
                  <Code text={one.answer} label={t('answer')} />
                ))}
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

/** A text of programs, as it came. It can be scrolled with the keys. */
function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keys
      tabIndex={0}
      aria-label={label}
      dir="ltr"
      className="scroll-calm max-h-72 overflow-auto rounded-md bg-sunken p-3 text-xs"
    >
      <pre className="whitespace-pre-wrap wrap-anywhere">
        <code>{text}</code>
      </pre>
    </section>
  )
}

function Resend({ delivery }: { readonly delivery: DeliveryDetail }) {
  const t = useWords(webhookWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const resend = async () => {
    setBusy(true)
    try {
      await call('POST /webhook-deliveries/{deliveryId}/replay', { params: { deliveryId: delivery.id } })
      notices.show({ tone: 'ok', text: t('resent') })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
      void queries.invalidateQueries({ queryKey: ['webhooks'] })
    }
  }
  return (
    <Button icon="refresh" busy={busy} onClick={() => void resend()}>
      {t('resend')}
    </Button>
  )
}
