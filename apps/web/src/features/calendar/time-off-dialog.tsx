import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField, TimeField } from '../../ui/date-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { resourcesQuery } from '../services/resources/queries.ts'
import { resourceWords } from '../services/resources/words.ts'
import { bookingWords } from './booking-words.ts'
import { staffQuery, type TimeOff } from './queries.ts'
import { useShortWhen } from './short-when.ts'
import { closedStretch, emptyTimeOff, type TimeOffValues, valuesOfTimeOff } from './time-off-form.ts'

export type TimeOffDialogProps = {
  /** What is changed; left out, a time is closed anew. */
  readonly off?: TimeOff | undefined
  readonly date: string
  readonly onClose: () => void
}

/** Closes a time for one person, one room or device, or for everybody, changes a closed time, or opens it again. */
export function TimeOffDialog({ off, date, onClose }: TimeOffDialogProps) {
  const t = useWords(bookingWords)
  const r = useWords(resourceWords)
  const { zone, id: workspaceId } = useWorkspace()
  const short = useShortWhen()
  const id = useId()
  const queries = useQueryClient()
  const notices = useNotices()
  const people = useQuery(staffQuery).data?.filter((person) => person.active) ?? []
  const resources = useQuery(resourcesQuery).data ?? []
  const refresh = () => queries.invalidateQueries({ queryKey: ['scheduling'] })
  const form = useForm<TimeOffValues>({
    start: off ? valuesOfTimeOff(off, zone) : emptyTimeOff(date),
    ...(off ? {} : { draft: `time-off.${workspaceId}` }),
    check: (values) => ({ untilTime: closedStretch(values, zone) ? undefined : t('endFirst') }),
    send: async (values, key) => {
      const stretch = closedStretch(values, zone)
      if (!stretch) return
      const body = {
        ...stretch,
        staffId: values.staffId || null,
        resourceId: values.resourceId || null,
        label: values.label.trim() || null,
      }
      if (off) await call('PATCH /time-off/{timeOffId}', { params: { timeOffId: off.id }, body, version: off.version })
      else await call('POST /time-off', { body, idempotencyKey: key })
      await refresh()
      notices.show({ tone: 'ok', text: off ? t('timeChanged') : t('timeClosed', { when: short.dayTime(stretch.start) }) })
      onClose()
    },
  })
  const reopen = async () => {
    if (!off) return
    await call('DELETE /time-off/{timeOffId}', { params: { timeOffId: off.id }, version: off.version })
    onClose()
    await refresh()
    notices.show({
      text: t('timeReopened', { when: short.dayTime(off.start) }),
      undo: async () => {
        const { staffId, resourceId, start, end, label } = off
        await call('POST /time-off', { body: { staffId, resourceId, start, end, label } })
        await refresh()
      },
    })
  }
  const { values, field } = form
  const title = off ? t('timeOffEdit') : t('timeOffTitle')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={t('timeOffIntro')}
      footer={
        <>
          {off && (
            <Button icon="trash" onClick={() => void reopen()}>
              {t('doReopen')}
            </Button>
          )}
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {off ? t('doSave') : t('doClose')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        {off && off.bookingIds.length > 0 && <Note tone="wait">{t('standsIn', { count: off.bookingIds.length })}</Note>}
        {people.length + resources.length > 1 && (
          <Select
            label={t('forWhom')}
            {...field('staffId')}
            value={values.staffId || values.resourceId}
            onChange={(whose) => {
              const isRoom = resources.some(({ id: one }) => one === whose)
              form.set({ staffId: isRoom ? '' : whose, resourceId: isRoom ? whose : '' })
            }}
            options={[
              { value: '', label: t('everybody') },
              ...people.map((person) => ({ value: person.id as string, label: person.name })),
              ...(resources.length > 0
                ? [{ label: r('resources'), options: resources.map((one) => ({ value: one.id as string, label: one.name })) }]
                : []),
            ]}
          />
        )}
        <Switch label={t('allDay')} {...field('allDay')} />
        <div className="grid grid-cols-2 gap-3">
          <DateField label={t('from')} {...field('fromDate')} className={values.allDay ? '' : 'col-span-1'} />
          {!values.allDay && <TimeField label={t('time')} step={15} {...field('fromTime')} />}
          <DateField
            label={t('until')}
            {...field('untilDate')}
            min={values.fromDate}
            error={values.allDay ? field('untilTime').error : undefined}
          />
          {!values.allDay && <TimeField label={t('time')} step={15} {...field('untilTime')} />}
        </div>
        <TextField label={t('label')} hint={t('labelHint')} optional maxLength={120} {...field('label')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
