import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../lib/api.ts'
import { nowMs } from '../../lib/clock.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { dateIn } from '../calendar/clock-days.ts'
import { OtherTimes } from '../calendar/other-times.tsx'
import type { Slot } from '../calendar/queries.ts'
import { alternativesOf } from '../calendar/refused-slots.ts'
import { useShortWhen } from '../calendar/short-when.ts'
import { SlotPicker } from '../calendar/slot-picker.tsx'
import type { Waiting } from './queries.ts'
import { waitlistWords } from './words.ts'

type OfferValues = { date: string; start: string; notify: boolean }

/** Holds a time for somebody out of turn, and tells her by mail or by whoever calls her. */
export function OfferDialog({ entry, onClose }: { readonly entry: Waiting; readonly onClose: () => void }) {
  const t = useWords(waitlistWords)
  const { zone } = useWorkspace()
  const short = useShortWhen()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const [instead, setInstead] = useState<readonly Slot[]>()
  const today = dateIn(nowMs(), zone)
  const form = useForm<OfferValues>({
    start: { date: entry.fromDate > today ? entry.fromDate : today, start: '', notify: entry.hasEmail },
    check: ({ start }) => ({ start: start === '' ? t('timeMissing') : undefined }),
    send: async ({ start, notify }) => {
      setInstead(undefined)
      try {
        await call('POST /waitlist/{entryId}/offer', { params: { entryId: entry.id }, body: { start, notify } })
      } catch (error) {
        setInstead(alternativesOf(error))
        throw error
      }
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      const said = { name: entry.contact.name, when: short.dayTime(start) }
      notices.show({ tone: 'ok', text: notify ? t('offerTold', said) : t('offerHeld', said) })
      onClose()
    },
  })
  const { values, set, field } = form
  const title = t('offerTitle', { name: entry.contact.name })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('offerText', { service: entry.service.name })}
      size="md"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('doOffer')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        <SlotPicker
          serviceId={entry.service.id}
          staffId={entry.staffId ?? ''}
          date={values.date}
          onDate={(date) => set({ date, start: '' })}
          start={values.start}
          onStart={(start) => set({ start })}
          outside={false}
          error={field('start').error}
        />
        {entry.hasEmail && <Switch label={t('notify')} {...field('notify')} />}
        <FormProblem>
          {instead && <OtherTimes slots={instead} onChoose={({ start }) => set({ start, date: dateIn(start, zone) })} />}
        </FormProblem>
      </Form>
    </Dialog>
  )
}
