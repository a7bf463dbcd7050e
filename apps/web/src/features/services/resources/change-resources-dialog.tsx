import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Booking, bookingQuery, servicesQuery } from '../../calendar/queries.ts'
import { standFor } from './other-resources.ts'
import { resourcesQuery } from './queries.ts'
import { resourceWords } from './words.ts'

export type ChangeResourcesDialogProps = { readonly booking: Booking; readonly onClose: () => void }

/** Gives a booking another room or device; its time and person stay. */
export function ChangeResourcesDialog({ booking, onClose }: ChangeResourcesDialogProps) {
  const t = useWords(resourceWords)
  const { list } = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const resources = useQuery(resourcesQuery).data ?? []
  const needs = useQuery(servicesQuery).data?.find((service) => service.id === booking.service.id)?.needs ?? []
  const before = booking.resources.map((resource) => resource.id as string)
  const put = async (resourceIds: readonly string[], version: number): Promise<Booking> => {
    const answer = await call('PUT /bookings/{bookingId}/resources', {
      params: { bookingId: booking.id },
      body: { resourceIds: [...resourceIds] },
      version,
    })
    queries.setQueryData(bookingQuery(answer.id).queryKey, answer)
    await queries.invalidateQueries({ queryKey: ['scheduling'] })
    return answer
  }
  const form = useForm<{ readonly chosen: readonly string[] }>({
    start: { chosen: before },
    send: async ({ chosen }) => {
      if (chosen.every((one, index) => one === before[index])) return onClose()
      const changed = await put(chosen, booking.version)
      notices.show({
        text: t('changed', { name: booking.contact.name, resources: list(changed.resources.map(({ name }) => name)) }),
        undo: async () => void (await put(before, changed.version)),
      })
      onClose()
    },
  })
  const { chosen } = form.values
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('changeTitle', { name: booking.contact.name })}
      description={t('changeText')}
      footer={
        <Button variant="solid" type="submit" form={id} busy={form.sending}>
          {t('doChange')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('changeTitle', { name: booking.contact.name })}>
        {booking.resources.map((held, index) => (
          <Select
            key={held.id}
            label={t('insteadOf', { name: held.name })}
            value={chosen[index] ?? held.id}
            onChange={(to) => form.set({ chosen: chosen.map((one, at) => (at === index ? to : one)) })}
            options={standFor(held, needs, resources).map((one) => ({ value: one.id, label: one.name }))}
          />
        ))}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
