import { useFormats } from '../../lib/i18n.tsx'

/** The day above the messages written on it. */
export function DayTitle({ day }: { readonly day: string }) {
  const formats = useFormats()
  return <h2 className="pt-4 text-center text-xs font-medium text-ink-3">{formats.plainDate(day, 'weekday')}</h2>
}
