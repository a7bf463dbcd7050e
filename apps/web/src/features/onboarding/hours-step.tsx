import { firstWeekday, zoneCity } from '@frontdesk/i18n'
import { useQueryClient } from '@tanstack/react-query'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { DayHours } from './day-hours.tsx'
import { type OpenBlock, weekFrom, wrongDays } from './week.ts'
import { onboardingWords } from './words.ts'

/** What `HoursStep` is given. */
export type HoursStepProps = {
  readonly week: readonly OpenBlock[]
  readonly onChange: (week: readonly OpenBlock[]) => void
  readonly onBack: () => void
  /** Saves everything; the key makes a second press harmless. */
  readonly onFinish: (key: string) => Promise<void>
  readonly onDone: () => void
}

/** When the business is open. Monday to Friday, nine to five, until somebody says otherwise. */
export function HoursStep({ week, onChange, onBack, onFinish, onDone }: HoursStepProps) {
  const t = useWords(onboardingWords)
  const { tag } = useReader()
  const { zone } = useWorkspace()
  const queries = useQueryClient()
  const formats = useFormats(zone)
  const now = useMinute()
  const wrong = wrongDays(week)
  const form = useForm<{ week: readonly OpenBlock[] }>({
    start: { week },
    check: () => ({ week: week.length === 0 ? t('hours/none') : wrong.length > 0 ? t('hours/wrong') : undefined }),
    send: async (_, key) => {
      await onFinish(key)
      await queries.refetchQueries({ queryKey: ['scheduling'] })
      onDone()
    },
  })
  return (
    <>
      <p className="-mt-5 text-ink-2">{t('hours/intro', { zone: `${formats.zoneName(now)} (${zoneCity(zone)})` })}</p>
      <Form form={form} label={t('hours/title')}>
        <div className="grid divide-y divide-line rounded-lg border border-line-strong bg-surface px-3">
          {weekFrom(firstWeekday(tag)).map((weekday) => (
            <DayHours key={weekday} weekday={weekday} week={week} onChange={onChange} wrong={wrong.includes(weekday)} />
          ))}
        </div>
        {week.length === 0 && <Note tone="wait">{t('hours/none')}</Note>}
        <FormProblem />
        <div className="flex gap-2">
          <Button size="lg" onClick={onBack}>
            {t('back')}
          </Button>
          <span className="flex-1">
            <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
              {t('finish')}
            </Button>
          </span>
        </div>
      </Form>
    </>
  )
}
