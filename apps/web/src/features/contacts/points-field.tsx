import { handleChannels } from '@frontdesk/contract/ties'
import { useWords } from '../../lib/i18n.tsx'
import { newKey } from '../../lib/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import type { FormState } from '../../ui/form.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { type ContactValues, emptyPoint, type PointValues, preferPoint } from './contact-form.ts'
import { channelName } from './ties/channels.ts'
import { tiesWords } from './ties/words.ts'

/** Addresses, numbers and handles, as many as there are. */
export function PointsField({ form }: { readonly form: FormState<ContactValues> }) {
  const t = useWords(tiesWords)
  const { points } = form.values
  const set = (next: readonly PointValues[]) => form.set({ points: next })
  const change = (key: string, what: Partial<PointValues>) =>
    set(points.map((point) => (point.key === key ? { ...point, ...what } : point)))
  const sent = points.filter(({ value }) => value.trim() !== '')
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 text-sm font-medium">{t('pointsTitle')}</legend>
      {points.map((point) => {
        const several = points.filter(({ kind }) => kind === point.kind).length > 1
        return (
          <div key={point.key} className="grid gap-1 rounded-lg border border-line p-3 pb-1.5">
            <div className="flex items-start gap-2 phone:flex-wrap">
              {point.kind === 'handle' && (
                <Select
                  label={t('channel')}
                  value={point.channel}
                  onChange={(channel) => change(point.key, { channel })}
                  options={handleChannels.map((channel) => ({ value: channel, label: channelName(channel, t) }))}
                  className="w-30 shrink-0"
                />
              )}
              <TextField
                label={point.kind === 'handle' ? t('handleValue') : t(point.kind === 'email' ? 'emailValue' : 'phoneValue')}
                type={({ email: 'email', phone: 'tel', handle: 'text' } as const)[point.kind]}
                autoComplete="off"
                value={point.value}
                onChange={(value) => change(point.key, { value })}
                // The server counts only the lines that say something.
                error={faultOf(form, sent.indexOf(point))}
                className="flex-1"
              />
              <TextField
                label={t('pointLabel')}
                placeholder={t('pointLabelHint')}
                autoComplete="off"
                maxLength={40}
                value={point.label}
                onChange={(label) => change(point.key, { label })}
                className="w-28"
              />
              <span className="pt-6.5">
                <IconButton
                  name={point.value ? t('removePoint', { value: point.value }) : t('removeEmpty')}
                  icon="trash"
                  onClick={() => set(points.filter(({ key }) => key !== point.key))}
                />
              </span>
            </div>
            {point.value.trim() !== '' && (
              <div className="flex flex-wrap gap-x-5">
                {several && (
                  <Checkbox
                    label={t('makePreferred')}
                    value={point.preferred}
                    onChange={(on) =>
                      set(
                        on
                          ? preferPoint(points, point.key)
                          : points.map((one) => (one.key === point.key ? { ...one, preferred: false } : one)),
                      )
                    }
                  />
                )}
                <Checkbox label={t('markShared')} value={point.shared} onChange={(shared) => change(point.key, { shared })} />
              </div>
            )}
          </div>
        )
      })}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" icon="plus" onClick={() => set([...points, emptyPoint('email', newKey())])}>
          {t('addEmail')}
        </Button>
        <Button size="sm" icon="plus" onClick={() => set([...points, emptyPoint('phone', newKey())])}>
          {t('addPhone')}
        </Button>
        <Button size="sm" icon="plus" onClick={() => set([...points, emptyPoint('handle', newKey())])}>
          {t('addHandle')}
        </Button>
      </div>
    </fieldset>
  )
}

/** What the server found wrong with one line; it names them `points.0.value`. */
function faultOf(form: FormState<ContactValues>, index: number): string | undefined {
  const faults: Readonly<Record<string, string | undefined>> = form.faults
  return index === -1 ? undefined : (faults[`points.${index}.value`] ?? faults[`points.${index}`])
}
