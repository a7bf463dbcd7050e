import { lazy, Suspense, useEffect, useState } from 'react'
import { type NumberFound, type NumbersWish, provideNumbersAsker } from '../lib/numbers-in-text.ts'

const NumbersDialog = lazy(() =>
  import('../features/privacy/sensitive/numbers-dialog.tsx').then((file) => ({ default: file.NumbersDialog })),
)

type Question = { readonly found: readonly NumberFound[]; readonly answer: (wish: NumbersWish) => void }

/** Asks what becomes of a card or Social Security number in a text, whichever screen it was typed in. */
export function NumbersAsker() {
  const [question, setQuestion] = useState<Question>()
  useEffect(
    () =>
      provideNumbersAsker(
        (found) =>
          new Promise((answer) => {
            setQuestion({
              found,
              answer: (wish) => {
                setQuestion(undefined)
                answer(wish)
              },
            })
          }),
      ),
    [],
  )
  if (!question) return null
  return (
    <Suspense>
      <NumbersDialog found={question.found} onAnswer={question.answer} />
    </Suspense>
  )
}
