import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Resource, resourcesQuery } from './queries.ts'
import { resourceWords } from './words.ts'

export type MoveBookingsDialogProps = { readonly resource: Resource; readonly bookings: number; readonly onClose: () => void }

/** Moves the bookings of a room or a device into another one, so that it can be put away. */
export function MoveBookingsDialog({ resource, bookings, onClose }: MoveBookingsDialogProps) {
  const t = useWords(resourceWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const others = (useQuery(resourcesQuery).data ?? []).filter((one) => one.id !== resource.id && one.active && one.kind === resource.kind)
  const form = useForm<{ to: string }>({
    start: { to: others[0]?.id ?? '' },
    send: async ({ to }) => {
      const other = others.find((one) => one.id === to) ?? others[0]
      if (!other) return
      const move = (from: Resource['id'], into: Resource['id'], bookingIds?: readonly string[]) =>
        call('POST /resources/{resourceId}/move-bookings', {
          params: { resourceId: from },
          body: { toResourceId: into, ...(bookingIds ? { bookingIds: [...bookingIds] } : {}) },
        })
      const { movedIds, leftIds } = await move(resource.id, other.id)
      await queries.invalidateQueries({ queryKey: ['scheduling'] })
      const [moved, left] = [movedIds.length, leftIds.length]
      const words =
        moved === 0
          ? t('movedNone', { count: left, name: other.name })
          : left === 0
            ? t('movedAll', { count: moved, name: other.name })
            : t('movedSome', { moved: String(moved), left: String(left), name: other.name })
      notices.show({
        text: words,
        ...(moved === 0
          ? { tone: 'no' as const }
          : {
              undo: async () => {
                await move(other.id, resource.id, movedIds)
                await queries.invalidateQueries({ queryKey: ['scheduling'] })
              },
            }),
      })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('moveTitle', { name: resource.name })}
      description={t('moveText', { count: bookings })}
      footer={
        others.length > 0 ? (
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('doMove')}
          </Button>
        ) : (
          <Button onClick={onClose}>{t('close')}</Button>
        )
      }
    >
      <Form form={form} id={id} label={t('moveTitle', { name: resource.name })}>
        {others.length === 0 ? (
          <Note tone="wait">{t('nothingElse')}</Note>
        ) : (
          <Select
            label={t('moveTo')}
            {...form.field('to')}
            value={form.values.to || (others[0]?.id ?? '')}
            options={others.map((other) => ({ value: other.id as string, label: other.name }))}
          />
        )}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
