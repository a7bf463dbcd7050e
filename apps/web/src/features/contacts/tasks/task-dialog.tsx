import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useId, useRef, useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { nowMs } from '../../../lib/clock.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField, TimeField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { ContactPicker } from '../../calendar/contact-picker.tsx'
import { membersQuery } from '../queries.ts'
import { mayWriteTasks } from './may-write.ts'
import type { Task } from './queries.ts'
import { type TasksTranslator, tasksWords } from './words.ts'

const NewContactSheet = lazy(() => import('../new-contact-sheet.tsx').then((file) => ({ default: file.NewContactSheet })))

export type TaskDialogProps = {
  /** The one that is changed; left out for a new one. */
  readonly task?: Task
  /** Whom a new one is for, where one comes from her card. */
  readonly contact?: { readonly id: string; readonly name: string }
  readonly onClose: () => void
}

type DueKind = 'none' | 'day' | 'time'
const DAY_MINUTES = 24 * 60

/** Writes a task down, or changes it: what, for whom, until when, who does it, and when she is reminded. Times are on the reader's clock. */
export function TaskDialog({ task, contact, onClose }: TaskDialogProps) {
  const t = useWords(tasksWords)
  const formats = useFormats()
  const { role, memberId } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const members = useQuery(membersQuery).data?.items ?? []
  const [chosen, setChosen] = useState(task?.contact ?? contact ?? { id: '', name: '' })
  const [newName, setNewName] = useState<string>()
  const [theirs, setTheirs] = useState<Task>()
  const version = useRef(task?.version ?? 1)
  const form = useForm({
    start: startOf(task, mayWriteTasks.includes(role) ? memberId : '', formats.zone),
    ...(task ? {} : { draft: `task.${contact?.id ?? 'new'}` }),
    beside: { 'contacts/member-cannot-see': 'memberId' },
    check: ({ text, due, day, time }) => ({
      contact: chosen.id === '' ? t('contactMissing') : undefined,
      text: text.trim() === '' ? t('textMissing') : undefined,
      day: due !== 'none' && day === '' ? t('dayMissing') : undefined,
      time: due === 'time' && time === '' ? t('timeMissing') : undefined,
    }),
    send: async (values, key) => {
      const body = {
        text: values.text.trim(),
        dueOn: values.due === 'day' ? values.day : null,
        dueAt: values.due === 'time' ? momentOf(values.day, values.time, formats.zone) : null,
        memberId: (values.memberId || null) as Task['memberId'],
        remindMinutes: values.due === 'none' || values.remind === '' ? null : Number(values.remind),
      }
      try {
        if (task) await call('PATCH /tasks/{taskId}', { params: { taskId: task.id }, body, version: version.current })
        else await call('POST /tasks', { body: { contactId: chosen.id as Task['contact']['id'], ...body }, idempotencyKey: key })
      } catch (error) {
        // What somebody else wrote is shown now; saving again is meant.
        if (error instanceof ApiProblem && error.slug === 'http/version-mismatch') {
          const current = error.details.current as Task
          version.current = current.version
          setTheirs(current)
        }
        throw error
      }
      void queries.invalidateQueries({ queryKey: ['contacts', 'timeline'] })
      await queries.invalidateQueries({ queryKey: ['tasks'] })
      notices.show({ tone: 'ok', text: task ? t('saved') : t('added', { name: chosen.name }) })
      onClose()
    },
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  const { values } = form
  if (newName !== undefined) {
    const take = (found: { readonly id: string; readonly name: string }) => {
      setChosen({ id: found.id, name: found.name })
      setNewName(undefined)
    }
    return (
      <Suspense>
        <NewContactSheet
          name={newName}
          onClose={() => setNewName(undefined)}
          onAdded={take}
          onOpen={(contactId) => take({ id: contactId, name: newName })}
        />
      </Suspense>
    )
  }
  const workers = members.filter(
    (member) => (role === 'representative' ? member.id === memberId : mayWriteTasks.includes(member.role)) || member.id === task?.memberId,
  )
  const title = t(task ? 'editTitle' : 'addTitle')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t(task ? 'save' : 'saveNew')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        {task || contact ? (
          <p className="text-sm">
            <span className="text-ink-3">{t('contact')}</span> <bdi className="font-medium">{chosen.name}</bdi>
          </p>
        ) : (
          <ContactPicker
            value={chosen.id}
            chosenName={chosen.name}
            onChange={(found) => {
              setChosen(found)
              form.set({ contact: found.id })
            }}
            onNew={setNewName}
            error={form.faults.contact}
          />
        )}
        <TextField label={t('text')} hint={t('textHint')} maxLength={300} {...form.field('text')} />
        <div className="grid gap-1.5">
          <span aria-hidden="true" className="text-sm font-medium">
            {t('due')}
          </span>
          <SegmentedControl<DueKind>
            wide
            label={t('due')}
            value={values.due}
            onChange={(due) => form.set({ due, ...(due === values.due ? {} : { remind: due === 'none' ? '' : values.remind }) })}
            options={(['none', 'day', 'time'] as const).map((value) => ({ value, label: t(`due/${value}`) }))}
          />
        </div>
        {values.due !== 'none' && (
          <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
            <DateField label={t('day')} {...form.field('day')} />
            {values.due === 'time' && (
              <TimeField
                label={t('time')}
                hint={t('timeZone', { zone: formats.zoneName(new Date(nowMs()).toISOString()) })}
                {...form.field('time')}
              />
            )}
          </div>
        )}
        <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
          <Select
            label={t('member')}
            options={[{ value: '', label: t('nobody') }, ...workers.map((member) => ({ value: member.id as string, label: member.name }))]}
            {...form.field('memberId')}
          />
          {values.due !== 'none' && values.memberId !== '' && (
            <Select
              label={t('remind')}
              hint={t('remindHint')}
              options={remindOptions(t, formats, values.due, values.remind)}
              {...form.field('remind')}
            />
          )}
        </div>
        {theirs && (
          <Note tone="wait" role="alert">
            <p>{t('conflict')}</p>
            <blockquote dir="auto" className="mt-1 border-s-2 border-wait-line ps-2">
              {theirs.text}
            </blockquote>
          </Note>
        )}
        <FormProblem />
      </Form>
    </Dialog>
  )
}

function startOf(task: Task | undefined, self: string, zone: string) {
  const at = task?.dueAt ? Temporal.Instant.from(task.dueAt).toZonedDateTimeISO(zone) : undefined
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs()).toZonedDateTimeISO(zone).toPlainDate()
  const due: DueKind = !task || task.dueOn ? 'day' : at ? 'time' : 'none'
  return {
    contact: '',
    text: task?.text ?? '',
    due,
    day: task?.dueOn ?? at?.toPlainDate().toString() ?? (task ? '' : today.add({ days: 1 }).toString()),
    time: at?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '',
    memberId: task ? (task.memberId ?? '') : self,
    remind: task ? String(task.remindMinutes ?? '') : '0',
  }
}

/** A day and a time of the reader's clock as a moment. */
const momentOf = (day: string, time: string, zone: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant().toString()

const usual: Readonly<Record<Exclude<DueKind, 'none'>, readonly number[]>> = {
  day: [0, DAY_MINUTES, 2 * DAY_MINUTES, 7 * DAY_MINUTES],
  time: [0, 15, 60, DAY_MINUTES, 7 * DAY_MINUTES],
}

/** The usual reminders, and the one that is set where it is another. */
function remindOptions(t: TasksTranslator, formats: ReturnType<typeof useFormats>, due: Exclude<DueKind, 'none'>, set: string) {
  const all = set === '' || usual[due].includes(Number(set)) ? usual[due] : [...usual[due], Number(set)]
  const say = (minutes: number): string => {
    if (minutes === 0) return t(due === 'day' ? 'remindThatMorning' : 'remindAtTime')
    if (due === 'day' && minutes % DAY_MINUTES === 0) return t('remindDaysBefore', { count: minutes / DAY_MINUTES })
    return t('remindBefore', { time: formats.durationInWords(minutes) })
  }
  return [{ value: '', label: t('remindNever') }, ...all.map((minutes) => ({ value: String(minutes), label: say(minutes) }))]
}
