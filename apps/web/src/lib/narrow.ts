import { useSyncExternalStore } from 'react'

/** Below this width a screen is laid out for the phone; the same number stands in styles/theme.css. */
const narrow = '(width < 720px)'

/** Whether the screen is as narrow as a phone's; for where another layout is another component. What only looks different is done in CSS. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, isNarrow)

const isNarrow = (): boolean => matchMedia(narrow).matches

function watch(changed: () => void): () => void {
  const media = matchMedia(narrow)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}
