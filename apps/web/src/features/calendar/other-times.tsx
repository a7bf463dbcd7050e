import { useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { bookingWords } from './booking-words.ts'
import type { Slot } from './queries.ts'
import { useShortWhen } from './short-when.ts'

/** How many times a refusal offers. */
const MOST = 6

/** What can be had instead of a refused time, each one press away. */
export function OtherTimes({ slots, onChoose }: { readonly slots: readonly Slot[]; readonly onChoose: (slot: Slot) => void }) {
  const t = useWords(bookingWords)
  const short = useShortWhen()
  if (slots.length === 0) return <p className="mt-1">{t('noAlternatives')}</p>
  return (
    <div className="mt-2 flex flex-wrap gap-1.5">
      {slots.slice(0, MOST).map((slot) => (
        <Button key={slot.start} size="sm" onClick={() => onChoose(slot)}>
          {short.dayTime(slot.start)}
        </Button>
      ))}
    </div>
  )
}
