import { useId } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { bookingWords } from './booking-words.ts'
import type { Booking } from './queries.ts'
import { useShortWhen } from './short-when.ts'
import { useBookingActs } from './use-booking-acts.ts'

export type CancelDialogProps = { readonly booking: Booking; readonly onClose: () => void; readonly onCancelled: () => void }

/** Cancels a booking, with a reason for the customer where there is one. Taken back with one key. */
export function CancelDialog({ booking, onClose, onCancelled }: CancelDialogProps) {
  const t = useWords(bookingWords)
  const short = useShortWhen()
  const acts = useBookingActs()
  const id = useId()
  const title = t('cancelTitle', { name: booking.contact.name })
  const form = useForm({
    start: { reason: '', notify: booking.status !== 'held' },
    send: async ({ reason, notify }) => {
      await acts.cancel(booking, { reason: reason.trim() || null, notify })
      onCancelled()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('cancelText', { service: booking.service.name, when: short.dayTime(booking.start) })}
      footer={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('doCancel')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextField label={t('cancelReason')} hint={t('cancelReasonHint')} optional maxLength={300} {...form.field('reason')} />
        <Switch label={t('notify')} {...form.field('notify')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}

export type DeclineDialogProps = { readonly booking: Booking; readonly onClose: () => void; readonly onDeclined: () => void }

/** Says no to a request, with a reason for the customer. Taken back with one key. */
export function DeclineDialog({ booking, onClose, onDeclined }: DeclineDialogProps) {
  const t = useWords(bookingWords)
  const short = useShortWhen()
  const acts = useBookingActs()
  const id = useId()
  const title = t('declineTitle', { name: booking.contact.name })
  const form = useForm({
    start: { reason: '', notify: true },
    send: async ({ reason, notify }) => {
      await acts.decline(booking, { reason: reason.trim() || null, notify })
      onDeclined()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('declineText', { service: booking.service.name, when: short.dayTime(booking.start) })}
      footer={
        <>
          <Button onClick={onClose}>{t('leaveIt')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('doDecline')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextField label={t('declineReason')} hint={t('declineReasonHint')} optional maxLength={300} {...form.field('reason')} />
        <Switch label={t('notify')} {...form.field('notify')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
