import { useWords } from '../../../lib/i18n.tsx'
import { accessWords, hasAccessWord } from './access-words.ts'
import { scopeParts } from './scope-rooms.ts'

/** A scope in words, with the name that programs use. */
export function ScopeName({ name }: { readonly name: string }) {
  const t = useWords(accessWords)
  const { noun, verb } = scopeParts(name)
  const nounKey = `noun/${noun}`
  const verbKey = `scope/${verb}`
  const said = hasAccessWord(nounKey) && hasAccessWord(verbKey)
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      {said && (
        <span>
          {t(nounKey as 'noun/bookings')}: {t(verbKey as 'scope/read')}
        </span>
      )}
      <code className="text-xs wrap-anywhere text-ink-3">{name}</code>
    </span>
  )
}
