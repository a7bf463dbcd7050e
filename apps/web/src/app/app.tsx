import { textDirection } from '@frontdesk/i18n'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Direction } from 'radix-ui'
import { type ReactNode, Suspense, useCallback } from 'react'
import { ReaderProvider, useReader } from '../lib/i18n.tsx'
import { useExplain } from '../lib/problems.ts'
import { NoticeProvider } from '../ui/toast.tsx'
import { NumbersAsker } from './numbers-asker.tsx'
import { queries, router } from './router.ts'

/** The whole app. */
export function App() {
  return (
    <ReaderProvider>
      <Suspense>
        <Surroundings>
          <RouterProvider router={router} />
        </Surroundings>
      </Suspense>
    </ReaderProvider>
  )
}

/** What every screen counts on: direction of reading, answers, tips, notices. */
function Surroundings({ children }: { readonly children: ReactNode }) {
  const { locale } = useReader()
  const explain = useExplain()
  const say = useCallback((error: unknown) => explain(error).message, [explain])
  return (
    <Direction.Provider dir={textDirection(locale)}>
      <QueryClientProvider client={queries}>
        <NoticeProvider explain={say}>
          {children}
          <NumbersAsker />
        </NoticeProvider>
      </QueryClientProvider>
    </Direction.Provider>
  )
}
